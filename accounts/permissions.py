"""Predicates over people and the roles they hold."""

from allauth.mfa.models import Authenticator

from accounts.models import Membership, Role


def has_role(user, contest, *roles) -> bool:
    """Whether the user holds one of the roles in this contest."""
    return (
        user.is_authenticated
        and Membership.objects.filter(
            user_id=user.pk, contest=contest, role__in=roles
        ).exists()
    )


def holds_any_role(user) -> bool:
    """Whether the user holds a role anywhere."""
    return user.is_authenticated and user.memberships.exists()


def needs_second_factor(user) -> bool:
    """Who holds a role, or may look behind the pages, proves it twice."""
    return user.is_authenticated and (
        user.is_staff or user.is_superuser or holds_any_role(user)
    )


def has_second_factor(user) -> bool:
    return Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.TOTP
    ).exists()


def watches_a_contest(user) -> bool:
    """Organisers and supervisors read who did what; the administrator reads all."""
    return (
        user.is_superuser
        or user.memberships.filter(role__in=[Role.ORGANISER, Role.SUPERVISOR]).exists()
    )


def can_manage_roles(user, contest) -> bool:
    """Organisers say who does what in their own contest."""
    return user.is_superuser or has_role(user, contest, Role.ORGANISER)


def can_manage_account(user, other) -> bool:
    """Whether the user may rename, lock or unlock the other's work account.

    Organisers manage those who work for their contests alone; nobody but a system
    administrator touches one who also works for another contest, or another
    administrator.
    """
    if user.is_superuser:
        return True
    if other.is_superuser or not other.username:
        return False
    held = set(other.memberships.values_list("contest_id", flat=True))
    run = set(
        user.memberships.filter(role=Role.ORGANISER).values_list(
            "contest_id", flat=True
        )
    )
    return bool(held) and held <= run
