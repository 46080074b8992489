"""Works that look like this one: the very same file, or one its fingerprint is near.

A finder takes a submission and yields pairs; add one to FINDERS and the screening desk
shows what it finds, both sides next to each other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.models import Likeness, MediaFile, Submission
from submissions.states import LikenessKind, State
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
        .filter(_may_be_shown_beside(submission, "submission"))
        .exclude(submission=submission)
        .select_related("submission")
        .prefetch_related("derivatives")
        .order_by("submission__submitted_at", "pk")
    )
    for other in others:
        yield Pair(own[other.sha256], other, _("The very same file"))


def _may_be_shown_beside(submission, path):
    """Works of this contest but drafts; of another one what everybody may see."""
    is_here = Q(**{f"{path}__contest": submission.contest_id})
    is_draft = Q(**{f"{path}__state": State.DRAFT})
    return (is_here & ~is_draft) | Q(**{f"{path}__state": State.ACCEPTED})


def alike(submission: Submission) -> Iterator[Pair]:
    """What fingerprints found: like pictures, scenes and sound, the surest first."""
    own = {file.pk: file for file in submission.media_files.all()}
    likenesses = (
        Likeness.objects.filter(media_file__in=own)
        .filter(_may_be_shown_beside(submission, "other_file__submission"))
        .exclude(other_file__sha256__in=[file.sha256 for file in own.values()])
        .select_related("other_file__submission")
        .prefetch_related("other_file__derivatives")
    )
    for likeness in likenesses:
        own_file = own[likeness.media_file_id]
        yield Pair(own_file, likeness.other_file, in_words(likeness))


def in_words(likeness: Likeness) -> str:
    """What is alike, where, and how much."""
    detail = likeness.detail
    score = round(likeness.score * 100)
    if likeness.kind == LikenessKind.PICTURE:
        return _("Like picture, %(score)s %% the same") % {"score": score}
    piece = detail["pieces"][0]
    places = {
        "here": moment(piece["starts_s"]),
        "there": moment(piece["other_starts_s"]),
    }
    if likeness.kind == LikenessKind.SOUND:
        return _("Like sound: from %(here)s here, from %(there)s there") % places
    return ngettext(
        "%(count)s second of like scenes: from %(here)s here, from %(there)s there",
        "%(count)s seconds of like scenes: from %(here)s here, from %(there)s there",
        detail["seconds"],
    ) % (places | {"count": detail["seconds"]})


def moment(seconds: float) -> str:
    """A moment of a film, as its player shows it."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


FINDERS: tuple[Callable[[Submission], Iterator[Pair]], ...] = (same_file, alike)


def pairs_of(submission: Submission) -> list[Pair]:
    """Everything the finders see, the surest first."""
    return [pair for find in FINDERS for pair in find(submission)]
