"""The one answer to "is there still time?" for a work and its bytes.

The policy stands in docs/deadlines.md. Every moment is the contest's
(`contests.clock.now()`): an upload's `created_at` and `finished_at` are compared with
the deadline here, so they are written from that clock, while `touched_at` and
`expires_at` run on real time.

A closing moment is 24:00 of its day: what begins before it is in time, what begins at
it is late. Bytes on their way at that moment have `upload_grace_hours` more.
"""

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from contests.deadlines import collection_ends_at, collection_starts_at
from contests.errors import RuleViolation
from contests.models import Contest
from contests.moments import day_words, deadline_words
from submissions.models import Submission, Upload
from submissions.models.uploads import UNDER_WAY
from submissions.states import EDITABLE, State, WaiverState

SMALLEST = timedelta(microseconds=1)


class CollectionClosed(RuleViolation):
    code = "collection_closed"


def closes_at(submission: Submission) -> datetime:
    """The first moment that is too late to begin anything new for this work.

    A returned work has its own; what the committee granted may move it.
    """
    if submission.state == State.RETURNED:
        return submission.correct_by
    granted_until = _granted_until(submission)
    return max(filter(None, [collection_ends_at(submission.contest), granted_until]))


def _granted_until(submission):
    """A late entry's last day, or the days a late answer to a request in time gives."""
    granted = submission.waivers.filter(
        state=WaiverState.GRANTED, granted_until__isnull=False
    )
    return granted.aggregate(last=Max("granted_until"))["last"]


def grace_ends_at(submission: Submission) -> datetime:
    """Until when bytes that were on their way at the closing moment may arrive."""
    return closes_at(submission) + grace_of(submission.contest)


def grace_of(contest: Contest) -> timedelta:
    return timedelta(hours=contest.rulebook.defaults.upload_grace_hours)


def may_begin_upload(submission: Submission, at: datetime) -> bool:
    """Whether a new file or proof may begin to arrive now."""
    return submission.state in EDITABLE and at < closes_at(submission)


def may_continue_upload(upload: Upload, at: datetime) -> bool:
    """Whether more bytes of a file or proof are taken now, and its end is stored.

    Originals that reviewers asked for have a day of their own (services/originals.py).
    """
    return _may_arrive(upload.submission, began_at=upload.created_at, at=at)


def _may_arrive(submission, *, began_at, at):
    closes = closes_at(submission)
    return (
        submission.state in EDITABLE
        and began_at < closes
        and at < closes + grace_of(submission.contest)
    )


def may_hand_in(submission: Submission, at: datetime) -> bool:
    """Whether a draft or a returned work may be handed in now, were it complete."""
    if submission.state not in EDITABLE:
        return False
    if submission.state == State.DRAFT and at < collection_starts_at(
        submission.contest
    ):
        return False
    if at < closes_at(submission):
        return True
    return has_grace(submission) and at < grace_ends_at(submission)


def has_grace(submission: Submission) -> bool:
    """Whether the closing moment found it on its way: with bytes still arriving or
    being stored, or handed in before and opened again for a change.

    A file stored since then was on its way: nothing new begins after it. So was one
    refused or given up since then.
    """
    if submission.state == State.DRAFT and submission.first_submitted_at:
        return True
    closes = closes_at(submission)
    on_its_way = submission.uploads.filter(
        Q(state__in=UNDER_WAY) | Q(finished_at__gte=closes),
        purpose=Upload.Purpose.FILE,
        created_at__lt=closes,
    )
    stored_since = submission.media_files.filter(uploaded_at__gte=closes)
    return on_its_way.exists() or stored_since.exists()


def hand_in_until(submission: Submission) -> datetime:
    """The first moment that is too late to hand this work in."""
    return grace_ends_at(submission) if has_grace(submission) else closes_at(submission)


def counts_at(submission: Submission, at: datetime) -> datetime:
    """The moment a handing-in counts for, which says its round (B11).

    The first one stands for ever; one after the deadline, in grace or by leave of the
    committee, counts as made in the collection's last moment.
    """
    if submission.counts_at is not None:
        return submission.counts_at
    return min(at, collection_ends_at(submission.contest) - SMALLEST)


def can_ask_for_late_entry(submission: Submission, at: datetime) -> bool:
    """Whether the committee hears a request for this draft to come late."""
    return (
        submission.state == State.DRAFT
        and at >= closes_at(submission)
        and submission.contest.rulebook.defaults.late_entry_waiver
    )


def require_upload(submission: Submission, at: datetime) -> None:
    """Refuse a new upload with the sentence that says what is still possible."""
    if not may_begin_upload(submission, at):
        raise refusal(submission, at)


def require_file(submission: Submission, *, began_at: datetime, at: datetime) -> None:
    """Refuse a file that began to arrive too late, or arrived after the grace."""
    if not _may_arrive(submission, began_at=began_at, at=at):
        raise refusal(submission, at)


def require_hand_in(submission: Submission, at: datetime) -> None:
    """Refuse a late handing-in with the sentence that says what is still possible."""
    if not may_hand_in(submission, at):
        raise refusal(submission, at)


def refusal(submission: Submission, at: datetime) -> CollectionClosed:
    """Why there is no time now, and what is still possible."""
    if submission.state == State.RETURNED:
        return CollectionClosed(
            _(
                "The time to correct this work ran out on %(time)s. Please write to "
                "the organisers if something kept you."
            )
            % {"time": deadline_words(submission.correct_by)},
            code="correction_overdue",
        )
    opens = collection_starts_at(submission.contest)
    if at < opens:
        return CollectionClosed(
            _("The collection opens on %(day)s. Your draft is kept until then.")
            % {"day": day_words(opens.date())},
            code="collection_not_open",
        )
    return CollectionClosed(_over_words(submission, at))


def _over_words(submission, at):
    closed = {"time": deadline_words(closes_at(submission))}
    if can_ask_for_late_entry(submission, at):
        return (
            _(
                "The collection ended on %(time)s. Your draft is kept. If something "
                "kept you, you can ask the organisers for a late entry."
            )
            % closed
        )
    return _("The collection ended on %(time)s. Your draft is kept.") % closed
