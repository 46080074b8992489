"""Shows on a terminal how far a check has come; on anything else it says nothing."""

import sys
from typing import Self

from tqdm import tqdm

SHOWN_AFTER_S = 1.5
NAME_CHARS = 24
FILM_FORM = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}"
FILES_FORM = "{n_fmt}/{total_fmt}|{bar}| {elapsed}<{remaining}"


class Bars:
    """One bar on standard error: of the film at hand, or of the files where several
    are examined at a time. Quick work never shows one."""

    def __init__(self, *, file_count: int, by_file: bool):
        self._file_count = file_count
        self._bar = self._of_files() if by_file else None
        self._by_file = by_file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trouble) -> None:
        self._close()

    def share(self, name: str, done: float) -> None:
        """How much of one film is done."""
        if self._bar is None:
            self._bar = _bar(total=100, desc=name[-NAME_CHARS:], bar_format=FILM_FORM)
        self._bar.update(round(done * 100) - self._bar.n)

    def step_aside(self) -> None:
        """Makes room for a line of output."""
        if self._by_file:
            self._bar.clear()
        else:
            self._close()

    def one_more(self) -> None:
        if self._by_file:
            self._bar.update(1)

    def _of_files(self) -> tqdm:
        return _bar(total=self._file_count, bar_format=FILES_FORM, delay=SHOWN_AFTER_S)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        if not self._by_file:
            self._bar = None


def _bar(**options) -> tqdm:
    return tqdm(
        file=sys.stderr,
        disable=not sys.stderr.isatty(),
        leave=False,
        **options,
    )
