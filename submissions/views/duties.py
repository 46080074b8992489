"""The duty board: for those who run the contest, and for each organisation its own."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import has_role
from accounts.queries import organisations_of
from accounts.requests import client_ip
from contests import clock
from contests.models import Contest
from submissions.duties import Board, as_sheet
from submissions.importing.papers import FORMS


def board_for(user) -> tuple[Board, bool]:
    """The board this person may read, and whether it is the whole one; else 404."""
    contest = Contest.objects.current()
    if contest is None or not contest.rulebook.duties:
        raise Http404
    at = clock.now()
    if has_role(user, contest, Role.ORGANISER, Role.SUPERVISOR):
        return Board(contest, at=at), True
    if not has_role(user, contest, Role.RECOMMENDER, Role.PRACTICE_CENTRE):
        raise Http404
    own = organisations_of(user, contest).values_list("pk", flat=True)
    return Board(contest, at=at, only=set(own)), False


@require_safe
@login_required
def board(request):
    """Each duty with how far each organisation is."""
    found, is_whole = board_for(request.user)
    return render(
        request,
        "submissions/duties.html",
        {"board": found, "is_whole": is_whole, "forms": FORMS},
    )


@require_safe
@login_required
def export(request, form):
    """The board as a file, in the contest's language."""
    found, _is_whole = board_for(request.user)
    write, content_type = FORMS[form]
    with translation.override(found.contest.rulebook.contest.language):
        sheet = as_sheet(found)
        content = write(sheet)
    audit.record(
        "list.exported",
        by=request.user,
        target="duties",
        contest=found.contest,
        ip=client_ip(request),
        form=form,
        rows=len(found.lines),
    )
    name = f"{sheet.name}-{localtime(found.at):%Y%m%d}.{form}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "no-store",
        },
    )
