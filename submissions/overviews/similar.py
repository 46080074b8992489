"""Works that this one is like, beside it: what is the same, where, and what was ruled.

The very same files come first, then what fingerprints found, the surest first.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.copies import copy_of, cover_url, media_url
from submissions.likenesses import (
    Ruling,
    Standing,
    likenesses_of,
    same_files,
    standings,
)
from submissions.models import Derivative, Likeness, MediaFile, Submission
from submissions.services import claims
from submissions.states import LikenessKind, State

SAME = "same"
NEARLY, VERY, SOMEWHAT = 0.93, 0.75, 0.0  # of a picture: at most 17 and 64 bits differ
A_THIRD, LONG_S = 0.33, 30  # of a film is much, and so is such a piece of any film
TONES = {NEARLY: "ri", VERY: "gui", SOMEWHAT: "hu"}


@dataclass(frozen=True)
class Moment:
    """Where the same is seen or heard in both."""

    here_s: float
    there_s: float

    @property
    def here(self) -> str:
        return moment(self.here_s)

    @property
    def there(self) -> str:
        return moment(self.there_s)


@dataclass(frozen=True)
class Side:
    """One of two files, as it can be shown."""

    media_file: MediaFile
    start_s: float
    name: str

    @property
    def is_film(self) -> bool:
        copy = copy_of(self.media_file, Derivative.Kind.VIEW)
        return copy is not None and copy.content_type.startswith("video/")

    @property
    def view(self) -> str:
        """The film from the moment on, or the picture, large enough to compare."""
        if copy_of(self.media_file, Derivative.Kind.VIEW) is None:
            return self.image
        url = media_url(self.media_file, Derivative.Kind.VIEW)
        return f"{url}#t={self.start_s:g}" if self.is_film else url

    @property
    def image(self) -> str:
        return cover_url(self.media_file)


@dataclass(frozen=True)
class Pair:
    """A file of this work beside a file of another one."""

    own: MediaFile
    other: MediaFile
    likeness: Likeness | None = None  # None: the very same bytes

    @cached_property
    def moments(self) -> list[Moment]:
        pieces = self.likeness.detail.get("pieces", []) if self.likeness else []
        return [Moment(each["starts_s"], each["other_starts_s"]) for each in pieces]

    @property
    def sides(self) -> list[Side]:
        first = self.moments[0] if self.moments else Moment(0, 0)
        here = _("This work, file %(number)s") % {"number": self.own.position}
        there = _("%(work)s, file %(number)s") % {
            "work": self.other.submission.number,
            "number": self.other.position,
        }
        return [
            Side(self.own, first.here_s, here),
            Side(self.other, first.there_s, there),
        ]

    @property
    def is_film(self) -> bool:
        return any(side.is_film for side in self.sides)

    @property
    def words(self) -> str:
        return in_words(self.likeness) if self.likeness else _("The very same file")

    @property
    def degree(self) -> float:
        return degree_of(self.likeness) if self.likeness else NEARLY

    @property
    def degree_words(self) -> str:
        if self.likeness is None:
            return _("The same")
        return {
            NEARLY: _("Almost the same"),
            VERY: _("Very alike"),
            SOMEWHAT: _("Somewhat alike"),
        }[self.degree]

    @property
    def tone(self) -> str:
        return TONES[self.degree]


@dataclass(frozen=True)
class OtherWork:
    """A work that this one is like, and all that is alike in the two."""

    submission: Submission
    standing: Standing
    pairs: list[Pair]

    @property
    def work(self) -> Submission:
        return self.standing.other

    @property
    def is_open(self) -> bool:
        return self.standing.is_open

    @property
    def rulings(self) -> list[tuple[Ruling, str]]:
        """The last first, each with who decided."""
        return [
            (ruling, claims.known_as(ruling.row.ruled_by))
            for ruling in reversed(self.standing.rulings)
        ]

    @property
    def is_by_the_same_entrant(self) -> bool:
        return self.work.author_id == self.submission.author_id

    @property
    def is_of_another_contest(self) -> bool:
        return self.work.contest_id != self.submission.contest_id

    @property
    def came_first(self) -> bool:
        return self.work.first_submitted_at < self.submission.first_submitted_at

    @property
    def url(self) -> str:
        """To the desk in the same contest; elsewhere only what everybody may see."""
        if not self.is_of_another_contest:
            return reverse("submissions:screening", args=[self.work.pk])
        if self.work.state == State.ACCEPTED:
            return reverse("submissions:work", args=[self.work.number])
        return ""


def others_like(submission: Submission) -> list[OtherWork]:
    """Everything that was found, what waits for a decision first."""
    prefetch_related_objects([submission], "media_files__derivatives")
    files = submission.media_files.all()
    own = {file.sha256: file for file in files}
    by_id = {file.pk: file for file in files}
    same, alike = list(same_files(submission)), list(likenesses_of(submission))
    pairs = defaultdict(list)
    for file in same:
        pairs[file.submission].append(Pair(own[file.sha256], file))
    for likeness in alike:
        other = likeness.other_file
        pair = Pair(by_id[likeness.media_file_id], other, likeness)
        pairs[other.submission].append(pair)
    found = [
        OtherWork(submission, standing, pairs[standing.other])
        for standing in standings(submission, same=same, alike=alike)
    ]
    return sorted(found, key=lambda each: not each.is_open)


def degree_of(likeness: Likeness) -> float:
    """How much is alike, in one of three words."""
    score = likeness.score
    if likeness.kind == LikenessKind.FILM and (
        score >= A_THIRD or likeness.detail["seconds"] >= LONG_S
    ):
        score = max(score, VERY)
    return next(step for step in (NEARLY, VERY, SOMEWHAT) if score >= step)


def in_words(likeness: Likeness) -> str:
    """What is alike, where, and how much."""
    detail = likeness.detail
    score = round(likeness.score * 100)
    if likeness.kind == LikenessKind.PICTURE:
        return _("Like picture, %(score)s %% the same") % {"score": score}
    piece = detail["pieces"][0]
    values = {
        "here": moment(piece["starts_s"]),
        "there": moment(piece["other_starts_s"]),
        "score": score,
    }
    if likeness.kind == LikenessKind.SOUND:
        words = _(
            "Like sound, %(score)s %% the same: from %(here)s here, %(there)s there"
        )
        return words % values
    return ngettext(
        "%(count)s second of like scenes, %(score)s %% of the shorter film: from "
        "%(here)s here, %(there)s there",
        "%(count)s seconds of like scenes, %(score)s %% of the shorter film: from "
        "%(here)s here, %(there)s there",
        detail["seconds"],
    ) % (values | {"count": detail["seconds"]})


def moment(seconds: float) -> str:
    """A moment of a film, as its player shows it."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
