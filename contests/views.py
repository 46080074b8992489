"""Public pages of the rule book: the notice, the units, the texts, the pictures."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from contests.models import Contest, Picture
from contests.pictures import sources_of
from contests.queries import other_texts, portal_rules
from contests.rulebook import RuleBook
from contests.typesetting import typeset

A_YEAR = 365 * 24 * 3600


def _current_book() -> RuleBook:
    contest = Contest.objects.current()
    if contest is None or contest.current_version is None:
        raise Http404
    return contest.rulebook


@require_safe
def notice(request):
    book = _current_book()
    return render(
        request,
        "contests/notice.html",
        {
            "book": book,
            "text": typeset(book.texts["notice"]),
            "portal_rules": portal_rules(book),
            "other_texts": other_texts(book, than="notice"),
        },
    )


@require_safe
def text(request, key):
    book = _current_book()
    if key not in book.texts:
        raise Http404
    return render(
        request,
        "contests/text.html",
        {
            "book": book,
            "text": typeset(book.texts[key]),
            "other_texts": other_texts(book, than=key),
        },
    )


@require_safe
def unit(request, key):
    book = _current_book()
    found = next((unit for unit in book.units if unit.key == key), None)
    if found is None:
        raise Http404
    return render(
        request,
        "contests/unit.html",
        {
            "book": book,
            "unit": found,
            "paragraphs": found.description.splitlines(),
            "sources": sources_of(book, found.picture),
            "other_units": [unit for unit in book.units if unit.key != key],
        },
    )


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def picture(request, sha256, name):
    """A picture under an address that changes when the picture does."""
    found = get_object_or_404(
        Picture.objects.select_related("contest__current_version").defer(
            "contest__current_version__document"
        ),
        sha256=sha256,
        name=name,
    )
    about = found.contest.rulebook.pictures[found.name]
    return FileResponse(found.file.open("rb"), content_type=about.media_type)
