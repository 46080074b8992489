"""Handing a work in, taking it back, and taking it out of the contest."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests.deadlines import accepts_submissions
from contests.errors import RuleViolation
from submissions import deadlines
from submissions.completeness import missing_for_submit
from submissions.deadlines import CollectionClosed
from submissions.lifecycle import change_state, lock
from submissions.models import Submission
from submissions.numbers import next_number
from submissions.permissions import can_disqualify, can_reopen, can_withdraw, is_author
from submissions.services.conversions import resume_conversions
from submissions.services.drafts import adopt_rulebook
from submissions.services.forgetting import drop_unasked
from submissions.services.receipts import issue_receipt
from submissions.services.waivers import withdraw_standing_waivers
from submissions.states import State
from submissions.tasks import label_submission, settle_submission

ARRIVED = {State.SUBMITTED, State.SCREENING}


class Incomplete(RuleViolation):
    code = "incomplete"


class NotYours(RuleViolation):
    code = "not_possible"


@transaction.atomic
def submit(*, submission: Submission, by: User, at: datetime) -> Submission:
    """Hand a draft in, or a returned work again, for a signed receipt; refused while
    a file has failed.

    A file still being inspected does not hold it up: a failure that comes later
    returns the work. The first handing-in fixes its round (B11); docs/deadlines.md
    says what may still come after 24:00. Asked again, because the answer was lost on
    its way, it changes nothing.
    """
    submission = lock(submission)
    if not is_author(by, submission):
        raise NotYours(_("Only the person who began this work can hand it in."))
    if submission.state in ARRIVED:
        return submission
    if submission.is_editable:
        deadlines.require_hand_in(submission, at)
    adopt_rulebook(submission, at=at)
    drop_unasked(submission)
    _refuse_incomplete(submission)
    _arrive(submission, by=by, at=at)
    issue_receipt(submission=submission, at=at)
    resume_conversions(submission)
    settle_submission.delay_on_commit(submission_id=submission.pk)
    label_submission.delay_on_commit(submission_id=submission.pk)
    return submission


def _refuse_incomplete(submission):
    gaps = missing_for_submit(submission)
    if gaps:
        raise Incomplete(
            _("Something is still missing: %(first)s") % {"first": gaps[0].message},
            code=gaps[0].code if len(gaps) == 1 else None,
            fields={gap.code: str(gap.message) for gap in gaps},
        )


def _arrive(submission, *, by, at):
    change_state(
        submission,
        to=State.SUBMITTED,
        by=by,
        at=at,
        number=submission.number or next_number(submission.contest),
        first_submitted_at=submission.first_submitted_at or at,
        counts_at=deadlines.counts_at(submission, at),
        submitted_at=at,
        correct_by=None,
        cycle=submission.cycle + 1,
    )


@transaction.atomic
def reopen(*, submission: Submission, by: User, at: datetime) -> Submission:
    """Back to a draft to change something, until the deadline."""
    submission = lock(submission)
    if not can_reopen(by, submission):
        raise NotYours(
            _("This work can no longer be changed: the reviewers have decided.")
        )
    if at >= deadlines.closes_at(submission):
        raise CollectionClosed(
            _("The collection is over. Your work stays as you handed it in.")
        )
    return change_state(submission, to=State.DRAFT, by=by, at=at)


@transaction.atomic
def withdraw(
    *, submission: Submission, by: User, at: datetime, reason: str = ""
) -> Submission:
    """Take a work out of the contest; once accepted, until the deadline."""
    submission = lock(submission)
    if not can_withdraw(by, submission):
        raise NotYours(_("This work can no longer be withdrawn."))
    if is_settled(submission, at=at):
        raise CollectionClosed(
            _(
                "The collection is over, and an accepted work stays in the contest. "
                "If something is wrong with it, please write to the organisers."
            )
        )
    withdraw_standing_waivers(submission=submission, by=by)
    return change_state(submission, to=State.WITHDRAWN, by=by, at=at, reason=reason)


def is_settled(submission: Submission, *, at: datetime) -> bool:
    """Accepted, and the collection is over: its author can no longer take it out."""
    return submission.state == State.ACCEPTED and not accepts_submissions(
        submission.contest, at=at
    )


@transaction.atomic
def disqualify(
    *, submission: Submission, by: User, at: datetime, reason: str
) -> Submission:
    """The committee takes an accepted work out, and says why (rule 84)."""
    submission = lock(submission)
    if not can_disqualify(by, submission):
        raise NotYours(_("Only an organiser can disqualify an accepted work."))
    if not reason:
        raise Incomplete(_("Please give the reason."), code="reason_missing")
    return change_state(submission, to=State.DISQUALIFIED, by=by, at=at, reason=reason)
