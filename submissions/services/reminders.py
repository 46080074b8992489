"""差一步的草稿: looking how far drafts have come, and reminding their owners."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Role, User
from accounts.permissions import has_role
from contests.deadlines import days_left
from contests.errors import RuleViolation
from contests.models import Contest
from notifications.kinds import Kind
from submissions import deadlines
from submissions.completeness import Gap, missing_for_submit
from submissions.lifecycle import lock
from submissions.models import DraftCheck, Submission
from submissions.states import State
from submissions.steps import step_url
from submissions.telling import tell_author
from submissions.unsent import begun_drafts, reminded_since, unsent_drafts


class ReminderRefused(RuleViolation):
    code = "reminder_refused"


def look_at_drafts(*, contest: Contest, at: datetime) -> int:
    """Note what each draft with a file still lacks; how many were looked at."""
    drafts = begun_drafts(contest)
    for draft in drafts:
        _note_gaps(draft, missing_for_submit(draft), at=at)
    return len(drafts)


def _note_gaps(draft, gaps: list[Gap], *, at):
    DraftCheck.objects.update_or_create(
        submission=draft,
        defaults={"gap_steps": [gap.step for gap in gaps], "checked_at": at},
    )


@transaction.atomic
def remind(*, submission: Submission, by: User | None, at: datetime) -> None:
    """Tell the owner of an unsent draft, and until when it can be handed in.

    What it lacks is looked at once more. `by` is None when the portal itself reminds.
    """
    submission = lock(submission)
    if by is not None and not has_role(by, submission.contest, Role.ORGANISER):
        raise ReminderRefused(_("Only an organiser reminds people of their drafts."))
    if submission.state != State.DRAFT or not deadlines.may_hand_in(submission, at):
        raise ReminderRefused(
            _("This draft can no longer be handed in, or has been."),
            code="not_possible",
        )
    if reminded_since(submission, _pause_began(submission.contest, at)):
        raise ReminderRefused(
            _("The owner was reminded only a few days ago."), code="reminded_lately"
        )
    gaps = missing_for_submit(submission)
    _note_gaps(submission, gaps, at=at)
    _tell_owner(submission, gaps, at=at)
    if by is not None:
        audit.record("draft.reminded", by=by, target=submission)


def _pause_began(contest, at):
    return at - timedelta(days=contest.rulebook.defaults.reminder_pause_days)


def _tell_owner(submission, gaps, *, at):
    until = deadlines.hand_in_until(submission)
    if gaps:
        tell_author(
            submission,
            Kind.DRAFT_UNFINISHED,
            at=at,
            link=step_url(submission, gaps[0].step),
            due=until,
            first=str(gaps[0].message),
        )
    else:
        tell_author(
            submission,
            Kind.DRAFT_REMINDER,
            at=at,
            link=step_url(submission, "check"),
            due=until,
        )


def remind_all(*, contest: Contest, by: User | None, at: datetime) -> int:
    """Remind the owners of all drafts that lack little or nothing; how many were."""
    reminded = 0
    for draft in unsent_drafts(contest):
        try:
            remind(submission=draft, by=by, at=at)
        except ReminderRefused:
            continue
        reminded += 1
    return reminded


def remind_before_deadline(*, contest: Contest, at: datetime) -> int:
    """On the rule book's days before the deadline, once a draft; else nobody."""
    is_ahead = at < deadlines.collection_ends_at(contest)
    days = contest.rulebook.defaults.reminder_days_before
    if not is_ahead or days_left(contest, at=at) not in days:
        return 0
    look_at_drafts(contest=contest, at=at)
    return remind_all(contest=contest, by=None, at=at)
