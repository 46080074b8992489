"""What the browser looks by before it sends a file, beside the rule book itself."""

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contests.wording import rulebook_address
from submissions.allowances import category_for
from submissions.models import MediaFile, Submission

LEADS = {
    "passed": gettext_lazy("%(passed)s passed"),
    "failed": gettext_lazy("%(passed)s passed, %(failed)s to fix"),
}
STATES = ["waiting", "running", "passed", "advice", "failed"]  # of a line in the list


def precheck_data(submission: Submission) -> dict | None:
    """Book, category and language that hold, files there are, words that are said."""
    if submission.category is None:
        return None
    files = submission.media_files.select_related("inspection")
    return {
        "book": rulebook_address(submission.rulebook_version),
        "category": submission.category.key,
        "language": get_language(),
        "update": reverse("api-submission", args=[submission.pk]),
        "opened": _opened(submission),
        "existing": [_known(file) for file in files],
        "states": STATES,
        "words": _words(),
    }


def _words() -> dict[str, object]:
    """What the rule list says while a file is looked at, and how it is announced."""
    return {
        "running": _("Being looked at on this device"),
        "leads": {name: str(lead) for name, lead in LEADS.items()},
        "of_file": _("%(name)s: %(text)s"),
        "changed": _("%(title)s: %(state)s. %(text)s"),
    }


def _opened(submission: Submission) -> dict[str, float]:
    """By category: the length the committee agreed to, where it opens the limit."""
    book = submission.rulebook_version.rulebook
    agreed = (category_for(submission, book, each.key) for each in book.categories)
    return {
        ours.key: ours.limits.duration.max_s
        for ours, theirs in zip(agreed, book.categories, strict=True)
        if ours.limits.duration != theirs.limits.duration
    }


def _known(media_file: MediaFile) -> dict:
    facts = media_file.inspection.facts
    return {
        "id": media_file.pk,
        "size_bytes": media_file.size_bytes,
        "sha256": media_file.sha256,
        "content_type": facts.get("content_type", ""),
        "duration_s": facts.get("duration_s"),
    }
