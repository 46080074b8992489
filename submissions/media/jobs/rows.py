"""The order in which rows of a work are locked, so that none wait for each other.

An upload, its work, the work's files by key, then of each file its inspection, its
conversion and its copies. Whoever writes more than one row of a file holds the file's
own row from the first to the last. A single row may be written without it, in a
transaction that then asks for no row further up.
"""

from submissions.models import MediaFile, Submission


def lock_file(media_file_id: int) -> MediaFile | None:
    """The file's row as it stands now, locked until the transaction ends; None when the
    file is gone. Rows that point at the file may be written meanwhile."""
    return _locked(MediaFile.objects.filter(pk=media_file_id)).first()


def lock_files_of(submission: Submission) -> None:
    """All files of a work, whose row the caller has locked."""
    list(_locked(submission.media_files.order_by("pk")))


def _locked(files):
    return files.select_for_update(no_key=True)
