"""One decision for several works of the queue: chosen, named and confirmed, done."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from contests import clock
from contests.deadlines import correction_due
from submissions.forms.screening import ScreeningForm
from submissions.models import Submission
from submissions.overviews.queue import ON_A_PAGE
from submissions.services import bulk, screening
from submissions.services.screening import Turn
from submissions.states import Decision, State
from submissions.views.screening import carried_on, contest_read_by

OUTCOMES = "screening-bulk-outcomes"  # in the session, for the page after


@require_POST
@login_required
def confirm(request):
    """The works named, with what cannot be done and why; nothing is changed yet."""
    contest = contest_read_by(request.user, Role.REVIEWER)
    chosen = _chosen(request, contest)
    form = _form(contest, chosen, initial_decision=request.POST.get("decision"))
    return _show(request, contest, chosen, form)


@require_POST
@login_required
def decide(request):
    """Everything that was confirmed, each work by itself."""
    contest = contest_read_by(request.user, Role.REVIEWER)
    chosen = _chosen(request, contest)
    form = _form(contest, chosen, request.POST)
    if not chosen or _levels(chosen) > 1 or not form.is_valid():
        return _show(request, contest, chosen, form, status=422)
    grounds = {key: form.cleaned_data[key] for key in form.GROUNDS}
    outcomes = bulk.decide_many(chosen, by=request.user, at=clock.now(), **grounds)
    request.session[OUTCOMES] = {
        "decision": form.cleaned_data["decision"],
        "lines": [_line(outcome) for outcome in outcomes],
    }
    return redirect(reverse("submissions:screening-bulk-done") + carried_on(request))


def _line(outcome):
    work = outcome.submission
    return [work.pk, work.number, work.title, outcome.refusal]


@require_safe
@login_required
def done(request):
    """What became of each work."""
    contest_read_by(request.user, Role.REVIEWER)
    told = request.session.get(OUTCOMES)
    if told is None:
        return redirect("submissions:screening-queue")
    lines = told["lines"]
    return render(
        request,
        "submissions/screening_bulk_done.html",
        {
            "decision": Decision(told["decision"]),
            "done": [line for line in lines if not line[3]],
            "refused": [line for line in lines if line[3]],
            "query": carried_on(request),
        },
    )


def _chosen(request, contest) -> list[tuple[Submission, Turn]]:
    """The works ticked on the page, each at the level it was shown at."""
    turns = {}
    for value in request.POST.getlist("works")[:ON_A_PAGE]:
        pk, _dash, turn = value.partition("-")
        try:
            turns[int(pk)] = Turn.parse(turn)
        except ValueError:
            continue
    works = (
        Submission.objects.filter(contest=contest, pk__in=turns)
        .exclude(state=State.DRAFT)
        .select_related("contest", "rulebook_version", "unit", "track", "category")
        .order_by("submitted_at", "pk")
    )
    return [(work, turns[work.pk]) for work in works]


def _levels(chosen):
    return len({turn.level for _work, turn in chosen})


class BulkForm(ScreeningForm):
    """A decision for several works; their levels stand beside each."""

    GROUNDS = ("decision", "reason_key", "rule", "reason", "checks", "suspects_ai")
    turn = None

    def clean(self):
        """Several at once are not tried where each would be refused for want of it."""
        cleaned = super().clean()
        decision = cleaned.get("decision")
        foreseen = {(each.key, each.decision) for each in self.reasons}
        has_reason = cleaned["rule"] or (cleaned["reason_key"], decision) in foreseen
        if decision and decision != Decision.PASS and not (has_reason or self.errors):
            self.add_error(
                "reason_key", _("Please choose the reason the entrant will read.")
            )
        return cleaned


def _form(contest, chosen, data=None, *, initial_decision=""):
    checks = {
        check.key: check
        for work, _turn in chosen
        for check in screening.checks_for(work)
    }
    form = BulkForm(
        data,
        book=contest.rulebook,
        checks=list(checks.values()),
        category=_common_category(chosen),
    )
    form.initial["decision"] = initial_decision
    return form


def _common_category(chosen):
    """Of works that share one, for the wording of its clauses."""
    keys = {work.category.key for work, _turn in chosen}
    return keys.pop() if len(keys) == 1 else ""


def _show(request, contest, chosen, form, *, status=200):
    outcomes = bulk.obstacles(chosen, by=request.user)
    turns = dict(chosen)
    if _levels(chosen) > 1 and form.is_bound:
        form.add_error(None, _("Please choose works of one level only."))
    return render(
        request,
        "submissions/screening_bulk.html",
        {
            "form": form,
            "doable": [
                (each.submission, turns[each.submission])
                for each in outcomes
                if not each.refusal
            ],
            "refused": [each for each in outcomes if each.refusal],
            "is_mixed": _levels(chosen) > 1,
            "correct_by": correction_due(contest.rulebook, at=clock.now()),
            "query": carried_on(request),
        },
        status=status,
    )
