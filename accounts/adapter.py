"""How allauth finds our people, sends them codes and tells them what went wrong."""

import base64
import hashlib
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import sms
from accounts.models import User
from accounts.requests import client_ip
from contests.models import Contest


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "username_password_mismatch": gettext_lazy(
            "The username and the password do not go together. Please look again."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries went wrong. Please wait 20 minutes, then try again."
        ),
        "rate_limited": gettext_lazy("That was a little fast. Please wait a moment."),
    }

    # --- Phone numbers --------------------------------------------------------
    def get_phone(self, user):
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user, phone, verified):
        user.phone = phone
        user.phone_verified = verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user, phone):
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone):
        return User.objects.filter(phone=phone).first()

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        text = _(
            "[%(sender)s] Your sign-in code is %(code)s. "
            "It is good for %(minutes)s minutes. Please tell nobody."
        ) % {
            "sender": settings.SMS_SIGNATURE or _contest_name(),
            "code": code,
            "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60,
        }
        sms.send(phone=phone, text=text, code=code)

    # --- Coming and going -----------------------------------------------------
    def is_open_for_signup(self, request):
        """Accounts come from a proved number or from an organiser, never a form."""
        return False

    def get_client_ip(self, request):
        return client_ip(request) or "unknown"

    def get_login_redirect_url(self, request):
        """Whoever holds a role begins at its desk, a citizen at the own works."""
        user = request.user
        roles = set(user.memberships.values_list("role", flat=True))
        for role, page in settings.LANDING_PAGES.items():
            if role in roles:
                return resolve_url(page)
        if user.is_superuser:
            return reverse("admin:index")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:me")

    def is_reauthentication_required(self, *, app, **kwargs):
        """A password or authenticator code given minutes ago is not asked for again."""
        now = time.time()
        given_lately = any(
            record["method"] in {"password", "mfa"}
            and now - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT
            for record in get_authentication_records(self.request, self.request.user)
        )
        return not given_lately and super().is_reauthentication_required(
            app=app, **kwargs
        )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not right. Wait for the next one in the app and enter that."
        ),
    }

    def get_totp_label(self, user):
        return user.username or user.label

    def get_totp_issuer(self):
        return _contest_name() or super().get_totp_issuer()

    def encrypt(self, text):
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _contest_name():
    """Short enough for a message and for the list of an authenticator app."""
    contest = Contest.objects.current()
    if contest is None or contest.current_version is None:
        return ""
    return contest.rulebook.contest.brand_name


def _fernet():
    """Secrets at rest are bound to SECRET_KEY; former keys still open old ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
        for key in keys
    )
