"""Keeps the copies made of a file, and lets go of those of earlier runs."""

import hashlib
import uuid
from collections.abc import Iterable
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from submissions.media.pictures.derivatives import Copy
from submissions.media.provenance.labels import AigcLabel
from submissions.models import Conversion, Derivative, MediaFile
from submissions.models.media import derivative_path

LABELLED = "aigc_sha256"  # in `detail`: of the label as it is given out
Kind = Derivative.Kind
FILM_KINDS = (Kind.VIEW,)
PICTURE_KINDS = (
    *(Kind.VIEW_AVIF, Kind.VIEW_WEBP, Kind.THUMBNAIL_AVIF, Kind.THUMBNAIL_WEBP),
    Kind.LARGE,
)


def slow_kinds(conversion: Conversion) -> tuple[str, ...]:
    """The copies that this conversion makes; all others are made by the inspection."""
    return FILM_KINDS if conversion.reasons else PICTURE_KINDS


@transaction.atomic
def replace(
    media_file: MediaFile,
    copies: Iterable[Copy],
    *,
    attempt: int,
    kinds: Iterable[str] = tuple(Kind.values),
    label: AigcLabel | None = None,
) -> None:
    """Put these copies in the place of the file's copies of `kinds`.

    Those of an earlier run go once this commits, also such as have no row because
    their worker was killed; `attempt` numbers the runs that make copies of `kinds`.
    `label` is the one they carry, if it is already the one to be given out.
    """
    gone = set()
    for old in media_file.derivatives.filter(kind__in=kinds):
        gone.add(old.file.name)
        old.delete()
    for earlier in range(1, attempt):
        for kind in kinds:
            lost = Derivative(token=_token(media_file, kind, earlier))
            gone.add(derivative_path(lost, kind))
    for copy in copies:
        gone.discard(_keep(media_file, copy, attempt=attempt, label=label))
    for name in gone:
        transaction.on_commit(partial(default_storage.delete, name))


def _keep(media_file, copy, *, attempt, label):
    derivative = Derivative(
        media_file=media_file,
        token=_token(media_file, copy.kind, attempt),
        kind=copy.kind,
        content_type=copy.content_type,
        width_px=copy.width_px,
        height_px=copy.height_px,
        detail=copy.detail | label_mark(label),
    )
    with copy.path.open("rb") as file:
        derivative.file.save(copy.kind, File(file), save=False)
    derivative.save()
    return derivative.file.name


def remove(derivatives: Iterable[Derivative]) -> None:
    """Copies that nobody shall see any more; their bytes go once this commits."""
    for derivative in derivatives:
        derivative.delete()
        transaction.on_commit(partial(default_storage.delete, derivative.file.name))


def put_in_place(derivative: Derivative, copy: Copy, *, label: AigcLabel | None):
    """Give a copy's row another file with this label, unless it has one since. The
    caller holds the file of the work."""
    row = (
        Derivative.objects.select_for_update()
        .filter(pk=derivative.pk, file=derivative.file.name)
        .first()
    )
    if row is None:
        return
    transaction.on_commit(partial(default_storage.delete, row.file.name))
    row.token = uuid.uuid4()
    with copy.path.open("rb") as file:
        row.file.save(row.kind, File(file), save=False)
    row.detail = {
        key: value for key, value in row.detail.items() if key != LABELLED
    } | label_mark(label)
    row.save()


def label_mark(label: AigcLabel | None) -> dict[str, str]:
    """What `detail` says of the label a copy carries."""
    if label is None:
        return {}
    return {LABELLED: hashlib.sha256(label.raw.encode()).hexdigest()}


def _token(media_file, kind, attempt):
    """Known to the next try as well; to nobody who does not know the file's own."""
    return uuid.uuid5(media_file.token, f"{kind} {attempt}")
