import pytest

from accounts.devices import name_of

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/126.0 Safari/537.36",
            "Chrome · Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/126.0 Safari/537 Edg/126",
            "Edge · Windows",
        ),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {WEBKIT} Safari/605.1",
            "Safari · Mac",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} Chrome/126.0 MicroMessenger/8.0",
            "WeChat · Android",
        ),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_browsers_are_called_by_names_people_know(user_agent, name):
    assert name_of(user_agent) == name
