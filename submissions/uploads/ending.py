"""Giving an upload up, for whatever reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from submissions.models import Upload
from submissions.states import UploadState
from submissions.uploads.stores import arrived_in


def end(upload: Upload, *, at: datetime) -> bool:
    """Give an upload up and free its disk; False when it is no longer waiting.

    One that was refused ended then.
    """
    ended = Upload.objects.filter(
        pk=upload.pk, state__in=[UploadState.RECEIVING, UploadState.REFUSED]
    ).update(state=UploadState.ENDED, finished_at=Coalesce("finished_at", Value(at)))
    if ended:
        transaction.on_commit(arrived_in(upload).remove, robust=True)
    return bool(ended)
