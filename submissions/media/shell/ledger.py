"""The .csv of a tree of files: a row a file, written as soon as it is known.

It opens in a spreadsheet, where no cell runs, and can be gone on with after a break.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext_lazy as _

from contests.rulebook import Category
from documents.csv import BYTE_ORDER_MARK, guarded
from submissions.media.codes import Code
from submissions.media.content_type import LABELS
from submissions.media.shell.batch import Done
from submissions.media.shell.reporting import printable

COLUMNS = (
    _("File"),
    _("Size in bytes"),
    _("SHA-256"),
    _("Kind of file"),
    _("Category"),
    _("Verdict"),
    _("Codes"),
    _("What was found"),
    _("Length in seconds"),
    _("Width in pixels"),
    _("Height in pixels"),
    _("Seconds to check"),
)
CODES_AT = 6
ENCODING = "utf-8-sig"


class NotALedger(ValueError):
    """A file of another kind, which is left as it is."""


class Ledger:
    """Writes rows to a stream, each of them at once."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._writer = csv.writer(stream, lineterminator="\r\n")

    def begin(self, mark: str = "") -> None:
        first, *others = map(str, COLUMNS)
        self._write([f"{mark}{first}", *others])

    def add(self, done: Done, category: Category) -> None:
        self._write([guarded(cell) for cell in _row(done, category)])

    def _write(self, row: list) -> None:
        self._writer.writerow(row)
        self._stream.flush()


def ledger_on(stream: TextIO) -> Ledger:
    """A ledger on a stream that is open already, such as standard output."""
    ledger = Ledger(stream)
    ledger.begin(BYTE_ORDER_MARK)
    return ledger


@contextmanager
def ledger_at(path: Path, *, goes_on: bool) -> Iterator[Ledger]:
    """A ledger in a file, anew or behind the rows that `keep_done` left in it."""
    is_new = not (goes_on and path.exists() and path.stat().st_size)
    mode = "w" if is_new else "a"
    with path.open(mode, encoding=ENCODING, newline="") as stream:
        ledger = Ledger(stream)
        if is_new:
            ledger.begin()
        yield ledger


def keep_done(path: Path) -> set[str]:
    """The cells of files that need no second look; all other rows leave the file."""
    if not path.exists() or not path.stat().st_size:
        return set()
    with path.open(encoding=ENCODING, newline="") as stream:
        head, *rows = csv.reader(stream)
    if len(head) != len(COLUMNS):
        raise NotALedger(path)
    kept = [row for row in rows if _is_done(row)]
    beside = path.with_name(f"{path.name}.part")
    with beside.open("w", encoding=ENCODING, newline="") as stream:
        csv.writer(stream, lineterminator="\r\n").writerows([head, *kept])
    beside.replace(path)
    return {row[0] for row in kept}


def cell_of(name: str) -> str:
    """How a file is named in its row."""
    return str(guarded(printable(name)))


def _is_done(row: list[str]) -> bool:
    """Whole, and not one that we failed to check."""
    return len(row) == len(COLUMNS) and Code.FRM_CHECK_ERRORED not in row[CODES_AT]


def _row(done: Done, category: Category) -> list:
    examination = done.examination
    facts, findings = examination.facts, examination.findings
    return [
        printable(done.name),
        facts.size_bytes,
        facts.sha256,
        str(LABELS[facts.content_type]) if facts.size_bytes is not None else "",
        category.name,
        examination.verdict.label,
        " ".join(finding.code for finding in findings),
        "\n".join(finding.message for finding in findings),
        getattr(facts, "duration_s", None),
        getattr(facts, "display_width_px", None),
        getattr(facts, "display_height_px", None),
        round(done.took_s, 2),
    ]
