"""The home page: the first view, the river, the units, works and activities."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contest_portal.desk import river
from contest_portal.desk.context import site_of
from contests import clock
from contests.models import Contest
from contests.pictures import PictureSource, sources_of
from judging.models import Candidate
from judging.states import RoundState
from outreach.queries import next_activities
from submissions.models import Submission
from submissions.queries import gallery
from submissions.tiles import Tile, tiles_of

SEALS = "壹贰叁肆伍陆柒捌"
WORKS_SHOWN = 6
ACTIVITIES_SHOWN = 3


@dataclass(frozen=True)
class UnitScroll:
    key: str
    name: str
    short_name: str
    summary: str
    seal: str
    count: int
    sources: list[PictureSource]


@dataclass(frozen=True)
class Chip:
    label: str
    query: str
    is_current: bool
    count: int | None = None


class Home:
    """What the page shows; each part is read when the template asks for it."""

    def __init__(self, contest: Contest, *, at, category="", selected=False):
        self.contest = contest
        self.book = contest.rulebook
        self.at = at
        self.category = category
        self.selected = selected

    @property
    def countdown(self):
        return river.countdown(self.book, at=self.at)

    @cached_property
    def stages(self):
        return river.points(self.book, today=self.at.date())

    @property
    def course(self):
        return river.course(self.stages)

    @property
    def wide_picture(self) -> list[PictureSource]:
        return sources_of(self.book, self.book.home_pictures.get("wide", ""))

    @property
    def narrow_picture(self) -> list[PictureSource]:
        return sources_of(self.book, self.book.home_pictures.get("narrow", ""))

    @cached_property
    def units(self) -> list[UnitScroll]:
        counts = dict(
            Submission.objects.filter(contest=self.contest)
            .live()
            .values_list("unit__key")
            .annotate(Count("pk"))
        )
        return [
            UnitScroll(
                key=unit.key,
                name=unit.name,
                short_name=unit.short_name,
                summary=unit.summary,
                seal=SEALS[i],
                count=counts.get(unit.key, 0),
                sources=sources_of(self.book, unit.picture),
            )
            for i, unit in enumerate(self.book.units)
        ]

    @property
    def chips(self) -> list[Chip]:
        everything = not self.category and not self.selected
        total = Submission.objects.filter(contest=self.contest).public().count()
        categories = [
            Chip(c.name, f"?category={c.key}", self.category == c.key)
            for c in self.book.categories
        ]
        return [
            Chip(_("All"), "?", everything, total),
            Chip(_("Selected works"), "?selected=1", self.selected),
            *categories,
        ]

    @cached_property
    def tiles(self) -> list[Tile]:
        works = gallery(self.contest, {"category": self.category})
        if self.selected:
            works = works.filter(
                candidates__in=Candidate.objects.selected().filter(
                    round__state=RoundState.PUBLISHED
                )
            ).distinct()
        return tiles_of(works[:WORKS_SHOWN])

    @cached_property
    def activities(self):
        return next_activities(self.contest, at=self.at, limit=ACTIVITIES_SHOWN)

    @property
    def outreach_words(self) -> str:
        return _(
            "Come and sit down at a station near you: see what others have filmed, "
            "learn to film with your phone, and tell us whose story is worth it."
        )

    @property
    def activity_total(self) -> int:
        return sum(district.activity_count for district in self.book.districts)


@require_safe
def home(request):
    site = site_of(request)
    if site.book is None:
        return render(request, "desk/no_contest.html")
    page = Home(
        site.contest,
        at=clock.now(),
        category=request.GET.get("category", ""),
        selected=request.GET.get("selected") == "1",
    )
    part = request.htmx and not request.htmx.history_restore_request
    response = render(
        request, "desk/_works.html" if part else "home.html", {"page": page}
    )
    patch_vary_headers(response, ["HX-Request"])
    return response
