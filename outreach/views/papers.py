"""The annexes to print and to download, and the stamped copy that came back."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from contests.delivery import respond_with_file
from contests.models import Contest
from documents import docx, xlsx
from documents.tables import Sheet, page_rows
from outreach import papers
from outreach.queries import contest_of, districts_with_tables, visible_districts
from outreach.views.deciding import visible_table


# --- Annex 3 -----------------------------------------------------------------
@require_GET
@login_required
def print_recommendation(request, pk):
    table = visible_table(request, pk)
    return _page(
        request,
        papers.recommendation_paper(table),
        back=table.get_absolute_url(),
        docx_url=reverse("outreach:recommendation-docx", args=[table.pk]),
        xlsx_url=reverse("outreach:recommendation-xlsx", args=[table.pk]),
    )


@require_GET
@login_required
def recommendation_docx(request, pk):
    table = visible_table(request, pk)
    return _docx(papers.recommendation_paper(table), name=table.district.name)


@require_GET
@login_required
def recommendation_xlsx(request, pk):
    table = visible_table(request, pk)
    return _xlsx(papers.recommendation_paper(table), name=table.district.name)


@require_GET
@login_required
def scan(request, pk):
    """The stamped copy: for the district's own people and those who run the contest."""
    table = visible_table(request, pk)
    if not table.scan:
        raise Http404
    return respond_with_file(
        request,
        table.scan,
        content_type=table.scan_content_type,
        filename=table.scan_name,
        public=False,
        download="download" in request.GET,
    )


@require_GET
@login_required
def scan_preview(request, pk):
    """Its first page as a picture, to be read beside the rows."""
    table = visible_table(request, pk)
    if not table.scan_preview:
        raise Http404
    return respond_with_file(
        request,
        table.scan_preview,
        content_type="image/jpeg",
        filename="preview.jpg",
        public=False,
    )


@require_GET
@login_required
def stations_xlsx(request):
    """All stations of the districts that the user may see, on one sheet."""
    contest = _contest(request)
    districts = districts_with_tables(contest, user=request.user)
    return _xlsx(papers.stations_paper(contest, districts), name=contest.title_short)


# --- Annex 2 -----------------------------------------------------------------
@require_GET
@login_required
def schedule(request):
    return _page(
        request,
        _schedule_paper(request),
        back=reverse("accounts:start"),
        docx_url=reverse("outreach:schedule-docx"),
        xlsx_url=reverse("outreach:schedule-xlsx"),
    )


@require_GET
@login_required
def schedule_docx(request):
    return _docx(_schedule_paper(request))


@require_GET
@login_required
def schedule_xlsx(request):
    return _xlsx(_schedule_paper(request))


def _contest(request) -> Contest:
    contest = contest_of(request.user)
    if contest is None or contest.rulebook.outreach is None:
        raise Http404
    return contest


def _schedule_paper(request) -> Sheet:
    """With the contact people the reader may know."""
    contest = _contest(request)
    known = visible_districts(contest, user=request.user)
    return papers.schedule_paper(contest, contacts_of={each.pk for each in known})


def _page(request, paper: Sheet, **context):
    context |= {"paper": paper, "rows": page_rows(paper)}
    return render(request, "outreach/paper.html", context)


def _docx(paper, *, name=""):
    return _download(docx.write_document(paper), docx.CONTENT_TYPE, paper, name, "docx")


def _xlsx(paper, *, name=""):
    return _download(xlsx.write_workbook(paper), xlsx.CONTENT_TYPE, paper, name, "xlsx")


def _download(content, content_type, paper, name, suffix):
    filename = "-".join(filter(None, [name, paper.title])) + f".{suffix}"
    return HttpResponse(
        content,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": content_disposition_header(True, filename),
            "Cache-Control": "private, no-store",
        },
    )
