"""Works that look like this one: today the very same file, tomorrow a likeness.

A finder takes a submission and yields pairs; add one to FINDERS and the screening desk
shows what it finds, both sides next to each other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from submissions.models import MediaFile, Submission
from submissions.states import State
from submissions.tiles import cover_url, media_url


@dataclass(frozen=True)
class Pair:
    """A file of this work beside a file of another one."""

    own: MediaFile
    other: MediaFile
    likeness: str  # in words, as "the very same file"

    @property
    def own_image(self) -> str:
        return cover_url(self.own)

    @property
    def other_image(self) -> str:
        return cover_url(self.other)

    @property
    def other_view(self) -> str:
        return media_url(self.other, "view")

    @property
    def work(self) -> Submission:
        return self.other.submission

    @property
    def is_by_the_same_entrant(self) -> bool:
        return self.work.author_id == self.own.submission.author_id


def same_file(submission: Submission) -> Iterator[Pair]:
    """Files with the same SHA-256 in other works, whatever became of them."""
    own = {file.sha256: file for file in submission.media_files.all()}
    others = (
        MediaFile.objects.filter(sha256__in=own)
        .exclude(submission=submission)
        .exclude(submission__state=State.DRAFT)
        .select_related("submission")
        .prefetch_related("derivatives")
        .order_by("submission__submitted_at", "pk")
    )
    for other in others:
        yield Pair(own[other.sha256], other, _("The very same file"))


FINDERS: tuple[Callable[[Submission], Iterator[Pair]], ...] = (same_file,)


def pairs_of(submission: Submission) -> list[Pair]:
    """Everything the finders see, the surest first."""
    return [pair for find in FINDERS for pair in find(submission)]
