"""先和组委会说一声: asking for an exception before handing in, and the answer."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Role, User
from accounts.permissions import has_role
from contests import clock
from contests.deadlines import collection_ends_at, correction_due
from contests.errors import RuleViolation
from notifications.kinds import Kind
from submissions.allowances import (
    granted_words,
    waivable_duration_of,
    waivable_label_of,
)
from submissions.lifecycle import lock
from submissions.media.humanise import duration
from submissions.models import Submission, Waiver
from submissions.permissions import can_edit, is_author
from submissions.services.files import inspect_anew
from submissions.states import State, WaiverState
from submissions.telling import tell_author, tell_organisers

STANDING = {WaiverState.ASKED, WaiverState.GRANTED}
ABOUT_FILES = {Waiver.Kind.DURATION, Waiver.Kind.LABEL}  # they are looked at anew
LONGEST_S = 10 * 3600
# While a work is in one of these, an answer still changes something.
OPEN_STATES = {State.DRAFT, State.SUBMITTED, State.RETURNED}


class WaiverRefused(RuleViolation):
    code = "waiver_refused"


# --- Asking ------------------------------------------------------------------
@transaction.atomic
def ask_for_waiver(
    *,
    submission: Submission,
    kind: Waiver.Kind,
    reason: str,
    by: User,
    at: datetime,
    duration_s: int | None = None,
    genre: str = "",
    sample_url: str = "",
) -> Waiver:
    """Ask the committee for one exception; at most one of a kind stands at a time."""
    submission = lock(submission)
    _refuse_question(submission, kind, reason, by=by)
    _refuse_subject(submission, kind, duration_s)
    waiver = Waiver.objects.create(
        submission=submission,
        kind=kind,
        reason=reason,
        asked_duration_s=duration_s if kind == Waiver.Kind.DURATION else None,
        genre=genre,
        sample_url=sample_url,
        asked_by=by,
        asked_at=at,
    )
    _record("waiver.asked", waiver, by=by)
    tell_organisers(
        submission,
        Kind.WAIVER_ASKED,
        at=at,
        link=reverse("submissions:waiver", args=[waiver.pk]),
    )
    return waiver


def _refuse_question(submission, kind, reason, *, by):
    if not can_edit(by, submission):
        raise WaiverRefused(
            _("This work has been handed in; an exception is asked for before that."),
            code="not_editable",
        )
    if not reason:
        raise WaiverRefused(_("Please give the reason."), code="reason_missing")
    _refuse_second(submission, kind)


def _refuse_second(submission, kind):
    standing = submission.waivers.filter(kind=kind, state__in=STANDING).first()
    if standing is None:
        return
    if standing.state == WaiverState.ASKED:
        words = _("You have asked for this already. The committee will answer.")
    else:
        words = _("The committee has agreed to this already.")
    raise WaiverRefused(words, code="waiver_standing")


def _refuse_subject(submission, kind, duration_s):
    if kind == Waiver.Kind.DURATION:
        _refuse_length(submission, duration_s)
    elif kind == Waiver.Kind.LABEL:
        _refuse_label(submission)
    else:
        _refuse_late_entry(submission)


def _refuse_length(submission, duration_s):
    """Only a limit whose entry in the rule book says so can be waived."""
    limit = waivable_duration_of(submission)
    if limit is None:
        raise WaiverRefused(
            _("The length of this category is fixed. Please choose another one."),
            code="not_waivable",
        )
    if duration_s is None or not limit.max_s < duration_s <= LONGEST_S:
        raise WaiverRefused(
            _("Please give a length between %(min)s and %(max)s.")
            % {"min": duration(limit.max_s), "max": duration(LONGEST_S)},
            code="length_out_of_range",
        )


def _refuse_label(submission):
    """Only where the rule book leaves a labelled picture to the committee (B7)."""
    if waivable_label_of(submission) is None:
        raise WaiverRefused(
            _("In this category the label of a picture needs no exception."),
            code="not_waivable",
        )


def _refuse_late_entry(submission):
    if submission.state != State.DRAFT:
        raise WaiverRefused(
            _("A returned work has its own day; no late entry is needed."),
            code="not_waivable",
        )
    if not submission.contest.rulebook.defaults.late_entry_waiver:
        raise WaiverRefused(
            _("This contest hears no late entries."), code="not_waivable"
        )


@transaction.atomic
def take_back_waiver(*, waiver: Waiver, by: User, at: datetime) -> Waiver:
    """The entrant no longer wants it, or the committee takes its word back.

    Only while the work is not handed in; its files are then judged by the rule again.
    """
    waiver = _lock(waiver)
    submission = waiver.submission
    is_own = is_author(by, submission)
    if not (is_own or _may_answer(by, waiver)):
        raise WaiverRefused(_("Only the entrant or an organiser can take it back."))
    if waiver.state not in STANDING:
        raise _moved_on(waiver)
    if submission.state not in {State.DRAFT, State.RETURNED}:
        raise WaiverRefused(
            _("The work has been handed in; what was agreed stands."),
            code="not_editable",
        )
    was_granted = waiver.state == WaiverState.GRANTED
    waiver.state = WaiverState.WITHDRAWN
    waiver.save(update_fields=["state"])
    _record("waiver.taken_back", waiver, by=by)
    if was_granted and waiver.kind in ABOUT_FILES:
        inspect_anew(submission, at=at)
    if not is_own:
        answer = gettext("The committee had to take its agreement back.")
        _tell_answer(waiver, answer, at=at)
    return waiver


def withdraw_standing_waivers(*, submission: Submission, by: User) -> None:
    """A withdrawn work asks for nothing any more; runs in the withdrawal."""
    for waiver in submission.waivers.filter(state__in=STANDING):
        waiver.state = WaiverState.WITHDRAWN
        waiver.save(update_fields=["state"])
        _record("waiver.taken_back", waiver, by=by)


# --- Answering ---------------------------------------------------------------
@transaction.atomic
def grant_waiver(
    *,
    waiver: Waiver,
    by: User,
    at: datetime,
    duration_s: int | None = None,
    until: date | None = None,
    answer: str = "",
) -> Waiver:
    """Agree to a length, a label or a last day; a grant that stands can be changed.

    Who asked in time and is answered at the deadline or later has the days of a
    correction to hand in.
    """
    waiver = _lock(waiver)
    _refuse_answer(waiver, by, {WaiverState.ASKED, WaiverState.GRANTED})
    _open(waiver, duration_s, until, at=at)
    _answer(waiver, WaiverState.GRANTED, answer, by=by, at=at)
    if waiver.kind in ABOUT_FILES:
        inspect_anew(waiver.submission, at=at)
    _tell_answer(waiver, " ".join(filter(None, [granted_words(waiver), answer])), at=at)
    return waiver


def _open(waiver, duration_s, until, *, at):
    """What is granted, written on the request; refused where it cannot be granted."""
    if waiver.kind == Waiver.Kind.DURATION:
        _refuse_length(waiver.submission, duration_s)
        waiver.granted_duration_s = duration_s
    elif waiver.kind == Waiver.Kind.LABEL:
        _refuse_label(waiver.submission)
    else:
        _refuse_day(waiver.submission, until, at=at)
        waiver.granted_until = clock.end_of(until)
    if waiver.kind in ABOUT_FILES:
        waiver.granted_until = _time_after_answer(waiver, at=at)


def _time_after_answer(waiver, *, at):
    """None while the deadline leaves that many days anyway."""
    contest = waiver.submission.contest
    ends, due = collection_ends_at(contest), correction_due(contest.rulebook, at=at)
    return due if waiver.asked_at < ends < due else None


def _refuse_day(submission, until, *, at):
    last = clock.day_of(collection_ends_at(submission.contest))
    if until is None or until < last or until < clock.day_of(at):
        raise WaiverRefused(
            _("Please give a day after the end of the collection that is still ahead."),
            code="day_out_of_range",
        )


@transaction.atomic
def refuse_waiver(*, waiver: Waiver, by: User, at: datetime, answer: str) -> Waiver:
    """Say no, with the reason the entrant reads."""
    waiver = _lock(waiver)
    _refuse_answer(waiver, by, {WaiverState.ASKED})
    if not answer:
        raise WaiverRefused(_("Please give the reason."), code="reason_missing")
    _answer(waiver, WaiverState.REFUSED, answer, by=by, at=at)
    _tell_answer(waiver, answer, at=at)
    return waiver


def _lock(waiver):
    """The request as it stands now, with its work locked first, as in asking."""
    submission = lock(waiver.submission)
    waiver = Waiver.objects.select_for_update().get(pk=waiver.pk)
    waiver.submission = submission
    return waiver


def _may_answer(user, waiver):
    return has_role(user, waiver.submission.contest, Role.ORGANISER)


def _refuse_answer(waiver, by, states):
    if not _may_answer(by, waiver) or is_author(by, waiver.submission):
        raise WaiverRefused(_("Another organiser must answer this request."))
    if waiver.state not in states:
        raise _moved_on(waiver)
    if waiver.submission.state not in OPEN_STATES:
        raise WaiverRefused(
            _("The work has gone on without it; nothing is left to agree to."),
            code="not_editable",
        )


def _moved_on(waiver):
    return WaiverRefused(
        _("This request has moved on meanwhile: it is now “%(state)s”.")
        % {"state": waiver.get_state_display()},
        code="waiver_moved",
    )


def _answer(waiver, state, answer, *, by, at):
    waiver.state = state
    waiver.answer = answer
    waiver.answered_by = by
    waiver.answered_at = at
    waiver.save()
    _record(f"waiver.{state}", waiver, by=by)


def _tell_answer(waiver, answer, *, at):
    tell_author(waiver.submission, Kind.WAIVER_ANSWERED, at=at, answer=answer)


def _record(action, waiver, *, by):
    """In the log with what was agreed, and none of the words of either side."""
    until = waiver.granted_until
    audit.record(
        action,
        by=by,
        target=waiver,
        contest=waiver.submission.contest,
        submission=waiver.submission_id,
        kind=waiver.kind,
        asked_duration_s=waiver.asked_duration_s,
        granted_duration_s=waiver.granted_duration_s,
        granted_until=until.isoformat() if until else None,
    )
