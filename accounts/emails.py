"""An e-mail address somebody gives of their own accord, proved by a code.

Nobody needs one. A wrong address would tell a stranger about somebody's work, so none
counts before the code sent to it came back.
"""

from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from contests.errors import RuleViolation

VALID_FOR_S = 30 * 60
MAX_TRIES = 5


class EmailRefused(RuleViolation):
    code = "email_refused"


def send_proof(request, *, user: User, email: str) -> None:
    """Send a code to the address; it counts once the code comes back."""
    if not ratelimit.consume(request, action="email_code", key=str(user.pk)):
        raise EmailRefused(
            gettext_lazy("That is enough codes for now. Please try in an hour."),
            code="email_too_many",
        )
    code = get_random_string(6, "0123456789")
    cache.set(
        _place(user),
        {"email": email, "code": _digest(user, code)},
        VALID_FOR_S,
    )
    cache.set(_tries_of(user), 0, VALID_FOR_S)
    send_mail(
        subject=_("%(code)s is your code") % {"code": code},
        message=_(
            "Enter %(code)s on the page to be told about your works at this address. "
            "It is good for %(minutes)s minutes. If you did not ask for it, do nothing."
        )
        % {"code": code, "minutes": VALID_FOR_S // 60},
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[email],
    )


def address_to_prove(user: User) -> str:
    """The address a code was sent to; empty when there is none any more."""
    return (cache.get(_place(user)) or {}).get("email", "")


def prove(*, user: User, code: str, ip: str | None = None) -> User:
    """Take the address over if the code is the one sent to it."""
    proof = cache.get(_place(user))
    if proof is None or not _spend_try(user):
        raise EmailRefused(
            gettext_lazy("This code has run out. Please ask for a new one."),
            code="email_code_expired",
        )
    if not constant_time_compare(_digest(user, code), proof["code"]):
        raise EmailRefused(
            gettext_lazy("This code is not right. Please look at the e-mail again."),
            code="email_code_wrong",
        )
    cache.delete(_place(user))
    return change_email(user=user, email=proof["email"], ip=ip)


def _spend_try(user):
    """Counted in one step, as tries may come side by side."""
    try:
        return cache.incr(_tries_of(user)) <= MAX_TRIES
    except ValueError:  # run out between the two looks
        return False


@transaction.atomic
def change_email(*, user: User, email: str, ip: str | None = None) -> User:
    """Keep a proved address, or none."""
    user.email = email
    user.save(update_fields=["email"])
    action = "email.given" if email else "email.removed"
    audit.record(action, by=user, target=user, ip=ip)
    return user


def _place(user):
    return f"email-proof:{user.pk}"


def _tries_of(user):
    return f"{_place(user)}:tries"


def _digest(user, code):
    return salted_hmac("accounts.emails", f"{user.pk}:{code}").hexdigest()
