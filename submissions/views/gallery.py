"""What everybody may see: accepted works, and the page of one."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contests.models import Contest
from submissions import queries
from submissions.ai_notices import ai_notice
from submissions.copies import copy_of, cover_url
from submissions.credits import credit_line, credits_of
from submissions.filters import chip_rows
from submissions.media.humanise import duration
from submissions.models import Derivative
from submissions.players import player_of
from submissions.ribbons import ribbons_of
from submissions.shown import shown
from submissions.tiles import tiles_of


@require_safe
def gallery(request):
    """24 a page, filters in the address; htmx takes only the next rows."""
    contest = Contest.objects.current()
    if contest is None or contest.current_version is None:
        raise Http404
    works = queries.gallery(contest, request.GET.dict())
    page = Paginator(works, queries.ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tiles": tiles_of(page.object_list),
        "chips": chip_rows(contest.rulebook, request.GET),
    }
    template = "submissions/gallery.html"
    if request.htmx:
        template = "submissions/_gallery_rows.html"
    return render(request, template, context)


@require_safe
def work(request, number):
    """One accepted work: never a phone number, never a file name."""
    found = queries.public_work(number)
    if found is None:
        raise Http404
    frames = [_frame(file, index) for index, file in enumerate(found.media_files.all())]
    return render(
        request,
        "submissions/work.html",
        {
            "work": found,
            "book": found.rulebook_version.rulebook,
            "frames": frames,
            "credits": credits_of(found),
            "ribbon": ribbons_of([found]).get(found.pk, ""),
            "length": _length(found),
            "ai_notice": ai_notice(found),
            "card": _card(request, found, frames),
        },
    )


def _card(request, work, frames):
    """What a chat shows of a shared address."""
    image = frames[0]["thumb"] if frames else ""
    return {
        "title": work.title,
        "line": " · ".join(
            part
            for part in (credit_line(work), work.unit.name, work.contest.title_short)
            if part
        ),
        "url": request.build_absolute_uri(request.path),
        "image": request.build_absolute_uri(image) if image else "",
    }


def _frame(media_file, index):
    """One picture or film of the work, with the addresses of its copies."""
    view = copy_of(media_file, Derivative.Kind.VIEW)
    facts = media_file.inspection.facts
    return {
        "number": index + 1,
        "picture": shown(media_file),
        "player": player_of(media_file),
        "thumb": cover_url(media_file),
        "width": view.width_px if view else facts.get("display_width_px"),
        "height": view.height_px if view else facts.get("display_height_px"),
        "caption": media_file.caption,
    }


def _length(work):
    if work.category.media != "video":
        return ""
    files = list(work.media_files.all())
    seconds = files and files[0].inspection.facts.get("duration_s")
    return duration(round(seconds)) if seconds else ""
