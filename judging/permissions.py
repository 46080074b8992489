"""Who runs a round, and which ballots and files a judge may open."""

from accounts.models import Role
from accounts.permissions import has_role
from accounts.queries import contests_with_role
from judging.models import Assignment
from judging.states import RoundState


def can_run(user, contest) -> bool:
    """Organisers do; supervisors only look on."""
    return has_role(user, contest, Role.ORGANISER)


def is_judge(user) -> bool:
    """Whether the user is a judge of any contest."""
    return contests_with_role(user, Role.JUDGE).exists()


def is_own(user, assignment) -> bool:
    """Whether the user, a judge still, is asked for a work that is still in."""
    return (
        assignment.judge_id == user.pk
        and assignment.candidate.left_at is None
        and has_role(user, assignment.candidate.round.contest_id, Role.JUDGE)
    )


def can_score(user, assignment) -> bool:
    """Own works while the round is judged; after a recusal this undoes it first."""
    return (
        is_own(user, assignment)
        and assignment.candidate.round.state == RoundState.JUDGING
    )


def can_see_for_judging(user, media_file) -> bool:
    """Judges see the files of works they are to judge, and not of those they left."""
    return (
        Assignment.objects.of_judge(user)
        .standing()
        .filter(candidate__submission=media_file.submission_id, recusal=None)
        .exclude(candidate__round__state=RoundState.DRAFT)
        .exists()
    )
