"""Signing in, or up, with a mobile number and a one-time code.

In the browser it is built on allauth's login stages, so that a second factor still
follows where there is one. Programs have no session: what one has begun is kept under
a secret, and ends in a token. Unlike with allauth's own, a number nobody has used gets
a code just like any other: the account is made once the code is right, and nobody can
find out who has one.
"""

import secrets
import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import (
    AbstractCodeVerificationProcess,
)
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import audit, services, tokens
from accounts.masking import fingerprint
from accounts.models import AccessToken
from accounts.permissions import needs_second_factor
from accounts.requests import client_ip
from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest


class CodeNotSent(RuleViolation):
    code = "code_not_sent"


class CodeRefused(RuleViolation):
    code = "code_wrong"


class TokenRefused(RuleViolation):
    code = "token_refused"


PAUSE_SECONDS = 60

# Actions of ACCOUNT_RATE_LIMITS, in the order in which they are asked.
SENDING_LIMITS = {
    "code_pause": (
        "code_too_soon",
        _("A code was sent less than a minute ago. Please wait a moment."),
    ),
    "code_day": (
        "code_too_many_today",
        _("This number has had its codes for today. Please try again tomorrow."),
    ),
    "code_address": (
        "code_too_many_here",
        _("Too many codes were asked for from here. Please try again in an hour."),
    ),
}


class OneTimeCode:
    """The code itself: how it is sent, tried and worn out, alike at every door.

    For subclasses of allauth's AbstractCodeVerificationProcess that have a request.
    """

    @property
    def phone(self):
        return self.state["phone"]

    @property
    def seconds_to_wait(self):
        """Until another code may be asked for."""
        return max(0, round(self.state["at"] + PAUSE_SECONDS - time.time()))

    def send(self, skip_enumeration_mails=False):
        _spend_allowance(self.request, self.phone)
        code = self.generate_code()
        get_adapter().send_verification_code_sms(
            user=self.user, phone=self.phone, code=code
        )
        self._note("sign_in.code_sent")

    def generate_code(self):
        code = get_adapter().generate_login_code()
        self.state |= {
            "at": time.time(),
            "failed_attempts": 0,
            "code": _digest(self.phone, code),
        }
        return code

    def resend(self):
        self.send()
        self.persist()

    def check(self, code):
        """Return if the code is right; else count the try and raise CodeRefused."""
        if time.time() - self.state["at"] > self.timeout:
            raise CodeRefused(
                _("This code has run out of time. Please ask for a new one."),
                code="code_expired",
            )
        if not self.code or not self._spend_try():
            raise self._worn_out()
        if not constant_time_compare(_digest(self.phone, code), self.code):
            self._count_wrong_try()

    def _spend_try(self):
        """Counted outside the session, which requests side by side would overwrite."""
        key = f"{self.phone}:{self.state['at']}"
        return ratelimit.consume(self.request, action="code_tries", key=key)

    def _count_wrong_try(self):
        self.state["failed_attempts"] += 1
        left = self.max_attempts - self.state["failed_attempts"]
        if left <= 0:
            self.state["code"] = ""
        self.persist()
        self._note("sign_in.code_wrong")
        if left <= 0:
            raise self._worn_out()
        raise CodeRefused(
            ngettext(
                "This code is not right. You can try %(left)s more time.",
                "This code is not right. You can try %(left)s more times.",
                left,
            )
            % {"left": left}
        )

    def _worn_out(self):
        return CodeRefused(
            _("This code was wrong too often and is void. Please ask for a new one."),
            code="code_void",
        )

    def _record_agreements(self, ip, channel="web"):
        contest = Contest.objects.current()
        agreements = [services.Agreement(**given) for given in self.state["agreements"]]
        if contest and agreements:
            services.record_agreements(
                user=self._user,
                contest=contest,
                agreements=agreements,
                at=clock.now(),
                ip=ip,
                channel=channel,
            )

    def _note(self, action):
        audit.record(
            action,
            by=self.user,
            target=f"phone:{fingerprint(self.phone)}",
            ip=client_ip(self.request),
        )


