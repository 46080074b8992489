"""Who fills in a district's table, who decides on it, who sets the activities."""

from accounts.models import Membership, Role
from accounts.permissions import has_role


def is_of_centre(user, organisation) -> bool:
    """Whether the user acts for this practice centre (rule 118)."""
    return (
        user.is_authenticated
        and Membership.objects.filter(
            user_id=user.pk, role=Role.PRACTICE_CENTRE, organisation=organisation
        ).exists()
    )


def can_fill(user, recommendation) -> bool:
    """The district's centre, while the table is a draft or returned."""
    return recommendation.is_editable and is_of_centre(
        user, recommendation.organisation
    )


def can_organise(user, contest) -> bool:
    """Organisers decide on tables and set activities; supervisors only look on."""
    return has_role(user, contest, Role.ORGANISER)
