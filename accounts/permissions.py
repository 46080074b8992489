"""Predicates over people and the roles they hold."""

from accounts.models import Membership


def has_role(user, contest, *roles) -> bool:
    """Whether the user holds one of the roles in this contest."""
    return (
        user.is_authenticated
        and Membership.objects.filter(
            user_id=user.pk, contest=contest, role__in=roles
        ).exists()
    )


def holds_any_role(user) -> bool:
    """Whether the user holds a role anywhere, and so signs in with a second factor."""
    return user.is_authenticated and user.memberships.exists()
