"""What every long job on a row has in common: a sign of life, and an early end.

A job holds its row by a lease. While its process lives the lease is renewed, in phases
without progress by a thread; a process that dies renews nothing, and another worker
takes the row up.
"""

import ctypes
import multiprocessing
import os
import socket
import threading
import time
from datetime import timedelta

import structlog
from celery.signals import worker_shutting_down
from django.conf import settings
from django.db import DatabaseError, connection, models
from django.utils import timezone

log = structlog.get_logger(__name__)

# At most: films tell twice a second how far they are, and pages ask every second, so
# that a change shows within two.
TOLD_EVERY_S = 0.4
SILENCE_S = 5.0  # after which the thread speaks for a job that tells no progress

# Shared by the worker's main process, which is asked to stop, and its children.
_stopping = multiprocessing.RawValue(ctypes.c_bool, False)


class Interrupted(BaseException):
    """The job ends here, and it is nobody's fault: the worker stops, or the row is no
    longer this job's. Not an Exception, so that nothing takes it for an error."""


@worker_shutting_down.connect
def interrupt_jobs(**kwargs):
    """Long jobs give their row back instead of being killed half-way."""
    _stopping.value = True


def worker_name(queue: str) -> str:
    return f"{socket.gethostname()}:{os.getpid()}/{queue}"


def lease() -> timedelta:
    return timedelta(seconds=settings.INSPECTION_LEASE_SECONDS)


class Pulse:
    """Renews the lease of a claimed row (with started_at, state, leased_until, seen_at
    and share_done) for as long as the block runs."""

    def __init__(self, row: models.Model):
        self._same_run = type(row).objects.filter(
            pk=row.pk, started_at=row.started_at, state=row.state
        )
        self._renewed_at = time.monotonic()
        self._told_at = self._renewed_at - TOLD_EVERY_S  # the first is told at once
        self._share_done = 0.0  # what a tool says while it ends may go back
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._speak_in_silence, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exc_info):
        self._over.set()
        self._thread.join()

    def tell(self, share_done: float) -> None:
        """What a job under way calls; raises Interrupted when it is to end early."""
        if _stopping.value:
            raise Interrupted("The worker stops.")
        if time.monotonic() - self._told_at < TOLD_EVERY_S:
            return
        self._told_at = time.monotonic()
        self._share_done = min(max(share_done, self._share_done), 1.0)
        if self._renew(share_done=self._share_done) == 0:
            raise Interrupted("The row has another owner, or is gone.")

    def _speak_in_silence(self):
        silence_s = min(SILENCE_S, settings.INSPECTION_LEASE_SECONDS / 4)
        try:
            while not self._over.wait(silence_s / 4):
                if time.monotonic() - self._renewed_at >= silence_s:
                    self._renew()
        finally:
            connection.close()  # the thread's own

    def _renew(self, **fields) -> int | None:
        """How many rows were renewed; None when the database did not answer."""
        now = timezone.now()
        self._renewed_at = time.monotonic()
        try:
            return self._same_run.update(
                seen_at=now, leased_until=now + lease(), **fields
            )
        except DatabaseError:
            log.warning("a sign of life was not written", exc_info=True)
            connection.close_if_unusable_or_obsolete()
            return None
