"""What happens to people: they come in, agree, are given a role, lose it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.masking import fingerprint
from accounts.models import (
    ORGANISATION_KIND_OF_ROLE,
    ROLES_IN_ADMIN,
    ROLES_OF_A_BODY,
    Consent,
    Membership,
    Organisation,
    Role,
    User,
)
from accounts.permissions import can_manage_account, can_manage_roles
from contests.errors import RuleViolation
from contests.models import Contest


class RoleRefused(RuleViolation):
    code = "role_refused"


class AccountRefused(RuleViolation):
    code = "account_refused"


@dataclass(frozen=True)
class Agreement:
    """A text somebody ticked: which, in which version, and the digest of all of it."""

    key: str
    version: int
    text_sha256: str

    @classmethod
    def to(cls, declaration, book):
        """The digest covers the sentence and the page it refers to, if any."""
        text = f"{declaration.text}\n{book.texts.get(declaration.page, '')}"
        digest = sha256(text.encode()).hexdigest()
        return cls(declaration.key, declaration.version, digest)


# --- Citizens ----------------------------------------------------------------
@transaction.atomic
def enter_by_phone(*, phone: str, ip: str | None = None) -> User:
    """The owner of a number just proved; a stranger gets an account."""
    user, is_new = User.objects.select_for_update().get_or_create(
        phone=phone, defaults={"phone_verified": True, "password": make_password(None)}
    )
    if not user.phone_verified:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])
    if is_new:
        target = f"phone:{fingerprint(phone)}"
        audit.record("account.signed_up", by=user, target=target, ip=ip)
    return user


@transaction.atomic
def record_agreements(
    *,
    user: User,
    contest: Contest,
    agreements: list[Agreement],
    at: datetime,
    ip: str | None = None,
    channel: str = "web",
) -> list[Consent]:
    """Store each tick once per version; the first time stays the record."""
    consents = []
    for agreement in agreements:
        consent, is_new = Consent.objects.get_or_create(
            user=user,
            contest=contest,
            key=agreement.key,
            version=agreement.version,
            defaults={
                "text_sha256": agreement.text_sha256,
                "given_at": at,
                "ip_address": ip,
                "channel": channel,
            },
        )
        consents.append(consent)
        if is_new:
            audit.record(
                "consent.given",
                by=user,
                target=consent,
                ip=ip,
                key=agreement.key,
                version=agreement.version,
            )
    return consents


@transaction.atomic
def change_name(*, user: User, full_name: str, ip: str | None = None) -> User:
    user.full_name = full_name
    user.save(update_fields=["full_name"])
    audit.record("account.renamed", by=user, target=user, ip=ip)
    return user


# --- Roles -------------------------------------------------------------------
@transaction.atomic
def grant_role(
    *,
    user: User,
    contest: Contest,
    role: Role,
    by: User | None,
    organisation: Organisation | None = None,
    ip: str | None = None,
) -> Membership:
    """Give a role; the right to enter the admin pages follows from it.

    `by` is None when the machine itself does it, for the demonstration.
    """
    if by is not None and not can_manage_roles(by, contest):
        raise RoleRefused(
            _("Only an organiser of this contest can give a role."),
            code="role_not_yours_to_give",
        )
    _check_fits(user, contest, role, organisation)
    membership, is_new = Membership.objects.get_or_create(
        user=user, contest=contest, role=role, organisation=organisation
    )
    if is_new:
        _keep_admin_entry(user)
        audit.record("role.granted", by=by, ip=ip, **_told(membership))
    return membership


def _check_fits(user, contest, role, organisation):
    if not user.username or not user.has_usable_password():
        raise RoleRefused(
            _("Whoever holds a role signs in with a username and a password."),
            code="role_needs_work_account",
        )
    wanted = ORGANISATION_KIND_OF_ROLE.get(role)
    if wanted and (organisation is None or organisation.kind != wanted):
        raise RoleRefused(
            _("This role is held for an organisation of the kind “%(kind)s”.")
            % {"kind": wanted.label},
            code="role_needs_organisation",
        )
    if role in ROLES_OF_A_BODY and organisation is None:
        raise RoleRefused(
            _("This role is held for an organisation. Please choose which."),
            code="role_needs_organisation",
        )
    if organisation is not None and organisation.contest_id != contest.pk:
        raise RoleRefused(
            _("This organisation belongs to another contest."),
            code="organisation_of_other_contest",
        )


@transaction.atomic
def revoke_role(
    *, membership: Membership, by: User | None, ip: str | None = None
) -> None:
    """Take a role; the last organiser of a contest stays."""
    if by is not None and not can_manage_roles(by, membership.contest):
        raise RoleRefused(
            _("Only an organiser of this contest can take a role."),
            code="role_not_yours_to_take",
        )
    if membership.role == Role.ORGANISER and not _other_organisers(membership):
        raise RoleRefused(
            _("A contest keeps at least one organiser. Name another one first."),
            code="last_organiser",
        )
    told = _told(membership)
    user = membership.user
    membership.delete()
    _keep_admin_entry(user)
    audit.record("role.revoked", by=by, ip=ip, **told)


def _other_organisers(membership):
    organisers = Membership.objects.select_for_update().filter(
        contest=membership.contest, role=Role.ORGANISER
    )
    return [other for other in organisers if other.user_id != membership.user_id]


def _told(membership):
    organisation = membership.organisation
    return {
        "target": membership.user,
        "contest": membership.contest,
        "role": str(membership.role),
        "organisation": organisation.key if organisation else "",
    }


def _keep_admin_entry(user):
    """Staff are those whose role has its desk in the admin pages, and nobody else."""
    needs_it = (
        user.is_superuser or user.memberships.filter(role__in=ROLES_IN_ADMIN).exists()
    )
    if user.is_staff != needs_it:
        user.is_staff = needs_it
        user.save(update_fields=["is_staff"])


# --- Work accounts -----------------------------------------------------------
@transaction.atomic
def appoint(
    *,
    username: str,
    contest: Contest,
    role: Role,
    by: User,
    organisation: Organisation | None = None,
    full_name: str = "",
    password: str = "",
    ip: str | None = None,
) -> Membership:
    """Give a role to the owner of a username; a password opens a new account for it."""
    user = User.objects.filter(username=username).first()
    if user is None and not password:
        raise AccountRefused(
            _("Nobody has this username yet. Give a first password to open it."),
            code="account_needs_password",
        )
    if user is not None and password:
        raise AccountRefused(
            _("This username is taken. Leave the password empty to appoint its owner."),
            code="username_taken",
        )
    if user is None:
        user = User.objects.create_user(
            username=username, full_name=full_name, password=password
        )
        audit.record("account.opened", by=by, target=user, contest=contest, ip=ip)
    return grant_role(
        user=user, contest=contest, role=role, by=by, organisation=organisation, ip=ip
    )


@transaction.atomic
def change_work_account(
    *,
    user: User,
    by: User,
    full_name: str,
    is_active: bool,
    new_password: str = "",
    forget_second_factor: bool = False,
    ip: str | None = None,
) -> User:
    """What an organiser does for those who work for the contest, all at once."""
    if not can_manage_account(by, user):
        raise AccountRefused(
            _("This account also works for another contest; ask the administrator."),
            code="account_not_yours",
        )
    if user == by and not is_active:
        raise AccountRefused(
            _("You cannot close your own account."), code="own_account"
        )
    if new_password and not user.username:
        raise AccountRefused(
            _("Citizens sign in with their number and need no password."),
            code="citizen_has_no_password",
        )
    user.full_name = full_name
    user.is_active = is_active
    if new_password:
        user.set_password(new_password)
    user.save(update_fields=["full_name", "is_active", "password"])
    if forget_second_factor:
        Authenticator.objects.filter(user=user).delete()
    audit.record(
        "account.managed",
        by=by,
        target=user,
        ip=ip,
        is_active=is_active,
        new_password=bool(new_password),
        second_factor_forgotten=forget_second_factor,
    )
    return user
