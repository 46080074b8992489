"""Who may do what with a submission and see which of its files."""

from django.db.models import Q

from accounts.models import Role
from accounts.permissions import has_role
from accounts.queries import contests_with_role
from submissions.models import Attachment, MediaFile
from submissions.states import EDITABLE, State

WITHDRAWABLE = {
    State.DRAFT,
    State.SUBMITTED,
    State.SCREENING,
    State.RETURNED,
    State.ACCEPTED,
}

REOPENABLE = {State.SUBMITTED, State.SCREENING}

READERS = (Role.REVIEWER, Role.ORGANISER, Role.SUPERVISOR)  # of the screening desk

_media_viewers = []


def register_media_viewer(predicate):
    """Let an app above admit more people to a file: `predicate(user, media_file)`."""
    if predicate not in _media_viewers:
        _media_viewers.append(predicate)
    return predicate


def is_author(user, submission) -> bool:
    return user.is_authenticated and submission.author_id == user.pk


def can_edit(user, submission) -> bool:
    return is_author(user, submission) and submission.state in EDITABLE


def can_reopen(user, submission) -> bool:
    """As long as the reviewers have not decided; what one of them said so far belongs
    to the handing-in that ends with this."""
    return is_author(user, submission) and submission.state in REOPENABLE


def can_withdraw(user, submission) -> bool:
    return is_author(user, submission) and submission.state in WITHDRAWABLE


def can_screen(user, submission) -> bool:
    """Reviewers of the contest, but nobody their own work."""
    return (
        submission.state == State.SCREENING
        and not is_author(user, submission)
        and has_role(user, submission.contest, Role.REVIEWER)
    )


def can_decide(user, submission) -> bool:
    """Whether the next decision of this handing-in may be this person's."""
    return (
        can_screen(user, submission)
        and not submission.screenings.filter(
            cycle=submission.cycle, reviewer_id=user.pk
        ).exists()
    )


def can_disqualify(user, submission) -> bool:
    return submission.state == State.ACCEPTED and has_role(
        user, submission.contest, Role.ORGANISER
    )


def can_recommend_for(user, organisation) -> bool:
    """Who holds the role for this very body, and organisers for any of theirs."""
    return user.memberships.filter(
        role=Role.RECOMMENDER, organisation=organisation
    ).exists() or has_role(user, organisation.contest, Role.ORGANISER)


def can_see_original(user, media_file) -> bool:
    """The owner and the contest's staff; judges by what judging registers."""
    submission = media_file.submission
    if is_author(user, submission):
        return True
    if submission.state == State.DRAFT:
        return False
    return has_role(user, submission.contest, *READERS)


def can_see_attachment(user, attachment) -> bool:
    """Papers and originals: their owner, and those who screen or run the contest."""
    submission = attachment.submission
    if is_author(user, submission):
        return True
    readers = [Role.ORGANISER, Role.REVIEWER]
    if attachment.purpose == Attachment.Purpose.WINNER_FORM:
        readers = [Role.ORGANISER]  # nothing a reviewer decides by
    return submission.state != State.DRAFT and has_role(
        user, submission.contest, *readers
    )


def can_see_copies(user, media_file) -> bool:
    """Copies made for showing: everybody's once the work is accepted."""
    return (
        media_file.submission.state == State.ACCEPTED
        or can_see_original(user, media_file)
        or any(admits(user, media_file) for admits in _media_viewers)
        or _may_compare(user, media_file)
    )


def _may_compare(user, media_file) -> bool:
    """Who screens a work may see what it is like, in whatever contest that was."""
    submission = media_file.submission
    was_handed_in = submission.first_submitted_at and submission.state != State.DRAFT
    if not was_handed_in or not user.is_authenticated:
        return False
    alike = Q(likenesses__other_file=media_file) | Q(sha256=media_file.sha256)
    contests = contests_with_role(user, *READERS)
    return (
        MediaFile.objects.filter(alike, submission__contest__in=contests)
        .exclude(submission=submission)
        .exclude(submission__state=State.DRAFT)
        .exists()
    )
