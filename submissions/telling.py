"""What the people around a work are told of it. Called inside the transaction."""

from datetime import datetime

from django.urls import reverse

from accounts.models import Role, User
from contests.models import Contest
from notifications.kinds import Kind
from notifications.models import Message
from notifications.services import notify
from submissions.models import Submission
from submissions.states import State


def tell(
    recipient: User,
    kind: Kind,
    *,
    about: Submission,
    at: datetime,
    link: str = "",
    **params,
) -> None:
    """Tell somebody of a work; without a link it leads to the work's own page."""
    notify(
        recipient=recipient,
        kind=kind,
        at=at,
        contest=about.contest,
        submission_id=about.pk,
        link=link or about.get_absolute_url(),
        work=about.title,
        **params,
    )


def tell_author(
    submission: Submission, kind: Kind, *, at: datetime, link: str = "", **params
) -> None:
    tell(submission.author, kind, about=submission, at=at, link=link, **params)


def tell_organisers(
    submission: Submission, kind: Kind, *, at: datetime, link: str = "", **params
) -> None:
    """Everybody who runs the work's contest."""
    for organiser in _organisers_of(submission.contest):
        tell(organiser, kind, about=submission, at=at, link=link, **params)


def _organisers_of(contest):
    organisers = User.objects.filter(
        memberships__contest=contest, memberships__role=Role.ORGANISER
    )
    return organisers.distinct().order_by("pk")


def tell_organisers_once(submission: Submission, kind: Kind, **params) -> None:
    """As `tell_organisers`, but not those who have yet to read such a message."""
    for organiser in organisers_to_tell(submission.contest, kind):
        tell(organiser, kind, about=submission, **params)


def organisers_to_tell(contest: Contest, kind: Kind) -> list[User]:
    """Those of a contest who have no unread message of this kind: what goes wrong may
    go wrong a thousand times."""
    unread = Message.objects.filter(contest=contest, kind=kind).unread()
    knowing = set(unread.values_list("recipient", flat=True))
    return [each for each in _organisers_of(contest) if each.pk not in knowing]


def tell_of_move(submission: Submission, *, from_state, at: datetime, reason: str):
    """The author learns where the work stands now; drafts move without a word."""
    kind = _KINDS.get((from_state, submission.state))
    if kind is None:
        return
    params, link = {}, ""
    if kind == Kind.RECEIVED:
        params = {"number": submission.number}
    if submission.state == State.RETURNED:
        params = {"due": submission.correct_by}
        link = reverse("submissions:wizard", args=[submission.pk, "track"])
    if kind in _WITH_REASON:
        params["reason"] = reason
    tell_author(submission, kind, at=at, link=link, **params)


_KINDS = {
    (State.DRAFT, State.SUBMITTED): Kind.RECEIVED,
    (State.RETURNED, State.SUBMITTED): Kind.RECEIVED,
    (State.SUBMITTED, State.SCREENING): Kind.SCREENING_BEGUN,
    (State.SUBMITTED, State.RETURNED): Kind.FILES_RETURNED,
    (State.SCREENING, State.RETURNED): Kind.RETURNED,
    (State.SCREENING, State.ACCEPTED): Kind.ACCEPTED,
    (State.SCREENING, State.REJECTED): Kind.REJECTED,
    (State.SUBMITTED, State.WITHDRAWN): Kind.WITHDRAWN,
    (State.SCREENING, State.WITHDRAWN): Kind.WITHDRAWN,
    (State.RETURNED, State.WITHDRAWN): Kind.WITHDRAWN,
    (State.ACCEPTED, State.WITHDRAWN): Kind.WITHDRAWN,
    (State.ACCEPTED, State.DISQUALIFIED): Kind.DISQUALIFIED,
}
_WITH_REASON = {Kind.RETURNED, Kind.REJECTED, Kind.DISQUALIFIED}