class PhoneSignIn(OneTimeCode, LoginCodeVerificationProcess):
    """One sign-in under way: the number, the digest of its code, what was agreed to."""

    @classmethod
    def begin(cls, request, *, phone, agreements, redirect_url):
        """Send a code, known number or not; raises CodeNotSent or SmsNotSent."""
        user = get_adapter().get_user_by_phone(phone)
        login = Login(user=user, phone=phone, redirect_url=redirect_url)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        controller = LoginStageController(request, login)
        process = cls(LoginByCodeStage(controller, request, login))
        process.state.update(
            cls.initial_state(user=user, phone=phone),
            initiated_by_user=True,
            agreements=[vars(agreement) for agreement in agreements],
        )
        process.send()
        process.persist()
        return process

    @classmethod
    def under_way(cls, request):
        """The sign-in this browser began; None when there is none or it is too old."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        return cls(stage) if stage else None

    def complete(self):
        """Sign the owner of the number in; a stranger has an account from now on."""
        ip = client_ip(self.request)
        self._user = services.enter_by_phone(phone=self.phone, ip=ip)
        self._record_agreements(ip)
        return self.finish(self.stage.login.redirect_url)


class ProgramSignIn(OneTimeCode, AbstractCodeVerificationProcess):
    """One sign-in of a program under way, kept on the server under a secret handle."""

    def __init__(self, request, *, handle, state):
        self.request, self.handle = request, handle
        super().__init__(
            state=state,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
        )

    @classmethod
    def begin(cls, request, *, phone, channel, agreements):
        """Send a code, known number or not; raises CodeNotSent or SmsNotSent."""
        user = get_adapter().get_user_by_phone(phone)
        state = cls.initial_state(user=user, phone=phone) | {
            "channel": channel,
            "agreements": [vars(agreement) for agreement in agreements],
        }
        process = cls(request, handle=secrets.token_urlsafe(24), state=state)
        process.resend()
        return process

    @classmethod
    def under_way(cls, request, handle):
        """What was begun under this handle; refused when there is nothing any more."""
        state = cache.get(_place(handle))
        if state is None:
            raise CodeRefused(
                _("This sign-in has run out of time. Please ask for a new code."),
                code="sign_in_unknown",
            )
        return cls(request, handle=handle, state=state)

    def persist(self):
        """Until a new code may come and go once more."""
        cache.set(_place(self.handle), self.state, self.timeout + PAUSE_SECONDS)

    def abort(self):
        cache.delete(_place(self.handle))

    def complete(self) -> tuple[AccessToken, str]:
        """A token for the owner of the number, and its secret: told this once.

        Whoever holds a role proves it twice, which a program cannot ask for.
        """
        if not cache.delete(_place(self.handle)):
            raise self._worn_out()
        ip = client_ip(self.request)
        self._user = services.enter_by_phone(phone=self.phone, ip=ip)
        if not self._user.is_active:
            raise TokenRefused(_("This account is closed."), code="account_closed")
        if needs_second_factor(self._user):
            raise TokenRefused(
                _("This is a work account. Please sign in on the website."),
                code="work_account",
            )
        channel = self.state["channel"]
        self._record_agreements(ip, channel)
        return tokens.issue_token(user=self._user, channel=channel, ip=ip)


def _place(handle):
    digest = salted_hmac("accounts.program_sign_in", handle, algorithm="sha256")
    return f"program-sign-in:{digest.hexdigest()}"


def _spend_allowance(request, phone):
    for action, (code, message) in SENDING_LIMITS.items():
        if not ratelimit.consume(request, action=action, key=phone):
            raise CodeNotSent(message, code=code)


def _digest(phone, code):
    return salted_hmac(
        "accounts.sign_in", f"{phone}:{code}", algorithm="sha256"
    ).hexdigest()


def minutes_valid():
    return app_settings.LOGIN_BY_CODE_TIMEOUT // 60
