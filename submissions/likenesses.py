"""Which works a work is like, and which of them a reviewer must still decide on.

Works of all contests count, accepted or not, withdrawn or not, once they were handed
in; a draft is nobody's business but its author's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.query import QuerySet

from submissions.models import Likeness, LikenessRuling, MediaFile, Submission
from submissions.states import LIVE, LikenessKind, LikenessVerdict, State

HINTS = {LikenessKind.SOUND}  # honest films share music: shown, but not asked about


def handed_in(path: str = "") -> Q:
    """Works that were handed in and are not being written anew."""
    return Q(**{f"{path}first_submitted_at__isnull": False}) & ~Q(
        **{f"{path}state": State.DRAFT}
    )


def same_files(submission: Submission) -> QuerySet:
    """The very same bytes in other works, the earliest first."""
    sums = [file.sha256 for file in submission.media_files.all()]
    return (
        MediaFile.objects.filter(handed_in("submission__"), sha256__in=sums)
        .exclude(submission=submission)
        .select_related("submission__contest", "inspection")
        .prefetch_related("derivatives")
        .order_by("submission__first_submitted_at", "pk")
    )


def likenesses_of(submission: Submission) -> QuerySet:
    """What fingerprints found, the surest first; not what is the same anyway."""
    sums = [file.sha256 for file in submission.media_files.all()]
    return (
        Likeness.objects.filter(
            handed_in("other_file__submission__"), media_file__submission=submission
        )
        .exclude(other_file__sha256__in=sums)
        .select_related("other_file__submission__contest", "other_file__inspection")
        .prefetch_related("other_file__derivatives")
    )


@dataclass(frozen=True)
class Ruling:
    """A ruling as it reads from the side of one of the two works."""

    row: LikenessRuling
    verdict: LikenessVerdict


def rulings_on(submission: Submission) -> dict[int, list[Ruling]]:
    """All that was decided between this work and others, by the other work's id."""
    either = Q(submission=submission) | Q(other=submission)
    found = defaultdict(list)
    for row in LikenessRuling.objects.filter(either).select_related("ruled_by"):
        verdict = LikenessVerdict(row.verdict)
        if row.submission_id == submission.pk:
            found[row.other_id].append(Ruling(row, verdict))
        else:
            found[row.submission_id].append(Ruling(row, verdict.from_the_other_side))
    return dict(found)


@dataclass(frozen=True)
class Standing:
    """How two works stand to each other: what was found, and what was decided."""

    other: Submission
    found: frozenset[str]  # marks of what has to be decided on
    rulings: list[Ruling]

    @property
    def ruling(self) -> Ruling | None:
        """The last one, which counts."""
        return self.rulings[-1] if self.rulings else None

    @property
    def is_open(self) -> bool:
        """Something is there that nobody has decided on."""
        seen = self.ruling.row.seen if self.ruling else []
        return not self.found <= set(seen)


def standings(
    submission: Submission,
    *,
    same: Iterable[MediaFile],
    alike: Iterable[Likeness],
) -> list[Standing]:
    """One for each other work, in the order in which they were found."""
    own = {file.sha256: file.pk for file in submission.media_files.all()}
    marks: dict[Submission, set[str]] = {}
    for file in same:
        mark = _mark(own[file.sha256], file.pk, "file")
        marks.setdefault(file.submission, set()).add(mark)
    for likeness in alike:
        found = marks.setdefault(likeness.other_file.submission, set())
        if likeness.kind not in HINTS:
            files = likeness.media_file_id, likeness.other_file_id
            found.add(_mark(*files, likeness.kind))
    rulings = rulings_on(submission) if marks else {}
    return [
        Standing(
            other,
            frozenset(found if _matters(submission, other) else ()),
            rulings.get(other.pk, []),
        )
        for other, found in marks.items()
    ]


def _mark(file_id, other_id, kind) -> str:
    """The same from either side."""
    low, high = sorted([file_id, other_id])
    return f"{low}-{high}-{kind}"


def _matters(submission, other) -> bool:
    """One's own work that is out of the contest may be entered again."""
    return other.state in LIVE or other.author_id != submission.author_id


def standings_of(submission: Submission) -> list[Standing]:
    return standings(
        submission, same=same_files(submission), alike=likenesses_of(submission)
    )
