"""A ClamAV that is slow to answer, and sees meanwhile which rows others cannot have."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from tests.submissions.media import clamd


@contextmanager
def watching(monkeypatch, *rows, infected=False) -> Iterator[list[str]]:
    """Tables of those rows that were locked while it was asked; `infected` makes it
    object to whatever comes. For tests that really commit."""
    locked, asked = [], []

    def answer_to(content):
        asked.append(len(content))
        try:
            locked.extend(row._meta.model_name for row in rows if _is_locked(row))
        finally:
            connection.close()  # this thread's own
        return b"stream: Eicar-Signature FOUND\0" if infected else b"stream: OK\0"

    with clamd.running() as (server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        server.answer_to = answer_to
        yield locked
    assert asked


def _is_locked(row) -> bool:
    rows = type(row).objects.filter(pk=row.pk).order_by().select_related(None)
    try:
        with transaction.atomic():
            rows.select_for_update(nowait=True, no_key=True).get()
    except DatabaseError:
        return True
    return False
