"""What a chosen table looks like, said while it is still only chosen."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contests.errors import RuleViolation
from submissions.importing.looking import look
from submissions.importing.reading import MAX_BYTES
from submissions.views.importing import contest_recommended_in


@require_POST
@login_required
def import_look(request):
    """The sentences of the preview about the table as a whole; keeps nothing. A table
    that would be refused is an answer too."""
    contest = contest_recommended_in(request.user)
    table = request.FILES.get("table")
    if table is None:
        raise Http404
    try:
        found = look(
            table.read(MAX_BYTES + 1),
            contest.rulebook,
            unit=_unit_key(contest, request.POST.get("unit", "")),
        )
    except RuleViolation as violation:
        return JsonResponse(
            {"refused": violation.code, "lines": [str(violation.message)]}
        )
    return JsonResponse({"refused": "", "lines": list(_lines(found))})


def _unit_key(contest, chosen):
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 10):
        return ""
    unit = contest.units.filter(pk=chosen).first()
    return unit.key if unit else ""


def _lines(found):
    """How much was found, what is to be put right, and what else is to be known."""
    if not found.rows:
        yield _("The table has its header, but no row is filled in.")
        return
    yield ngettext(
        "%(count)s row was found.", "%(count)s rows were found.", found.rows
    ) % {"count": found.rows}
    if found.rows_with_errors:
        yield ngettext(
            "%(count)s row needs something; the next page says what.",
            "%(count)s rows need something; the next page says what.",
            found.rows_with_errors,
        ) % {"count": found.rows_with_errors}
    yield from (str(problem.sentence) for problem in found.problems)
