"""The wizard: five steps, each a form that saves itself and works without script."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from contests import clock
from contests.errors import RuleViolation
from documents.qr import qr_data_uri
from submissions import credits, forms, services, steps
from submissions.file_cards import FileCard, stand_of, upload_rules
from submissions.link_lines import link_context
from submissions.models import Submission
from submissions.permissions import can_edit
from submissions.precheck import precheck_data
from submissions.queries import with_parts
from submissions.rule_items import rule_items
from submissions.states import State
from submissions.upload_words import upload_words

FORMS = {
    "track": forms.TrackForm,
    "files": forms.FilesForm,
    "story": forms.StoryForm,
    "rights": forms.RightsForm,
}
LEADS = {
    "track": gettext_lazy("Each work enters one unit, one track and one category."),
    "files": gettext_lazy(
        "Files are looked at on your device first; only what fits is uploaded."
    ),
    "story": gettext_lazy("A few words are enough. You can come back and go on."),
    "rights": gettext_lazy("Please read each sentence and tick what is true."),
    "check": gettext_lazy("Look through everything once more, then hand it in."),
}
AUTOSAVE = "X-Draft-Save"  # sent by the script that saves while somebody types


def own_work(request, pk) -> Submission:
    return get_object_or_404(
        with_parts(Submission.objects.owned_by(request.user)), pk=pk
    )


@login_required
@require_http_methods(["GET", "POST"])
def wizard(request, pk, step):
    """One step: shows it, saves it, and goes on."""
    if step not in steps.STEPS:
        raise Http404
    submission = own_work(request, pk)
    if not can_edit(request.user, submission):
        messages.info(request, _("This work has been handed in."))
        return redirect("submissions:detail", pk=pk)
    _adopt_rulebook_in_force(submission, by=request.user)
    if step == "check":
        return _show(request, submission, step)
    if request.method == "POST":
        return _save(request, submission, step)
    return _show(request, submission, step, FORMS[step](submission=submission))


def _adopt_rulebook_in_force(submission, *, by):
    """An old draft is read, and judged, under today's rule book."""
    version = submission.contest.current_version_id
    if submission.state == State.DRAFT and submission.rulebook_version_id != version:
        services.update_draft(submission=submission, by=by, at=clock.now())


def _save(request, submission, step):
    form = FORMS[step](request.POST, request.FILES, submission=submission)
    is_valid = form.is_valid()
    try:
        SAVERS[step](submission, form, by=request.user, at=clock.now())
    except RuleViolation as violation:
        form.add_error(None, violation.message)
        is_valid = False
    if AUTOSAVE in request.headers:
        return _answer_script(form)
    if request.POST.get("go") == "back":
        return redirect(steps.step_url(submission, steps.previous_step(step) or step))
    if request.POST.get("do"):
        return _stay(request, submission, step, form)
    form.add_gaps(_gaps(submission, step))
    if not is_valid or form.errors:
        return _show(request, submission, step, form, status=422)
    return redirect(steps.step_url(submission, steps.next_step(step)))


def _stay(request, submission, step, form):
    """Back to the same step, where a button inside it has done its work."""
    if form.errors:
        return _show(request, submission, step, form, status=422)
    action = request.POST["do"]
    more = "?more=1" if action == credits.ADD else ""
    parts = {"author": "authors", "links": "links"}
    part = parts.get(action.partition("-")[0], "papers")
    return redirect(f"{steps.step_url(submission, step)}{more}#{part}")


def _answer_script(form):
    if form.errors:
        return JsonResponse({"fields": form.errors}, status=422)
    return HttpResponse(status=204)


def _gaps(submission, step):
    """What this step still lacks; files may still be on their way."""
    if step == "files":
        return []
    return [gap for gap in services.missing_for_submit(submission) if gap.step == step]


def _save_track(submission, form, *, by, at):
    services.update_draft(submission=submission, by=by, at=at, **form.cleaned_data)


