"""Signs somebody in on a computer because their phone, signed in already, says so.

The computer shows eight digits, as a QR code too. A phone that is signed in confirms
them, and the computer's own session exchanges that for a sign-in, once.

What protects it: the digits are derived from a secret that only the computer's
session holds, and are stored nowhere; the cache knows their digest for five minutes.
The session gets a new key whenever the digits are shown, so nobody who planted a
session cookie shares it. One confirmation per code, one exchange per confirmation,
both atomic. Whoever holds a role proves two factors on each device and is refused.
"""

import ipaddress
import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import audit, devices
from accounts.models import User
from accounts.permissions import needs_second_factor
from accounts.requests import client_ip
from contests.errors import RuleViolation

DIGITS = 8
LIVES_SECONDS = 5 * 60
SIGNED_IN_SECONDS = 12 * 3600  # the computer may be anybody's
SESSION_KEY = "hand_off"
WINDOW_SECONDS = 10 * 60
CODES_PER_ADDRESS = 40  # in a window; a school may share one
LOOKS_PER_PERSON = 20


class HandOffRefused(RuleViolation):
    code = "hand_off_refused"


@dataclass(frozen=True)
class Asker:
    """The computer that asks, as its phone sees it."""

    browser: str
    ip: str
    began_at: float

    @property
    def network(self) -> str:
        """The address without its end: enough to recognise, too little to trace."""
        try:
            address = ipaddress.ip_address(self.ip)
        except ValueError:
            return ""
        kept = 24 if address.version == 4 else 48
        return str(ipaddress.ip_network(f"{address}/{kept}", strict=False))


@dataclass(frozen=True)
class Entry:
    user: User
    draft_id: int


# --- On the computer -----------------------------------------------------------
def ask(request) -> str:
    """The digits to show; the same ones as long as they live."""
    _renew_session(request)
    held = request.session.get(SESSION_KEY)
    if held and cache.get(_key("asked", _code(held))):
        return _code(held)
    _spend("asks", client_ip(request), limit=CODES_PER_ADDRESS)
    return _begin(request)


def _renew_session(request):
    """Nobody else may hold the key of the session that will be signed in."""
    if request.session.session_key:
        request.session.cycle_key()


def _begin(request):
    asker = {
        "browser": devices.name_of(request.headers.get("User-Agent", "")),
        "ip": client_ip(request) or "",
        "began_at": time.time(),
    }
    while True:
        secret = secrets.token_urlsafe(32)
        asked = asker | {"session": _digest("session", secret)}
        if cache.add(_key("asked", _code(secret)), asked, LIVES_SECONDS):
            request.session[SESSION_KEY] = secret
            return _code(secret)


def state(request) -> str:
    """Of what this computer asked for: waiting, seen, allowed or over."""
    secret = request.session.get(SESSION_KEY)
    if not secret or not cache.get(_key("asked", _code(secret))):
        return "over"
    if cache.get(_key("allowed", _code(secret))):
        return "allowed"
    return "seen" if cache.get(_key("seen", _code(secret))) else "waiting"


def enter(request) -> Entry:
    """Exchange a confirmation for a sign-in of this very session, once."""
    secret = request.session.get(SESSION_KEY, "")
    code = _code(secret)
    asked, allowed = cache.get(_key("asked", code)), cache.get(_key("allowed", code))
    if not asked or not constant_time_compare(
        asked["session"], _digest("session", secret)
    ):
        raise _over()
    if not allowed:
        raise HandOffRefused(
            _("The phone has not confirmed yet. Please confirm there first."),
            code="hand_off_not_confirmed",
        )
    if not cache.delete(_key("asked", code)):
        raise _over()
    user = User.objects.filter(pk=allowed["user"], is_active=True).first()
    if user is None:
        raise _over()
    _refuse_workers(user)
    return _sign_in(request, user, allowed)


def _sign_in(request, user, allowed):
    request.session.pop(SESSION_KEY)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(SIGNED_IN_SECONDS)
    audit.record(
        "hand_off.entered",
        by=user,
        target=user,
        ip=client_ip(request),
        allowed_from=allowed["ip"],
    )
    return Entry(user=user, draft_id=allowed["draft"])


# --- On the phone ----------------------------------------------------------------
def asker_of(request, code: str) -> Asker:
    """Who asks by these digits; every look is counted, so nobody guesses them."""
    _spend("looks", request.user.pk, limit=LOOKS_PER_PERSON)
    asked = cache.get(_key("asked", code))
    if not asked or cache.get(_key("allowed", code)):
        raise _over()
    cache.set(_key("seen", code), True, LIVES_SECONDS)
    return Asker(asked["browser"], asked["ip"], asked["began_at"])


def allow(request, *, code: str, draft_id: int) -> Asker:
    """Let the computer that shows these digits in, as oneself."""
    _refuse_workers(request.user)
    asker = asker_of(request, code)
    ip = client_ip(request)
    allowed = {"user": request.user.pk, "draft": draft_id, "ip": ip}
    left = asker.began_at + LIVES_SECONDS - time.time()
    if left <= 0 or not cache.add(_key("allowed", code), allowed, left):
        raise _over()
    audit.record(
        "hand_off.allowed",
        by=request.user,
        target=request.user,
        ip=ip,
        asked_from=asker.ip,
        browser=asker.browser,
    )
    return asker


def _refuse_workers(user):
    if needs_second_factor(user):
        raise HandOffRefused(
            _(
                "Whoever works for the contest signs in on each device with the "
                "password and the authenticator app."
            ),
            code="hand_off_not_for_workers",
        )


def _spend(what, whom, *, limit):
    window = int(time.time() // WINDOW_SECONDS)
    key = _key(what, f"{whom}:{window}")
    cache.add(key, 0, WINDOW_SECONDS)
    if cache.incr(key) > limit:
        raise HandOffRefused(
            _("Those were too many codes for now. Please wait ten minutes."),
            code="hand_off_too_many",
        )


def _over():
    return HandOffRefused(
        _(
            "This code is not valid, or no longer. Please get a new one on the "
            "computer."
        ),
        code="hand_off_over",
    )


# --- Digits and digests ------------------------------------------------------------
def _code(secret):
    number = int(_digest("code", secret), 16)
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def _key(kind, code):
    return f"hand-off-{kind}:{_digest('key', code)}"


def _digest(purpose, value):
    return salted_hmac(
        f"accounts.hand_off.{purpose}", value, algorithm="sha256"
    ).hexdigest()
