"""授权待签: the signed form of an awarded work, from results to signature (B16).

Where the rule book has such a form, the author of every awarded work is asked for it.
Until it is signed, the work is used as it was entered, and no further.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Role, User
from accounts.permissions import has_role
from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest
from contests.rulebook import WinnerForm as FormRule
from notifications.kinds import Kind
from submissions.lifecycle import lock
from submissions.models import Attachment, Submission, WinnerForm
from submissions.permissions import is_author
from submissions.services.proofs import Paper, discard, keep_paper, look_at
from submissions.states import State, WinnerFormState
from submissions.telling import tell_author, tell_organisers


class WinnerFormRefused(RuleViolation):
    code = "winner_form_refused"


def rule_of(contest: Contest) -> FormRule | None:
    """What the rule book in force has winners sign; None where they sign nothing."""
    licence = contest.rulebook.licence
    return licence and licence.winner_form


# --- Asking ------------------------------------------------------------------
@transaction.atomic
def ask(*, submission: Submission, award: str, at: datetime) -> WinnerForm | None:
    """Ask the author for the signed form, once; None where the contest has none."""
    rule = rule_of(submission.contest)
    if rule is None:
        return None
    form, is_new = WinnerForm.objects.get_or_create(
        submission=submission,
        defaults={
            "award": award[:120],
            "version": rule.version,
            "text": submission.contest.rulebook.texts[rule.text],
            "asked_at": at,
            "due_at": _due_when_asked(rule, at),
        },
    )
    if is_new:
        _tell_to_sign(form, Kind.WINNER_FORM_ASKED, at=at)
    return form


def _due_when_asked(rule, at):
    """24:00 of the last day."""
    return clock.end_of(clock.day_of(at) + timedelta(days=rule.within_days))


def _tell_to_sign(form, kind, *, at, **params):
    tell_author(
        form.submission,
        kind,
        at=at,
        link=page_of(form.submission),
        due=form.due_at,
        **params,
    )


def page_of(submission: Submission) -> str:
    """Where the author prints the form and sends it back."""
    return reverse("submissions:winner-form", args=[submission.pk])


# --- Sending -----------------------------------------------------------------
def send(
    *, form: WinnerForm, files: Iterable[File], by: User, at: datetime
) -> WinnerForm:
    """Keep the signed pages in place of any sent before, all of them or none.

    It may be late: a signature is wanted all the same.
    """
    files = list(files)
    _require_wanted(form, by=by)
    if not files:
        raise WinnerFormRefused(
            _("Please choose the signed pages first."), code="file_missing"
        )
    pages = [look_at(file, about=form.submission, by=by, at=at) for file in files]
    return _keep(form, pages, by=by, at=at)


@transaction.atomic
def _require_wanted(form, *, by) -> WinnerForm:
    form = _lock(form)
    if not is_author(by, form.submission):
        raise WinnerFormRefused(_("Only the person who handed this in can answer."))
    _require_awarded(form)
    if form.state == WinnerFormState.SIGNED:
        raise WinnerFormRefused(
            _("The signed form is here already. Thank you!"), code="already_signed"
        )
    return form


@transaction.atomic
def _keep(form, pages: list[Paper], *, by, at) -> WinnerForm:
    form = _require_wanted(form, by=by)
    _keep_pages(form, pages, by=by, at=at)
    form.state, form.sent_at, form.reason = WinnerFormState.SENT, at, ""
    form.save(update_fields=["state", "sent_at", "reason"])
    tell_organisers(
        form.submission,
        Kind.WINNER_FORM_SENT,
        at=at,
        link=reverse("submissions:winner-form-sent", args=[form.pk]),
    )
    return form


def pages_of(form: WinnerForm):
    return form.submission.attachments.filter(purpose=Attachment.Purpose.WINNER_FORM)


def _keep_pages(form, pages, *, by, at):
    rule = rule_of(form.submission.contest)
    before = list(pages_of(form).values_list("pk", flat=True))
    kept = [
        keep_paper(
            Attachment(
                submission=form.submission,
                token=uuid4(),
                purpose=Attachment.Purpose.WINNER_FORM,
                uploaded_by=by,
                uploaded_at=at,
            ),
            page,
            among=pages_of(form).exclude(pk__in=before),
            max_files=rule.max_files if rule else len(pages),
        )
        for page in pages
    ]
    for page in pages_of(form).exclude(pk__in=[each.pk for each in kept]):
        discard(page)


# --- Looking at it -----------------------------------------------------------
@transaction.atomic
def accept(*, form: WinnerForm, by: User, at: datetime) -> WinnerForm:
    """An organiser has seen every signature."""
    form = _lock_for_decision(form, by=by)
    form.state = WinnerFormState.SIGNED
    form.looked_at_by, form.looked_at = by, at
    form.save(update_fields=["state", "looked_at_by", "looked_at"])
    audit.record("winner_form.signed", by=by, target=form.submission, at=at)
    tell_author(
        form.submission,
        Kind.WINNER_FORM_SIGNED,
        at=at,
        link=page_of(form.submission),
    )
    return form


@transaction.atomic
def send_back(*, form: WinnerForm, by: User, at: datetime, reason: str) -> WinnerForm:
    """Something is missing on it: the author reads what, and has the days anew."""
    form = _lock_for_decision(form, by=by)
    reason = reason.strip()
    if not reason:
        raise WinnerFormRefused(
            _("Please write what is missing; the author reads it."),
            code="reason_missing",
        )
    rule = rule_of(form.submission.contest)
    form.state, form.reason = WinnerFormState.ASKED, reason
    form.looked_at_by, form.looked_at = by, at
    form.due_at = _due_when_asked(rule, at) if rule else form.due_at
    form.save(update_fields=["state", "reason", "looked_at_by", "looked_at", "due_at"])
    audit.record("winner_form.sent_back", by=by, target=form.submission, at=at)
    _tell_to_sign(form, Kind.WINNER_FORM_RETURNED, at=at, reason=reason)
    return form


def _lock(form):
    """The work's row is locked first, as everywhere; then the form as it stands."""
    lock(form.submission)
    return (
        WinnerForm.objects.select_for_update(of=["self"])
        .select_related("submission__contest", "submission__author")
        .get(pk=form.pk)
    )


