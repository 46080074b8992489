"""The staging file keeps its promise whatever is done to it, in whatever order."""

import os
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from submissions.uploads import staging
from submissions.uploads.staging import (
    Busy,
    DiskFull,
    Overtaken,
    Staged,
    WrongOffset,
)

CONTENT = bytes(range(256)) * 40
pieces = st.integers(min_value=0, max_value=900)


class OneUpload(RuleBasedStateMachine):
    """A file that arrives while everything goes wrong; `kept` is what we know of it."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.before = staging.staging_dir
        staging.staging_dir = lambda: Path(self.folder.name)
        self.staged = Staged(uuid4())
        self.staged.begin()
        self.kept = 0
        self.open = None  # (context, writer, whether it is tentative, bytes written)

    def teardown(self):
        if self.open:
            self._leave(*self.open)
        staging.staging_dir = self.before
        self.folder.cleanup()

    @precondition(lambda self: self.open is None)
    @rule(length=pieces, is_tentative=st.booleans())
    def begin_a_piece(self, length, is_tentative):
        context = self.staged.writing(self.kept, tentative=is_tentative)
        writer = context.__enter__()
        block = CONTENT[self.kept : self.kept + length]
        writer.write(block)
        self.open = (context, writer, is_tentative)
        if not is_tentative:
            self.kept += len(block)

    @precondition(lambda self: self.open is not None)
    @rule()
    def end_it_well(self):
        _context, writer, is_tentative = self.open
        if is_tentative:
            writer.keep()
            self.kept = writer.offset
        self._leave(*self.open)
        self.open = None

    @precondition(lambda self: self.open is not None)
    @rule()
    def break_it_off(self):
        self._leave(*self.open)
        self.open = None

    @precondition(lambda self: self.open is not None)
    @rule()
    def another_is_told_to_wait(self):
        with pytest.raises(Busy), self.staged.writing(self.kept, tentative=False):
            pass

    @precondition(lambda self: self.open is not None)
    @rule()
    def another_asks_and_overtakes(self):
        assert self.staged.settle() == self.kept
        _context, writer, is_tentative = self.open
        with pytest.raises(Overtaken):
            writer.write(b"-")
        if is_tentative:
            with pytest.raises(Overtaken):
                writer.keep()
        self._leave(*self.open)
        self.open = None

    @precondition(lambda self: self.open is not None)
    @rule()
    def the_server_dies(self):
        """Nothing is tidied up; the next one finds the record as it was."""
        self.open = None
        assert Staged.offset(self.staged) == self.kept
        assert self.staged.settle() == self.kept

    @precondition(lambda self: self.open is None)
    @rule(offset=st.integers(min_value=0, max_value=len(CONTENT)))
    def ask_for_a_wrong_place(self, offset):
        if offset == self.kept:
            return
        elsewhere = self.staged.writing(offset, tentative=False)
        with pytest.raises(WrongOffset) as wrong, elsewhere:
            pass
        assert wrong.value.offset == self.kept

    @invariant()
    def what_is_kept_is_what_was_sent(self):
        assert self.staged.offset() == self.kept
        assert self.staged.path.read_bytes()[: self.kept] == CONTENT[: self.kept]

    @staticmethod
    def _leave(context, writer, is_tentative):
        context.__exit__(None, None, None)


TestOneUpload = OneUpload.TestCase
TestOneUpload.settings = hypothesis_settings(
    max_examples=60, stateful_step_count=25, deadline=None
)


@pytest.fixture
def staged(staging):
    found = Staged(uuid4())
    found.begin()
    return found


def test_a_writer_silent_for_long_makes_way_for_the_next(staged, settings):
    settings.UPLOAD_OVERTAKEN_AFTER_SECONDS = -1
    with staged.writing(0, tentative=False) as silent:
        silent.write(b"abc")

        with staged.writing(3, tentative=False) as second:
            second.write(b"def")

        with pytest.raises(Overtaken):
            silent.write(b"---")
    assert staged.path.read_bytes() == b"abcdef"


def test_a_full_disk_is_told_and_what_was_written_is_kept(staged, monkeypatch):
    real = os.pwrite

    def half_then_full(descriptor, block, offset):
        if offset >= 2 or len(block) < 4:
            raise OSError(28, "No space left on device")
        return real(descriptor, block[:2], offset)

    with pytest.raises(DiskFull), staged.writing(0, tentative=False) as writer:
        monkeypatch.setattr(os, "pwrite", half_then_full)
        try:
            writer.write(b"abcd")
        finally:
            monkeypatch.setattr(os, "pwrite", real)

    assert staged.offset() == 2
    assert staged.settle() == 2


def test_bytes_that_somebody_removed_are_asked_for_again(staged):
    with staged.writing(0, tentative=False) as writer:
        writer.write(b"abc")
    staged.path.unlink()

    assert (staged.offset(), staged.settle()) == (0, 0)


def test_nothing_is_left_of_what_was_removed(staged):
    with staged.writing(0, tentative=False) as writer:
        writer.write(b"abc")

        staged.remove()

        with pytest.raises(Overtaken):
            writer.write(b"def")
    assert list(staged.path.parent.iterdir()) == []
