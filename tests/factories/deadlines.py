"""Waivers and uploads around a deadline."""

from datetime import timedelta

from submissions.models import Upload, Waiver
from submissions.states import UploadState, WaiverState
from tests.factories.submissions import COLLECTING, TOO_LATE, make_organiser

ENDED = {UploadState.FINISHED, UploadState.REFUSED, UploadState.ENDED}


def make_begun_upload(
    submission, *, created_at, state=UploadState.RECEIVING, **fields
) -> Upload:
    """Half of its bytes are there; an ended one ended a minute after it began."""
    fields = {
        "owner": submission.author,
        "original_name": "DSC_0002.jpg",
        "size_bytes": 1000,
        "offset_bytes": 1000 if state == UploadState.FINISHED else 500,
        "touched_at": created_at,
        "expires_at": created_at + timedelta(days=7),
        "finished_at": created_at + timedelta(minutes=1) if state in ENDED else None,
        "refusal_code": "file_refused" if state == UploadState.REFUSED else "",
    } | fields
    return Upload.objects.create(
        submission=submission, created_at=created_at, state=state, **fields
    )


def make_waiver(
    submission, *, kind=Waiver.Kind.DURATION, state=WaiverState.ASKED, **fields
) -> Waiver:
    """As asked for by the entrant and, in an answered state, answered."""
    is_film = kind == Waiver.Kind.DURATION
    granted = {
        "granted_duration_s": 120 if is_film else None,
        "granted_until": None if is_film else TOO_LATE + timedelta(days=3),
    }
    fields = {
        "reason": "A documentary of two minutes about the river.",
        "asked_duration_s": 120 if is_film else None,
        "asked_by": submission.author,
        "asked_at": COLLECTING,
        **(granted if state == WaiverState.GRANTED else {}),
    } | fields
    if state in {WaiverState.GRANTED, WaiverState.REFUSED}:
        fields = {
            "answered_by": make_organiser(submission.contest),
            "answered_at": COLLECTING,
        } | fields
    return Waiver.objects.create(
        submission=submission, kind=kind, state=state, **fields
    )
