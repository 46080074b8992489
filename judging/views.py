"""The organiser's rounds, one verb per address, and the results everybody reads."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.queries import contests_run_by
from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest, Stage
from documents import xlsx
from judging import award_lists, exports, services
from judging.forms import (
    AwardCountForm,
    CandidatesForm,
    CloseForm,
    JudgesForm,
    OtherAwardForm,
    WorkAwardForm,
    kinds_given_in,
)
from judging.models import Award, Round
from judging.overviews import RoundOverview, stage_rows
from judging.permissions import can_run
from judging.states import RoundState


# --- Pages -------------------------------------------------------------------
@require_GET
@login_required
def rounds(request):
    contests = contests_run_by(request.user)
    if not contests.exists():
        raise Http404
    return render(request, "judging/rounds.html", {"rows": stage_rows(request.user)})


@require_GET
@login_required
def round_page(request, pk):
    round = _visible_round(request, pk)
    overview = RoundOverview(
        round, user=request.user, group_key=request.GET.get("group", "")
    )
    return render(request, "judging/round.html", {"round": round, "overview": overview})


@require_GET
def results(request):
    """The rounds of the contest whose results are out, the newest first."""
    contest = Contest.objects.current()
    published = (
        Round.objects.published()
        .filter(contest=contest)
        .select_related("stage", "contest", "rulebook_version")
        .order_by("-published_at")
    )
    lists = [(round, award_lists.award_list(round)) for round in published]
    return render(request, "judging/results.html", {"lists": lists})


@require_GET
@login_required
def award_list(request, pk):
    round = _visible_round(request, pk)
    return _download(exports.award_list_xlsx(round), round, name="award-list")


@require_GET
@login_required
def scores(request, pk):
    round = _visible_round(request, pk)
    return _download(exports.scores_xlsx(round), round, name="scores")


# --- Verbs -------------------------------------------------------------------
@require_POST
@login_required
def open_round(request, stage_pk):
    visible = Stage.objects.filter(contest__in=contests_run_by(request.user))
    stage = get_object_or_404(visible.select_related("contest"), pk=stage_pk)
    if not can_run(request.user, stage.contest):
        raise PermissionDenied
    try:
        round = services.open_round(stage=stage, by=request.user, at=clock.now())
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect("judging:rounds")
    messages.success(request, _("The round is open. Now choose the judges."))
    return redirect(round)


def organisers_verb(verb):
    """Load the round, let only its organisers pass, and show what came of it.

    The verb returns the sentence to show, or refuses with a RuleViolation.
    """

    @require_POST
    @login_required
    @wraps(verb)
    def view(request, pk, **kwargs):
        round = _visible_round(request, pk)
        if not can_run(request.user, round.contest):
            raise PermissionDenied
        try:
            sentence = verb(request, round, **kwargs)
        except RuleViolation as violation:
            messages.error(request, violation.message)
        else:
            messages.success(request, sentence)
        return redirect(_same_page(request, round))

    return view


@organisers_verb
def take_in(request, round):
    taken = services.take_in(round=round, by=request.user, at=clock.now())
    return ngettext(
        "%(count)d late work was taken in.",
        "%(count)d late works were taken in.",
        len(taken),
    ) % {"count": len(taken)}


@organisers_verb
def assign_judges(request, round):
    cleaned = _cleaned(JudgesForm(request.POST, round=round))
    added = services.assign_judges(
        round=round, judges=cleaned["judges"], by=request.user, at=clock.now()
    )
    return ngettext(
        "%(count)d ballot was handed out.",
        "%(count)d ballots were handed out.",
        len(added),
    ) % {"count": len(added)}


@organisers_verb
def release_judge(request, round, judge_pk):
    judge = get_object_or_404(User, pk=judge_pk)
    services.release_judge(round=round, judge=judge, by=request.user, at=clock.now())
    return _("%(name)s no longer judges this round.") % {"name": judge.label}


@organisers_verb
def start(request, round):
    services.start_judging(round=round, by=request.user, at=clock.now())
    return _("Judging has begun. The judges find their works at their desk.")


@organisers_verb
def close(request, round):
    cleaned = _cleaned(CloseForm(request.POST))
    services.close_round(
        round=round, by=request.user, at=clock.now(), reason=cleaned["reason"]
    )
    return _("The scores are closed and added up.")


@organisers_verb
def select(request, round):
    cleaned = _cleaned(CandidatesForm(request.POST, round=round))
    chosen = services.select(
        candidates=cleaned["candidates"], by=request.user, at=clock.now()
    )
    return ngettext(
        "%(count)d work was selected.", "%(count)d works were selected.", len(chosen)
    ) % {"count": len(chosen)}


@organisers_verb
def unselect(request, round):
    cleaned = _cleaned(CandidatesForm(request.POST, round=round))
    dropped = services.unselect(
        candidates=cleaned["candidates"], by=request.user, at=clock.now()
    )
    return ngettext(
        "The selection of %(count)d work was taken back.",
        "The selection of %(count)d works was taken back.",
        len(dropped),
    ) % {"count": len(dropped)}


@organisers_verb
def set_count(request, round, kind_pk):
    kind = get_object_or_404(kinds_given_in(round), pk=kind_pk)
    count = _cleaned(AwardCountForm(request.POST))["count"]
    services.set_award_count(
        round=round, kind=kind, by=request.user, at=clock.now(), count=count
    )
    return _("“%(award)s” is now given %(count)d times.") % {
        "award": kind,
        "count": count,
    }


@organisers_verb
def award_works(request, round):
    cleaned = _cleaned(WorkAwardForm(request.POST, round=round))
    services.give_awards(round=round, by=request.user, at=clock.now(), **cleaned)
    return _("“%(award)s” was given.") % {"award": cleaned["kind"]}


@organisers_verb
def award_other(request, round):
    cleaned = _cleaned(OtherAwardForm(request.POST, round=round))
    services.give_award(round=round, by=request.user, at=clock.now(), **cleaned)
    return _("“%(award)s” was given.") % {"award": cleaned["kind"]}


@organisers_verb
def take_back(request, round, award_pk):
    award = get_object_or_404(Award, pk=award_pk, round=round)
    services.take_back_award(award=award, by=request.user, at=clock.now())
    return _("“%(award)s” was taken back.") % {"award": award.kind}


@organisers_verb
def confirm(request, round):
    services.confirm_round(round=round, by=request.user, at=clock.now())
    return _("The selection is confirmed.")


@organisers_verb
def publish(request, round):
    services.publish_results(round=round, by=request.user, at=clock.now())
    return _("The results are published.")


# --- Parts -------------------------------------------------------------------
class FormRefused(RuleViolation):
    code = "form_refused"


def _cleaned(form):
    if not form.is_valid():
        errors = [error for field in form.errors.values() for error in field]
        raise FormRefused(" ".join(errors), fields=form.errors)
    return form.cleaned_data


def _visible_round(request, pk):
    visible = Round.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("stage", "contest", "rulebook_version"), pk=pk
    )


def _same_page(request, round):
    """The page of the round, at the prize group that was being looked at."""
    group = request.POST.get("group")
    query = f"?{urlencode({'group': group})}#works" if group else ""
    return f"{round.get_absolute_url()}{query}"


def _download(content, round, *, name):
    if round.state in {RoundState.DRAFT, RoundState.JUDGING}:
        raise Http404  # nothing is counted before the scores are closed
    response = HttpResponse(content, content_type=xlsx.CONTENT_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="{round.stage.key}-{name}.xlsx"'
    )
    return response
