"""What a browser is called, so that somebody can tell whether it is their own."""

BROWSERS = {  # the first that fits: most call themselves by older names as well
    "MicroMessenger": "WeChat",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def name_of(user_agent: str) -> str:
    """Such as "Chrome · Windows"; empty when it says nothing known."""
    names = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return " · ".join(name for name in names if name)


def _first(names, user_agent):
    return next((names[sign] for sign in names if sign in user_agent), "")