def _lock_for_decision(form, *, by):
    form = _lock(form)
    if not has_role(by, form.submission.contest, Role.ORGANISER):
        raise WinnerFormRefused(_("Only an organiser decides on a signed form."))
    _require_awarded(form)
    if form.state != WinnerFormState.SENT:
        raise WinnerFormRefused(
            _("This form has moved on meanwhile: it is now “%(state)s”.")
            % {"state": form.get_state_display()},
            code="not_sent",
        )
    return form


def _require_awarded(form):
    if form.submission.state != State.ACCEPTED:
        raise WinnerFormRefused(
            _("The work does not take part in the contest any more."),
            code="work_left",
        )


# --- Reminding ---------------------------------------------------------------
def waiting(contest: Contest):
    """Forms not signed yet of works that still stand, the one due first on top."""
    return (
        WinnerForm.objects.filter(
            submission__contest=contest,
            submission__state=State.ACCEPTED,
            submission__author__is_active=True,
            state=WinnerFormState.ASKED,
        )
        .select_related("submission__contest__current_version", "submission__author")
        .order_by("due_at", "pk")
    )


@transaction.atomic
def remind(*, form: WinnerForm, by: User | None, at: datetime) -> None:
    """Tell the author that the signature is still wanted; not twice in a few days.

    `by` is None when the portal itself reminds.
    """
    form = _lock(form)
    contest = form.submission.contest
    if by is not None and not has_role(by, contest, Role.ORGANISER):
        raise WinnerFormRefused(_("Only an organiser reminds winners."))
    _require_awarded(form)
    if form.state != WinnerFormState.ASKED:
        raise WinnerFormRefused(
            _("This form has moved on meanwhile: it is now “%(state)s”.")
            % {"state": form.get_state_display()},
            code="not_waiting",
        )
    pause = timedelta(days=contest.rulebook.defaults.reminder_pause_days)
    if form.reminded_at and form.reminded_at > at - pause:
        raise WinnerFormRefused(
            _("The author was reminded only a few days ago."), code="reminded_lately"
        )
    form.reminded_at = at
    form.save(update_fields=["reminded_at"])
    _tell_to_sign(form, Kind.WINNER_FORM_REMINDER, at=at)
    if by is not None:
        audit.record("winner_form.reminded", by=by, target=form.submission, at=at)


def remind_all(*, contest: Contest, by: User | None, at: datetime) -> int:
    """Remind everybody who has yet to sign; how many were."""
    return sum(_reminded(form, by=by, at=at) for form in waiting(contest))


def remind_when_due(*, contest: Contest, at: datetime) -> int:
    """On the rule book's days before a form is due, and the day after it was."""
    rule = rule_of(contest)
    if rule is None:
        return 0
    days = {*rule.reminder_days_before, -1}
    return sum(
        _reminded(form, by=None, at=at)
        for form in waiting(contest)
        if _days_left(form, at) in days
    )


def _days_left(form, at):
    last_day = clock.day_of(form.due_at - timedelta(microseconds=1))
    return (last_day - clock.day_of(at)).days


def _reminded(form, *, by, at) -> bool:
    try:
        remind(form=form, by=by, at=at)
    except WinnerFormRefused:
        return False
    return True
