"""Writes what happens at the door into the audit log."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts import audit
from accounts.models import User
from accounts.requests import client_ip


@receiver(user_logged_in)
def note_sign_in(request, user, **kwargs):
    audit.record("sign_in.done", by=user, ip=client_ip(request))


@receiver(user_login_failed)
def note_failed_sign_in(credentials, request=None, **kwargs):
    """The name typed is not kept: people type passwords there."""
    user = User.objects.filter(username=credentials.get("username")).first()
    ip = client_ip(request) if request else None
    audit.record("sign_in.failed", by=user, ip=ip)


@receiver(user_logged_out)
def note_sign_out(request, user, **kwargs):
    if user is not None:
        audit.record("sign_out.done", by=user, ip=client_ip(request))


@receiver(password_changed)
def note_changed_password(request, user, **kwargs):
    audit.record("password.changed", by=user, target=user, ip=client_ip(request))


@receiver(mfa.authentication_failed)
def note_wrong_second_factor(request, user, **kwargs):
    audit.record("second_factor.wrong", by=user, ip=client_ip(request))


@receiver(mfa.authenticator_added)
def note_new_authenticator(request, user, authenticator, **kwargs):
    """Setting one up takes a right code, so it counts as having given one."""
    if authenticator.type == authenticator.Type.TOTP:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=authenticator.type
        )
    _note_authenticator("second_factor.added", request, user, authenticator)


@receiver(mfa.authenticator_removed)
def note_removed_authenticator(request, user, authenticator, **kwargs):
    _note_authenticator("second_factor.removed", request, user, authenticator)


@receiver(mfa.authenticator_reset)
def note_renewed_codes(request, user, authenticator, **kwargs):
    _note_authenticator("second_factor.renewed", request, user, authenticator)


def _note_authenticator(action, request, user, authenticator):
    audit.record(
        action,
        by=user,
        target=user,
        ip=client_ip(request),
        kind=str(authenticator.type),
    )
