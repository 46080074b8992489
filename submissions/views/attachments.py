"""The one door for papers and originals beside a work: to its owner and to staff."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts import audit
from contests import clock
from contests.delivery import respond_with_file
from submissions.media.papers import SUFFIXES
from submissions.models import Attachment
from submissions.permissions import can_see_attachment, is_author


@require_safe
@login_required
def attachment(request, token):
    """Always a download, whatever is in it; that staff opened a paper is noted."""
    found = get_object_or_404(
        Attachment.objects.select_related("submission__contest"), token=token
    )
    if not can_see_attachment(request.user, found):
        raise Http404
    if not is_author(request.user, found.submission):
        audit.record(
            "attachment.opened",
            by=request.user,
            target=found.submission,
            at=clock.now(),
            kind=found.proof_key or found.purpose,
        )
    return respond_with_file(
        request,
        found.file,
        content_type=found.content_type,
        filename=_neutral_name(found),
        public=False,
        download=True,
        is_paper=True,
    )


def _neutral_name(attachment):
    """Never the citizen's own name of the file, which may say who it is."""
    submission = attachment.submission
    kind = attachment.proof_key or attachment.purpose
    suffix = SUFFIXES.get(attachment.content_type, "bin")
    return f"{submission.number or submission.pk}-{kind}-{attachment.pk}.{suffix}"
