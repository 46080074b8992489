"""Imported by the workers of tests: a file with this ending kills whoever examines it,
as a slip in a decoder would. One that is named for a moment of its way kills its worker
there, once."""

import os
import signal

from submissions.media.jobs import conversion, copies, inspection

POISON = b"\0deadly"
COMPARING, STORING, SETTLING = "comparing", "storing", "settling"
CONVERTING, REPLACING = "converting", "replacing"

_examine = inspection.examine
_compare = inspection._compare
_replace = copies.replace
_settle = inspection.settle
_made = conversion._made


def _die():
    os.kill(os.getpid(), signal.SIGKILL)


def examine(path, **options):
    if path.read_bytes().endswith(POISON):
        _die()
    return _examine(path, **options)


def compare(media_file, examination, folder):
    """Its copies lie in the scratch folder."""
    if _dies(media_file, COMPARING, media_file.inspection.attempts):
        _die()
    return _compare(media_file, examination, folder)


def replace(media_file, made, *, attempt, **options):
    """Its copies lie in the store, and no row knows them."""
    _replace(media_file, made, attempt=attempt, **options)
    moment = REPLACING if "kinds" in options else STORING
    if _dies(media_file, moment, attempt):
        _die()


def settle(submission, *, at):
    """All is recorded; the work has yet to move on."""
    if submission.media_files.filter(original_name=SETTLING).exists():
        _die()
    _settle(submission, at=at)


def made(job, path, folder, label, pulse):
    """Its copies are half written."""
    if _dies(job.media_file, CONVERTING, job.attempts):
        (folder / "half").write_bytes(bytes(1000))
        _die()
    return _made(job, path, folder, label, pulse)


def _dies(media_file, moment, attempt):
    return media_file.original_name == moment and attempt == 1


inspection.examine = examine
inspection._compare = compare
inspection.settle = settle
copies.replace = replace
conversion._made = made
