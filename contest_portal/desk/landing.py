"""The page that the official account's menu opens (rule 87): the contest at a glance
and one button at the lower right."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contest_portal.desk import river
from contest_portal.desk.context import site_of
from contests import clock
from contests.deadlines import accepts_submissions, collection_ends_at
from contests.pictures import sources_of
from submissions import channels
from submissions.models import Submission


@never_cache
@require_safe
def landing(request):
    """Nobody has to sign in to read; what is begun from here carries the channel."""
    site = site_of(request)
    if site.book is None:
        raise Http404
    channels.enter_by(request, Submission.Channel.OFFICIAL_ACCOUNT)
    at = clock.now()
    return render(
        request,
        "desk/landing.html",
        {
            "book": site.book,
            "sources": sources_of(site.book, site.book.home_pictures.get("narrow", "")),
            "countdown": river.countdown(site.book, at=at),
            "is_open": accepts_submissions(site.contest, at=at),
            "is_over": at >= collection_ends_at(site.contest),
        },
    )
