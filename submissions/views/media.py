"""The one door through which files of works go out."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from contests.delivery import respond_with_file
from submissions.copies import copy_of
from submissions.media.content_type import ContentType
from submissions.media.jobs import labelling
from submissions.models import MediaFile
from submissions.permissions import can_see_copies, can_see_original
from submissions.states import State

ORIGINAL = "original"
SUFFIXES = {
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}


@require_safe
def media(request, token, variant):
    """A copy for showing, the playable video, or the original for who may have it."""
    media_file = get_object_or_404(
        MediaFile.objects.select_related(
            "submission__contest", "inspection"
        ).prefetch_related("derivatives"),
        token=token,
    )
    may_see = can_see_original if variant == ORIGINAL else can_see_copies
    if not may_see(request.user, media_file):
        raise Http404
    stored, content_type = _find(media_file, variant, to=request.user)
    submission = media_file.submission
    return respond_with_file(
        request,
        stored,
        content_type=content_type,
        filename=_neutral_name(media_file, variant, content_type),
        public=submission.state == State.ACCEPTED and variant != ORIGINAL,
        download=variant == ORIGINAL,
    )


def _find(media_file, variant, *, to):
    """(stored file, content type) of a variant. A copy that does not say of AI what it
    has to say is spread to nobody; who may see the original may see it meanwhile."""
    mime_type = ContentType(media_file.content_type or "unknown").mime_type
    if variant == ORIGINAL:
        return media_file.file, mime_type
    copy = copy_of(media_file, variant)
    if copy is not None and (
        labelling.has_true_label(copy) or can_see_original(to, media_file)
    ):
        return copy.file, copy.content_type
    raise Http404


def _neutral_name(media_file, variant, content_type):
    """Never the citizen's own name of the file, which may say who it is; of copies
    not even the work's number, as judges know only the blind one."""
    submission = media_file.submission
    suffix = SUFFIXES.get(content_type, "bin")
    if variant != ORIGINAL:
        return f"{variant}-{media_file.position}.{suffix}"
    return f"{submission.number or submission.pk}-{media_file.position}.{suffix}"
