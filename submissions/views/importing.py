"""An organisation recommends many works: a table, its preview, its files, all sent."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import Role
from accounts.permissions import has_role
from accounts.queries import organisations_recommended_for
from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest
from documents import xlsx
from submissions import services
from submissions.batches import Preview, Works
from submissions.duties import Board
from submissions.forms.importing import AnswersForm, TableForm
from submissions.importing import papers
from submissions.importing.reading import MAX_BYTES, too_large
from submissions.models import ImportBatch
from submissions.services import importing
from submissions.states import ImportState
from submissions.upload_words import upload_words
from submissions.uploads import Receiver, quotas

ON_A_PAGE = 20
MOST_NAMES = 500  # of files matched in one request


def contest_recommended_in(user) -> Contest:
    """The contest in which the user recommends works, or runs it; else nothing."""
    contest = Contest.objects.current()
    if contest is None or contest.rulebook.summary_table is None:
        raise Http404
    if not has_role(user, contest, Role.RECOMMENDER, Role.ORGANISER):
        raise Http404
    return contest


def _own_batch(request, pk) -> ImportBatch:
    contest_recommended_in(request.user)
    visible = ImportBatch.objects.visible_to(request.user).select_related(
        "contest__current_version", "organisation", "made_by", "unit"
    )
    return get_object_or_404(visible, pk=pk)


# --- All tables -----------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def imports(request):
    """The template, a place for the filled-in table, and the tables so far."""
    contest = contest_recommended_in(request.user)
    own = organisations_recommended_for(request.user, contest)
    form = TableForm(
        request.POST or None,
        request.FILES or None,
        contest=contest,
        organisations=own,
    )
    if request.method == "POST" and form.is_valid():
        batch = _read(request, contest, form)
        if batch is not None:
            return redirect(batch)
    status = 422 if form.errors else 200
    return _show_imports(request, contest, own, form, status=status)


def _read(request, contest, form) -> ImportBatch | None:
    """What was chosen, previewed; what is wrong with the file stands in the form."""
    chosen = form.cleaned_data["table"]
    try:
        return importing.preview(
            contest=contest,
            organisation=form.cleaned_data["organisation"],
            unit=form.cleaned_data.get("unit"),
            name=chosen.name,
            content=chosen.read(MAX_BYTES + 1),
            by=request.user,
            at=clock.now(),
        )
    except RuleViolation as violation:
        form.add_error("table", violation.message)
        return None


def _show_imports(request, contest, own, form, *, status):
    found = (
        ImportBatch.objects.visible_to(request.user)
        .filter(contest=contest)
        .exclude(state=ImportState.DISCARDED)
        .select_related("organisation", "made_by")
        .annotate(
            row_count=Count("rows"),
            work_count=Count("rows", filter=Q(rows__submission__isnull=False)),
        )
        .order_by("-pk")
    )
    is_organiser = has_role(request.user, contest, Role.ORGANISER)
    bodies = None if is_organiser else {body.pk for body in own}
    board = Board(contest, at=clock.now(), only=bodies)
    return render(
        request,
        "submissions/imports.html",
        {
            "form": form,
            "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
            "table": contest.rulebook.summary_table,
            "max_bytes": MAX_BYTES,
            "too_large": too_large(),
            "board": None if is_organiser else board,
        },
        status=status,
    )


@require_safe
@login_required
def template(request):
    """The empty table, with the name of the organisation when there is just one."""
    contest = contest_recommended_in(request.user)
    own = list(organisations_recommended_for(request.user, contest)[:2])
    book = contest.rulebook
    with translation.override(book.contest.language):
        content = papers.template(
            book, organisation=own[0].name if len(own) == 1 else ""
        )
    return _file(content, xlsx.CONTENT_TYPE, f"{book.summary_table.title}.xlsx")


def _file(content, content_type, name):
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "no-store",
        },
    )


# --- One table --------------------------------------------------------------------
@require_safe
@login_required
def batch(request, pk):
    """Before it is confirmed every row with its problems, then every work."""
    found = _own_batch(request, pk)
    if found.state == ImportState.DISCARDED:
        raise Http404
    if found.state == ImportState.PREVIEWED:
        return _show_preview(request, found)
    return _show_works(request, found)


def _show_preview(request, found):
    context = {
        "batch": found,
        "preview": Preview(found, viewer=request.user),
    }
    return render(request, "submissions/import_preview.html", context)


def _show_works(request, found):
    works = Works(found, viewer=request.user, page=request.GET.get("page"))
    return render(
        request,
        "submissions/import_works.html",
        {
            "batch": found,
            "works": works,
            "page": works.page,
            "form": AnswersForm(book=found.contest.rulebook, only=works.asked_keys),
            "upload_words": upload_words(),
            "login_url": reverse("accounts:staff"),
        },
    )


@require_POST
@login_required
def confirm(request, pk):
    """Write a draft for each chosen row, all or none."""
    found = _own_batch(request, pk)
    try:
        importing.confirm(
            batch=found,
            chosen=_numbers(request, "row"),
            aware_of=_numbers(request, "known"),
            by=request.user,
            at=clock.now(),
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
    return redirect(found)


def _numbers(request, name) -> set[int]:
    return {
        int(value)
        for value in request.POST.getlist(name)
        if value.isascii() and value.isdecimal() and len(value) < 18
    }


@require_POST
@login_required
def discard(request, pk):
    """Put a preview aside."""
    found = _own_batch(request, pk)
    try:
        importing.discard(batch=found, by=request.user, at=clock.now())
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect(found)
    messages.success(request, _("The table was put aside. Nothing was written."))
    return redirect("submissions:imports")


@require_safe
@login_required
def problems(request, pk, form):
    """The table with what is said of each row, to put it right."""
    found = _own_batch(request, pk)
    preview = Preview(found, viewer=request.user)
    is_there = found.state != ImportState.DISCARDED and preview.is_own
    if form not in papers.FORMS or not is_there:
        raise Http404
    write, content_type = papers.FORMS[form]
    book = found.contest.rulebook
    with translation.override(book.contest.language):
        sheet = papers.error_sheet(
            book, name=found.original_name, lines=preview.as_written()
        )
        return _file(write(sheet), content_type, f"{sheet.name}-{found.pk}.{form}")


# --- Files ------------------------------------------------------------------------
@require_POST
@login_required
def match(request, pk):
    """JSON: the draft of each file name; null where the script lets people choose."""
    found = _own_batch(request, pk)
    try:
        names = json.loads(request.body)["names"]
    except (ValueError, KeyError, TypeError):
        names = None
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        return JsonResponse({"code": "invalid"}, status=400)
    matched = importing.match_files(
        batch=found, names=names[:MOST_NAMES], by=request.user
    )
    return JsonResponse({"drafts": matched})


@csrf_exempt  # the receiver must be in place before the token is read from the body
@require_POST
@login_required
def add_files(request, pk):
    """Several files at once, each into the draft it belongs to: without script."""
    found = _own_batch(request, pk)
    receiver = Receiver(
        request, max_file_mb=found.contest.rulebook.defaults.max_file_mb
    )
    began_at = clock.now()
    try:
        files = receiver.files()
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect(found)
    return _store(request, found, files, began_at=began_at)


@csrf_protect
def _store(request, found, files, *, began_at):
    matched = importing.match_files(
        batch=found, names=[file.name for file in files], by=request.user
    )
    drafts = importing.drafts_of(found, request.user).in_bulk(
        {*_numbers(request, "draft"), *filter(None, matched.values())}
    )
    named = next(iter(_numbers(request, "draft")), None)
    for file in files:
        draft = drafts.get(named if named else matched[file.name])
        _store_one(request, draft, file, began_at=began_at)
    return redirect(found)


def _store_one(request, draft, file, *, began_at):
    if draft is None:
        words = _("“%(name)s” fits no work. Please choose it beside its work.")
        return messages.warning(request, words % {"name": file.name})
    try:
        quotas.check_sent_whole(request.user, size_bytes=file.size)
        services.add_file(
            submission=draft,
            upload=file,
            by=request.user,
            at=clock.now(),
            began_at=began_at,
        )
    except RuleViolation as violation:
        told = {"name": file.name, "reason": violation.message}
        messages.error(request, _("%(name)s: %(reason)s") % told)


# --- Handing in --------------------------------------------------------------------
@require_POST
@login_required
def answer(request, pk):
    """Declarations and answers for all drafts of the table."""
    found = _own_batch(request, pk)
    form = AnswersForm(request.POST, book=found.contest.rulebook)
    if not form.is_valid():
        raise Http404
    answers = importing.Answers(declarations=form.declared(), **form.answered())
    count = importing.answer_for_all(
        batch=found, answers=answers, by=request.user, at=clock.now()
    )
    told = ngettext("Kept for %(count)s work.", "Kept for %(count)s works.", count)
    messages.success(request, told % {"count": count})
    return redirect(found)


@require_POST
@login_required
def submit(request, pk):
    """Hand in the works that were complete on the page, each by itself."""
    found = _own_batch(request, pk)
    outcomes = importing.submit_many(
        batch=found,
        chosen=_numbers(request, "work"),
        by=request.user,
        at=clock.now(),
    )
    done = [each for each in outcomes if not each.refusal]
    told = ngettext(
        "%(count)s work was handed in.", "%(count)s works were handed in.", len(done)
    )
    if done:
        messages.success(request, told % {"count": len(done)})
    for each in outcomes:
        if each.refusal:
            told = {"name": each.submission.title, "reason": each.refusal}
            messages.error(request, _("%(name)s: %(reason)s") % told)
    return redirect(found)
