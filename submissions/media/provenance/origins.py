"""Where a picture says it comes from: IPTC's kinds of origin, programs, proportions."""

import re

# Kinds of origin (IPTC DigitalSourceType) in which a program made up the picture, or a
# part of it; the one that says most comes first.
MADE_UP = (
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "compositeSynthetic",
    "algorithmicMedia",
    "dataDrivenMedia",
)
# Nothing generated, and no camera's picture either.
NOT_TAKEN = frozenset(
    (
        "composite",
        "compositeCapture",
        "digitalArt",
        "digitalCreation",
        "screenCapture",
        "softwareImage",
        "virtualRecording",
    )
)

# Programs as they name themselves in a file. Developers of raw files come first: light
# and colour is what they are for.
DEVELOPERS = (
    *("lightroom", "camera raw", "capture one", "dxo", "darktable", "rawtherapee"),
    *("digital photo professional", "nx studio", "capture nx", "viewnx"),
    *("imaging edge", "silkypix", "raw file converter", "om workspace"),
)
EDITORS = (
    *("photoshop", "fireworks", "illustrator", "gimp", "affinity", "pixelmator"),
    *("paint.net", "photoscape", "coreldraw", "paintshop", "luminar", "topaz", "on1"),
    *("snapseed", "vsco", "picsart", "facetune", "meitu", "美图", "醒图", "轻颜"),
    *("beautycam", "faceu", "b612", "xingtu", "黄油", "picosmos", "canva", "fotor"),
    *("acd systems", "acdsee", "photo editor", "polarr", "remini", "photodirector"),
    *("beautyplus", "airbrush", "camera360", "天天p图", "pitu", "photopea", "krita"),
    *("procreate", "capcut", "剪映", "picasa"),
)
GENERATORS = (
    *("midjourney", "stable diffusion", "dall-e", "dall·e", "comfyui", "firefly"),
    *("automatic1111", "novelai", "gpt-4o", "chatgpt", "doubao", "豆包", "即梦"),
    *("jimeng", "通义万相", "文心一格", "imagen", "gemini", "made with google ai"),
)

# Long side to short side as sensors and phones' camera programs have them. What is
# longer is a panorama, which has whatever length it has.
CAMERA_RATIOS = (1, 8 / 7, 6 / 5, 5 / 4, 4 / 3, 7 / 5, 3 / 2, 8 / 5, 5 / 3, 16 / 9, 2)
RATIO_SLACK = 0.015
LONGEST_RATIO = 2 + RATIO_SLACK


def _naming(programs: tuple[str, ...]) -> re.Pattern:
    """Finds a name that stands by itself: "Version1.0" does not name ON1."""
    names = "|".join(map(re.escape, programs))
    return re.compile(rf"(?<![a-z])(?:{names})(?![a-z])", re.IGNORECASE)


_DEVELOPER, _EDITOR, _GENERATOR = map(_naming, (DEVELOPERS, EDITORS, GENERATORS))


def is_developer(program: str) -> bool:
    return bool(_DEVELOPER.search(program))


def is_editor(program: str) -> bool:
    return bool(_EDITOR.search(program))


def is_generator(program: str) -> bool:
    return bool(_GENERATOR.search(program))


def is_camera_ratio(ratio: float) -> bool:
    """Whether some camera takes pictures of these proportions."""
    return ratio > LONGEST_RATIO or any(
        abs(ratio / known - 1) <= RATIO_SLACK for known in CAMERA_RATIOS
    )


def tells_of_ai(facts: dict) -> bool:
    """Whether a file says, by label or by origin, that AI had a part in it."""
    types = {facts.get("c2pa_source_type"), facts.get("digital_source_type")}
    return bool(facts.get("aigc_label")) or not types.isdisjoint(MADE_UP)
