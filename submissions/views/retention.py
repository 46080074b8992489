"""What goes by itself after the contest: shown before it goes."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import anonymising
from contests import clock
from submissions import retention
from submissions.views.screening import contest_read_by
from submissions.views.statistics import READERS


@require_safe
@login_required
def prospect(request):
    """Each kind of thing with its day and its number; accounts go with the entries."""
    contest = contest_read_by(request.user, *READERS)
    lines = [
        (each.name, each.goes_at, each.rows.count())
        for each in retention.prospect(contest)
    ]
    at = max(clock.now(), *(goes_at for _name, goes_at, _count in lines))
    return render(
        request,
        "submissions/retention.html",
        {
            "lines": lines,
            "accounts": sum(1 for _user in anonymising.due(at=at)),
            "accounts_go_at": lines[-1][1],
        },
    )
