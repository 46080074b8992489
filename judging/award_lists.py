"""The list of a round as it is read out: sections by award, winners in their order."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contests.models import AwardKind
from judging.models import Round
from submissions.licences import basis_of

TWO_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2}")

Subject = AwardKind.Subject


@dataclass(frozen=True)
class Winner:
    """A work with who made it; for a body or a person `name` says all."""

    name: str
    authors: str = ""
    organisation: str = ""
    unit: str = ""
    track: str = ""
    basis: str = ""  # on the strength of what it may be shown (rule 79)


@dataclass(frozen=True)
class Section:
    name: str
    subject: str
    winners: list[Winner]

    @property
    def heading(self) -> str:
        """With the number given, as 一等奖（3件）; an award nobody won is 空缺."""
        if not self.winners:
            return _("%(award)s (not awarded)") % {"award": self.name}
        return _HEADINGS[self.subject](len(self.winners)) % {
            "award": self.name,
            "count": len(self.winners),
        }

    @property
    def winners_are(self) -> str:
        """The heading over names that are not works."""
        to_body = self.subject == Subject.ORGANISATION
        return _("Organisation") if to_body else _("Name")

    @property
    def is_of_works(self) -> bool:
        return self.subject == Subject.SUBMISSION


@dataclass(frozen=True)
class AwardList:
    title: str
    sections: list[Section]
    signed_by: list[str]  # the organisers, as the rule book names them
    published_at: datetime | None


_HEADINGS = {
    Subject.SUBMISSION: lambda count: ngettext(
        "%(award)s (%(count)d work)", "%(award)s (%(count)d works)", count
    ),
    Subject.ORGANISATION: lambda count: ngettext(
        "%(award)s (%(count)d body)", "%(award)s (%(count)d bodies)", count
    ),
    Subject.PERSON: lambda count: ngettext(
        "%(award)s (%(count)d person)", "%(award)s (%(count)d people)", count
    ),
}


def award_list(round: Round) -> AwardList:
    """What a round decided so far: the works selected, or who won which award."""
    names = {"contest": round.contest.title_short, "stage": round.stage.name}
    if round.is_final:
        title = _("%(contest)s: winners of %(stage)s") % names
        sections = _sections_of_awards(round)
    else:
        title = _("%(contest)s: works selected in %(stage)s") % names
        sections = _sections_of_selection(round)
    return AwardList(title, sections, _organisers(round), round.published_at)


def _organisers(round):
    bodies = round.rulebook_version.rulebook.bodies
    return [name for body in bodies if body.role == "organiser" for name in body.names]


def _sections_of_awards(round):
    """Every award that is given at all, in the rule book's order; vacant ones too."""
    awards = list(
        round.awards.select_related(
            "organisation", *(f"candidate__{name}" for name in _SHOWN)
        ).prefetch_related(
            "candidate__submission__authors", "candidate__submission__declarations"
        )
    )
    counts = round.award_counts.exclude(count=0).select_related("kind")
    return [
        Section(
            name=each.kind.name,
            subject=each.kind.subject,
            winners=[
                _winner(award)
                for award in sorted(awards, key=_in_order)
                if award.kind_id == each.kind_id
            ],
        )
        for each in counts
    ]


def _sections_of_selection(round):
    selected = (
        round.candidates.selected()
        .select_related(*_SHOWN)
        .prefetch_related("submission__authors", "submission__declarations")
        .order_by("prize_group__position", "prize_group", "submission__number")
    )
    named = round.award_counts.filter(kind__subject=Subject.SUBMISSION)
    kind = named.select_related("kind").first()
    return [
        Section(
            name=kind.kind.name if kind else _("Chosen works"),
            subject=Subject.SUBMISSION,
            winners=[_winning_work(candidate) for candidate in selected],
        )
    ]


_SHOWN = (
    "prize_group",
    "submission__unit",
    "submission__track",
    "submission__organisation",
    "submission__contest__current_version",
    "submission__winner_form",
)


def _in_order(award):
    """Works by prize group, then as the awards were given."""
    group = award.candidate.prize_group.position if award.candidate else 0
    return group, award.position


def _winner(award):
    if award.candidate:
        return _winning_work(award.candidate)
    return Winner(name=name_of_winner(award))


def name_of_winner(award) -> str:
    if award.candidate:
        return in_title_marks(award.candidate.submission.title)
    return str(award.organisation or padded(award.person_name))


def _winning_work(candidate):
    work = candidate.submission
    return Winner(
        name=in_title_marks(work.title),
        authors=authors_line(work),
        organisation=body_of(work),
        unit=work.unit.name,
        track=work.track.name,
        basis=basis_of(work),
    )


def authors_line(submission) -> str:
    """The credit line, short names spread to the width of three characters."""
    names = [author.name for author in submission.authors.all()]
    return "、".join(padded(name) for name in names or [submission.entrant_name])


def body_of(submission) -> str:
    """The body a work comes from, or the author's school."""
    return (
        (submission.organisation.name if submission.organisation else "")
        or submission.organisation_name
        or submission.school
    )


def padded(name: str) -> str:
    """张三 becomes 张　三, so that two characters stand as wide as three."""
    return "\u3000".join(name) if TWO_HAN.fullmatch(name) else name


def in_title_marks(title: str) -> str:
    """《》 around a title, once."""
    return title if title.startswith("《") and title.endswith("》") else f"《{title}》"
