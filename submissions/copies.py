"""The copies of a file, and the addresses they are shown at."""

from django.urls import reverse

from submissions.models import Derivative, MediaFile


def media_url(media_file: MediaFile, variant: str) -> str:
    return reverse("submissions:media", args=[media_file.token, variant])


def copy_of(media_file: MediaFile, *kinds: str) -> Derivative | None:
    """The first of these kinds that the file has a copy of."""
    copies = {copy.kind: copy for copy in media_file.derivatives.all()}
    return next((copies[kind] for kind in kinds if kind in copies), None)


def copy_url(media_file: MediaFile, kind: str) -> str:
    """Where this copy is; empty while there is none."""
    return media_url(media_file, kind) if copy_of(media_file, kind) else ""


def cover_url(media_file: MediaFile | None) -> str:
    return copy_url(media_file, Derivative.Kind.THUMBNAIL) if media_file else ""
