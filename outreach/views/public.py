"""What everybody may know: where the next activities are, and how the months fill."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from contests import clock
from contests.models import Contest
from outreach.queries import activity_board, next_activities


@require_GET
def activities(request):
    contest = Contest.objects.current()
    if contest is None or contest.rulebook.outreach is None:
        raise Http404
    at = clock.now()
    board = activity_board(contest)
    context = {
        "coming": next_activities(contest, at=at),
        "board": board,
        "month": at.month,
        "total": sum(month.total for month in board),
        "kinds": "、".join(contest.rulebook.outreach.activity_kinds),
    }
    return render(request, "outreach/activities.html", context)