def _save_captions(submission, form, *, by, at):
    for media_file, caption in form.captions():
        services.caption_file(media_file=media_file, by=by, at=at, caption=caption)


def _save_files(submission, form, *, by, at):
    _save_captions(submission, form, by=by, at=at)
    if text := form.shared_text():
        try:
            services.add_links(submission=submission, text=text, by=by, at=at)
        except RuleViolation as violation:
            form.add_error("links", ValidationError(violation.message, violation.code))


def _save_story(submission, form, *, by, at):
    services.update_draft(submission=submission, by=by, at=at, **form.details())
    rows = form.cleaned_data.get("authors")
    if rows is not None:
        services.set_authors(
            submission=submission,
            names=[row.name for row in rows],
            roles=[row.role for row in rows],
            by=by,
            at=at,
        )


def _save_rights(submission, form, *, by, at):
    writing = {"submission": submission, "by": by, "at": at}
    services.update_draft(**writing, **form.details())
    services.declare(**writing, keys=form.ticked())
    if "guardian_name" in form.cleaned_data:
        services.sign_for_child(**writing, name=form.cleaned_data["guardian_name"])
    _save_papers(form, writing)


def _save_papers(form, writing):
    """Each paper for itself: what is wrong with one is said beside it."""
    for field, key, file in form.sent_papers():
        try:
            services.add_proof(**writing, proof_key=key, file=file)
        except RuleViolation as violation:
            form.add_error(field, ValidationError(violation.message, violation.code))
    removed = form.removed_paper()
    if removed is not None:
        services.remove_proof(attachment=removed, by=writing["by"], at=writing["at"])


SAVERS = {
    "track": _save_track,
    "files": _save_files,
    "story": _save_story,
    "rights": _save_rights,
}


def _show(request, submission, step, form=None, *, status=200):
    at = clock.now()
    gaps = services.missing_for_submit(submission)
    next_step = steps.next_step(step)
    context = {
        "submission": submission,
        "book": submission.rulebook_version.rulebook,
        "step": step,
        "form": form,
        "gap_lines": [(gap, steps.step_url(submission, gap.step)) for gap in gaps],
        "title": steps.STEPS[step],
        "lead": LEADS[step],
        "steps": steps.step_lines(submission, now=step, gaps=gaps),
        "step_number": steps.ORDER.index(step) + 1,
        "step_count": len(steps.STEPS),
        "next_label": steps.STEPS[next_step] if next_step else "",
        "back_url": _back_url(submission, step),
        "rules": rule_items(submission, at=at),
        "saved_at": submission.updated_at,
    }
    context |= EXTRAS[step](request, submission, form) if step in EXTRAS else {}
    return render(request, f"submissions/step_{step}.html", context, status=status)


def _back_url(submission, step):
    before = steps.previous_step(step)
    return steps.step_url(submission, before) if before else ""


def _files_context(request, submission, form):
    cards = FileCard.all_of(submission)
    here = steps.step_url(submission, "files")
    return {
        **link_context(submission, form),
        "cards": [(card, form.caption_of(card.media_file)) for card in cards],
        **stand_of(cards),
        "upload_rules": upload_rules(submission, count=len(cards)),
        "upload_words": upload_words(),
        "precheck": precheck_data(submission),
        "login_url": f"{reverse('account_login')}?{urlencode({'next': here})}",
        "phone_qr": qr_data_uri(request.build_absolute_uri(here)),
    }


def _check_context(request, submission, form):
    return {
        "cards": FileCard.all_of(submission),
        "step_urls": {step: steps.step_url(submission, step) for step in steps.STEPS},
        "ticks": submission.declarations.all(),
    }


def _story_context(request, submission, form):
    rows = form.credit_rows()
    has_room = len(rows) < submission.rulebook_version.rulebook.defaults.max_authors
    if has_room and "more" in request.GET:
        rows.append(credits.Credit(""))
    return {"credit_rows": rows}


EXTRAS = {
    "files": _files_context,
    "story": _story_context,
    "check": _check_context,
}
