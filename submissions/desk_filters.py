"""Filters of the desk's lists: drop-down lists and chips, all in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from contests.models import Contest
from submissions.filters import ChipRow, chip_row
from submissions.models import Submission
from submissions.overviews.queue import NO_DISTRICT
from submissions.states import ScreeningLevel, State


@dataclass(frozen=True)
class Select:
    """A drop-down list of a filter form; "" stands for all."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Filters:
    chips: list[ChipRow]
    selects: list[Select]
    carried: list[tuple[str, str]]  # what the chips chose, kept by the form
    is_narrowed: bool


def desk_filters(contest: Contest, query: QueryDict) -> Filters:
    """Of the screening queue."""
    chips = [
        chip_row(_("Level"), "level", ScreeningLevel.choices, query),
        chip_row(
            _("Only"),
            "only",
            [
                ("for-me", _("I can decide")),
                ("overdue", _("Past due")),
                ("warnings", _("With findings")),
                ("claimed", _("Being looked at")),
            ],
            query,
        ),
    ]
    selects = part_selects(contest, query)
    return Filters(
        chips=chips,
        selects=selects,
        carried=[(name, query[name]) for name in ("level", "only") if query.get(name)],
        is_narrowed=any(select.chosen for select in selects)
        or bool(query.get("level") or query.get("only")),
    )


def statistics_filters(contest: Contest, query: QueryDict) -> Filters:
    """Of the figures: the parts of the contest and the state of the works."""
    states = [choice for choice in State.choices if choice[0] != State.DRAFT]
    selects = [
        *part_selects(contest, query),
        Select("state", _("State"), [("", _("All")), *states], query.get("state", "")),
    ]
    return Filters(
        chips=[],
        selects=selects,
        carried=[("by", value) for value in query.getlist("by")],
        is_narrowed=any(select.chosen for select in selects),
    )


def part_selects(contest: Contest, query: Mapping[str, str]) -> list[Select]:
    """Unit, track, category, channel and district; a list of one says nothing."""
    lists = {name: (label, choices) for name, label, choices in _parts(contest)}
    return [
        Select(name, label, [("", _("All")), *choices], query.get(name, ""))
        for name, (label, choices) in lists.items()
        if len(choices) > 1
    ]


def _parts(contest):
    book = contest.rulebook
    yield "unit", _("Unit"), [(unit.key, unit.short_name) for unit in book.units]
    yield "track", _("Track"), [(track.key, track.name) for track in book.tracks]
    yield "category", _("Category"), [(each.key, each.name) for each in book.categories]
    yield "channel", _("Way of handing in"), list(Submission.Channel.choices)
    districts = list(contest.districts.values_list("key", "name"))
    if districts:
        yield "district", _("District"), [*districts, (NO_DISTRICT, _("No district"))]
