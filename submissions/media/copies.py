"""Keeps the copies made of a file, and lets go of those of earlier runs."""

import uuid
from collections.abc import Iterable
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from submissions.media.derivatives import Copy
from submissions.models import Derivative, MediaFile
from submissions.models.media import derivative_path


@transaction.atomic
def replace(
    media_file: MediaFile,
    copies: Iterable[Copy],
    *,
    attempt: int,
    kinds: Iterable[str] = tuple(Derivative.Kind.values),
) -> None:
    """Put these copies in the place of the file's copies of `kinds`.

    Those of an earlier run go once this commits, also such as have no row because
    their worker was killed; `attempt` numbers the runs that make copies of `kinds`.
    """
    for old in media_file.derivatives.filter(kind__in=kinds):
        transaction.on_commit(partial(old.file.storage.delete, old.file.name))
        old.delete()
    for earlier in range(1, attempt):
        for kind in kinds:
            lost = Derivative(token=_token(media_file, kind, earlier))
            transaction.on_commit(
                partial(default_storage.delete, derivative_path(lost, kind))
            )
    for copy in copies:
        _keep(media_file, copy, attempt=attempt)


def _keep(media_file, copy, *, attempt):
    derivative = Derivative(
        media_file=media_file,
        token=_token(media_file, copy.kind, attempt),
        kind=copy.kind,
        content_type=copy.content_type,
        width_px=copy.width_px,
        height_px=copy.height_px,
        detail=copy.detail,
    )
    with copy.path.open("rb") as file:
        derivative.file.save(copy.kind, File(file), save=False)
    derivative.save()


def _token(media_file, kind, attempt):
    """Known to the next try as well; to nobody who does not know the file's own."""
    return uuid.uuid5(media_file.token, f"{kind} {attempt}")
