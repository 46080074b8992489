"""Which chosen file belongs to which row: by the name in the table, or by the title."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from submissions.importing import cells

ENDING = re.compile(r"\.[a-z0-9]{1,5}$")
QUOTES = dict.fromkeys(map(ord, "《》〈〉“”‘’\"'"))
# What people and systems put behind a title: -1, _02, (3), 第4张, 副本
COUNTED = re.compile(
    r"[-_—.]?(?:\((?:\d{1,2})\)|\d{1,2}|第\d{1,2}[张页]|副本|最终版?)$"
)


@dataclass(frozen=True)
class Wanted:
    """What a row says about its files."""

    title: str
    files: tuple[str, ...] = ()


def match(names: Iterable[str], rows: Mapping[int, Wanted]) -> dict[str, int | None]:
    """The row of each file; None where no row, or more than one, may be meant."""
    named = _by_stem(rows, lambda wanted: wanted.files)
    titled = _by_stem(rows, lambda wanted: [wanted.title])
    return {name: _row_of(name, named, titled) for name in names}


def _by_stem(rows, words_of):
    found = {}
    for row, wanted in rows.items():
        for word in words_of(wanted):
            if stem := stem_of(word):
                found.setdefault(stem, set()).add(row)
    return found


def _row_of(name, named, titled):
    stem = stem_of(name)
    bare = COUNTED.sub("", stem)
    for known, wanted in ((named, stem), (titled, stem), (titled, bare)):
        rows = known.get(wanted, ())
        if len(rows) == 1:
            return next(iter(rows))
        if rows:
            return None
    return None


def stem_of(name: str) -> str:
    """A file name without folder, ending, spaces, quotation marks and width."""
    last = re.split(r"[\\/]", cells.narrow(name))[-1]
    bare = "".join(last.split()).translate(QUOTES).casefold()
    return ENDING.sub("", bare)
