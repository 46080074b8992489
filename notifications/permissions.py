"""Predicates over messages and the outbox."""

from accounts.models import Role
from accounts.permissions import has_role


def can_manage_outbox(user, contest) -> bool:
    """Organisers see what goes out in their contest's name, and may stop it."""
    return contest is not None and has_role(user, contest, Role.ORGANISER)
