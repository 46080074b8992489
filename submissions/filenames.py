"""What people call their files, made fit to be shown and kept."""

import unicodedata
from pathlib import PurePath

LONGEST = 255
LONGEST_SUFFIX = 12
# What cannot be seen and may hide or reverse what can: controls, directions, breaks.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
JOINERS = frozenset("\u200c\u200d")  # parts of words and of signs like flags


def plain_name(name: str) -> str:
    """The last part of what a browser calls a file, for people to read. It names no
    place on a disk: stored files have names of our own."""
    seen = "".join(
        character
        for character in name.replace("\\", "/")
        if character in JOINERS or unicodedata.category(character) not in UNSEEN
    )
    last = PurePath(" ".join(seen.split())).name
    return _cut("" if last == ".." else last)


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    suffix = PurePath(name).suffix
    suffix = suffix if len(suffix) <= LONGEST_SUFFIX else ""
    return name[: LONGEST - len(suffix)] + suffix
