"""What people ask for about their own data: a copy of it, and to be forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import audit, personal_data
from accounts.models import AccessToken, Consent, DataExport, Erasure, Membership, User
from accounts.permissions import needs_second_factor
from accounts.personal_data import Holding, Leaving, Prospect, Table
from accounts.tasks import build_export, finish_erasure
from contests.errors import RuleViolation

EXPORTS_PER_DAY = 3
A_DAY = timedelta(days=1)


class ExportRefused(RuleViolation):
    code = "export_refused"


class ErasureRefused(RuleViolation):
    code = "erasure_refused"


# --- A copy ------------------------------------------------------------------
@transaction.atomic
def ask_for_export(*, user: User, ip: str | None = None) -> DataExport:
    """Begin an archive of everything about the person; one at a time, three a day."""
    User.objects.select_for_update().get(pk=user.pk)
    if user.exports.filter(state=DataExport.State.ASKED).exists():
        raise ExportRefused(
            _("Your data are being put together already."), code="export_under_way"
        )
    recent = user.exports.filter(asked_at__gt=timezone.now() - A_DAY)
    if recent.count() >= EXPORTS_PER_DAY:
        raise ExportRefused(
            _("You have asked for your data several times today. Try again tomorrow."),
            code="export_too_often",
        )
    export = DataExport.objects.create(user=user)
    audit.record("export.asked", by=user, target=export, ip=ip)
    transaction.on_commit(lambda: build_export.delay(export_id=export.pk), robust=True)
    return export


def note_fetched(*, export: DataExport, by: User, ip: str | None = None) -> None:
    audit.record("export.fetched", by=by, target=export, ip=ip)


# --- Being forgotten ---------------------------------------------------------
def refuse_to_erase(user: User) -> None:
    """Whoever works for a contest is released by its organisers first."""
    if needs_second_factor(user):
        raise ErasureRefused(
            _(
                "You still hold a role in a contest. Please ask an organiser to "
                "release you first; then you can close this account."
            ),
            code="still_holds_a_role",
        )


@transaction.atomic
def erase_account(
    *, user: User, at: datetime, kept: Iterable[int] = (), ip: str | None = None
) -> Erasure:
    """Forget a person for good; all rows go together, the files once that is certain.

    `kept` are the accepted works they let stand though they could take them out.
    Asked twice, it is done once.
    """
    # Others may still point at the row: who stores a file and tells of it holds what
    # is waited for below.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    erasure = Erasure.objects.filter(user=user).first()
    if erasure is not None:
        return erasure
    refuse_to_erase(user)
    erasure = _let_go(Leaving(user=user, at=at, kept=frozenset(kept)))
    audit.record("account.erased", by=user, target=user, ip=ip)
    return erasure


@transaction.atomic
def forget_account(*, user: User, at: datetime) -> Erasure:
    """As `erase_account`, when the days are over; what could stay by choice stays."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    erasure = Erasure.objects.filter(user=user).first()
    if erasure is not None:
        return erasure
    refuse_to_erase(user)
    choices = personal_data.prospect(user, at=at).choices
    kept = frozenset(choice.submission_id for choice in choices)
    erasure = _let_go(Leaving(user=user, at=at, kept=kept))
    audit.record("account.anonymised", by=None, target=user)
    return erasure


def _let_go(leaving):
    """All rows now, the files and open sessions once that has committed."""
    personal_data.erase(leaving)
    erasure = Erasure.objects.create(
        user=leaving.user, at=timezone.now(), files_left=leaving.files
    )
    transaction.on_commit(
        lambda: finish_erasure.delay(erasure_id=erasure.pk), robust=True
    )
    return erasure


# --- What accounts itself holds ----------------------------------------------
def _foretell(user, at):
    exports = user.exports.exclude(file="").count()
    goes = [
        _("Your mobile number, name and e-mail address, and the way to sign in."),
    ]
    if exports:
        goes.append(
            ngettext(
                "%(count)s archive of your data.",
                "%(count)s archives of your data.",
                exports,
            )
            % {"count": exports}
        )
    return Prospect(
        goes=goes,
        stays=[
            _("Which texts were agreed to and when, without your name and number."),
            _("The log of what was done, under a number that names nobody."),
        ],
    )


def _erase(leaving):
    user = leaving.user
    for export in user.exports.select_for_update():
        leaving.forget(export.file)
        export.delete()
    Authenticator.objects.filter(user=user).delete()
    AccessToken.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Consent.objects.filter(user=user).update(ip_address=None)
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).delete()
    _forget_who(user)


def _forget_who(user):
    user.phone = user.username = None
    user.phone_verified = user.is_active = False
    user.full_name = user.email = ""
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()


personal_data.register(
    Holding(
        app="accounts",
        tables=(
            Table(
                User, "pk", hides=frozenset({"password", "is_superuser", "is_staff"})
            ),
            Table(Membership, "user"),
            Table(Consent, "user"),
            Table(
                DataExport, "user", hides=frozenset({"token", "file", "leased_until"})
            ),
            Table(AccessToken, "user", hides=frozenset({"digest", "token_key"})),
            Table(Authenticator, "user", hides=frozenset({"data"})),
        ),
        exempt={
            Erasure: "Written when everything else is gone; says only that it was.",
            EmailAddress: "Unused: the address stands in the person's own row.",
            EmailConfirmation: "Unused, as the addresses it confirms.",
            LogEntry: "What staff did in the admin pages, without their names.",
        },
        foretell=_foretell,
        erase=_erase,
    )
)
