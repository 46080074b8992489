"""Who may see which contest; other apps ask here, never `is_staff`."""

from accounts.models import Membership, Role
from contests.models import Contest

SEES_ALL = {Role.ORGANISER, Role.SUPERVISOR}


def contests_with_role(user, *roles):
    return Contest.objects.filter(
        pk__in=Membership.objects.filter(user_id=user.pk, role__in=roles).values(
            "contest"
        )
    )


def contests_run_by(user):
    """Contests whose every submission the user may read."""
    return contests_with_role(user, *SEES_ALL)


def contests_reviewed_by(user):
    return contests_with_role(user, Role.REVIEWER)
