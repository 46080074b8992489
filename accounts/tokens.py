"""Tokens of programs: given for a proved number, ended by their owner or by time."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AccessToken, User


@transaction.atomic
def issue_token(
    *, user: User, channel: str, ip: str | None = None
) -> tuple[AccessToken, str]:
    """A new token and its secret, which is kept nowhere; ends the oldest of too many.

    Tokens live by real time, as sessions do.
    """
    token, secret = AccessToken.objects.create(user=user, channel=channel)
    running = tokens_of(user).values_list("pk", flat=True)
    AccessToken.objects.filter(
        pk__in=list(running[settings.TOKENS_PER_PERSON :])
    ).delete()
    audit.record("token.issued", by=user, target=user, ip=ip, channel=channel)
    return token, secret


@transaction.atomic
def revoke_token(*, token: AccessToken, by: User, ip: str | None = None) -> None:
    """End a token: what carries it is signed out from now on."""
    channel = token.channel
    token.delete()
    audit.record("token.revoked", by=by, target=by, ip=ip, channel=channel)


def tokens_of(user: User):
    """Those that still open something, the newest first."""
    return AccessToken.objects.filter(user=user, expiry__gt=timezone.now())
