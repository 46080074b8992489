"""Work accounts for trying every role; they cannot exist in production.

Their password is made once per installation and kept beside the data, so that
`make run` can show it each time; it opens nothing outside this machine.
"""

import json
import os
import secrets
import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import ORGANISATION_KIND_OF_ROLE, Organisation, Role, User
from accounts.permissions import has_second_factor
from accounts.services import grant_role
from contests.errors import RuleViolation
from contests.models import Contest


class DemonstrationRefused(RuleViolation):
    code = "demonstration_refused"


@dataclass(frozen=True)
class DemoAccount:
    username: str
    full_name: str
    role: Role
    password: str = ""


ACCOUNTS = (
    DemoAccount("demo-organiser", "示例组织者", Role.ORGANISER),
    DemoAccount("demo-reviewer-1", "示例审核员甲", Role.REVIEWER),
    DemoAccount("demo-reviewer-2", "示例审核员乙", Role.REVIEWER),
    DemoAccount("demo-judge-1", "示例评委甲", Role.JUDGE),
    DemoAccount("demo-judge-2", "示例评委乙", Role.JUDGE),
    DemoAccount("demo-judge-3", "示例评委丙", Role.JUDGE),
    DemoAccount("demo-district", "示例区级联络员", Role.DISTRICT_OFFICER),
    DemoAccount("demo-centre", "示例实践中心", Role.PRACTICE_CENTRE),
    DemoAccount("demo-recommender", "示例推荐单位", Role.RECOMMENDER),
    DemoAccount("demo-supervisor", "示例监督员", Role.SUPERVISOR),
)


def create_demo_accounts(contest: Contest) -> list[DemoAccount]:
    """One account for each role, ready to sign in; running it again changes nothing."""
    refuse_in_production()
    password, is_new_password = _password()
    for account in ACCOUNTS:
        _create(account, contest, password, renew=is_new_password)
    return [
        DemoAccount(each.username, each.full_name, each.role, password)
        for each in ACCOUNTS
    ]


def current_code(username: str) -> str:
    """What the authenticator app of a demonstration account shows now."""
    refuse_in_production()
    stored = Authenticator.objects.filter(
        user__username=username, type=Authenticator.Type.TOTP
    ).first()
    if stored is None or username not in {each.username for each in ACCOUNTS}:
        raise DemonstrationRefused(
            _("There is no demonstration account “%(name)s”.") % {"name": username}
        )
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    secret = decrypt(stored.data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def refuse_in_production():
    if settings.IN_PRODUCTION:
        raise DemonstrationRefused(
            _("Demonstration accounts do not exist in production.")
        )


@transaction.atomic
def _create(account, contest, password, *, renew):
    user, is_new = User.objects.get_or_create(
        username=account.username, defaults={"full_name": account.full_name}
    )
    if is_new or renew:
        user.set_password(password)
        user.save(update_fields=["password"])
    if not has_second_factor(user):
        totp.TOTP.activate(user, totp.generate_totp_secret())
    grant_role(
        user=user,
        contest=contest,
        role=account.role,
        by=None,
        organisation=_organisation(account.role, contest),
    )


def _organisation(role, contest):
    """The first of its kind; of districts, the first with an office and a centre."""
    if role == Role.RECOMMENDER:
        return _recommending(contest)
    kind = ORGANISATION_KIND_OF_ROLE.get(role)
    if kind is None:
        return None
    centres = Organisation.objects.filter(kind=Organisation.Kind.PRACTICE_CENTRE)
    found = (
        contest.organisations.filter(kind=kind, district__in=centres.values("district"))
        .order_by("district__position", "key")
        .first()
    )
    if found is None:
        raise DemonstrationRefused(
            _("Load the organisations of the contest first (loadorganisations).")
        )
    return found


def _recommending(contest):
    """A body that is asked for works; else one that might have some to recommend."""
    kinds = [
        duty.organisation_kind
        for duty in contest.rulebook.duties
        if duty.subject == "submission"
    ]
    bodies = contest.organisations.order_by("pk")
    return (
        bodies.filter(kind__in=kinds).first()
        or bodies.exclude(kind__in=Organisation.KINDS_OF_A_DISTRICT).first()
        or bodies.first()
    )


def _password():
    """The password of this installation, and whether it was made just now."""
    path = settings.VAR_DIR / "demo-accounts.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))["password"], False
    except FileNotFoundError:
        pass
    password = secrets.token_urlsafe(12)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"password": password}, file)
    return password, True
