"""Looks a workbook over before it is opened: would what it unpacks to fit?

The reader keeps every cell between the first and the last one, and a copy of its text
in each. A small file can so ask for all of the memory; such a file is refused.
"""

import zipfile
from contextlib import suppress
from xml.parsers import expat

MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_PARTS = 2000
FAR_ROWS = 5000
FAR_COLUMNS = 128
MAX_CHARACTERS = 100_000_000  # were every cell as long as the longest text
LETTERS = 26


class TooMuch(Exception):
    """More than any table of works."""


class FarCell(Exception):
    """Something stands far outside; its argument is the place."""


class Damaged(Exception):
    """A part is not what it should be."""


def look_over(package: zipfile.ZipFile) -> None:
    """Raise one of the above unless the workbook can safely be opened."""
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise TooMuch
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise TooMuch
    seen = _Seen()
    for part in parts:
        with package.open(part) as stream:
            content = stream.read(part.file_size + 1)
        if len(content) > part.file_size:
            raise TooMuch
        seen.look_at(content)
    if seen.cells * seen.longest > MAX_CHARACTERS:
        raise TooMuch


class _Seen:
    """What the parts of one workbook hold together."""

    def __init__(self):
        self.cells = 0
        self.longest = 0
        self._row = ""
        self._place = None
        self._length = 0

    def look_at(self, content):
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            if b"row" in content and b"<" in content:
                raise Damaged from None

    def _begin(self, name, attributes):
        local = name.rpartition(" ")[2]
        if local == "row":
            self._row = attributes.get("r", "")
        elif local == "c":
            self._place = attributes.get("r", self._row)
        elif local in {"v", "is", "f"} and self._place is not None:
            self.cells += 1
            self._check_place()
        elif local == "si":
            self._length = 0

    def _end(self, name):
        local = name.rpartition(" ")[2]
        if local in {"si", "v", "t"}:
            self.longest = max(self.longest, self._length)
        if local in {"si", "v", "c"}:
            self._length = 0
        if local == "c":
            self._place = None

    def _text(self, text):
        self._length += len(text)

    def _refuse(self, *declaration):
        raise Damaged

    def _check_place(self):
        letters = self._place.rstrip("0123456789")
        digits = self._place[len(letters) :]
        with suppress(ValueError):
            is_far = int(digits or 0) > FAR_ROWS or _column(letters) > FAR_COLUMNS
            if len(digits) > 9 or is_far:
                raise FarCell(self._place[:12])


def _column(letters):
    number = 0
    for letter in letters.upper()[:6]:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
