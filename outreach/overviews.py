"""What the organisers' pages show: all districts, one table, one activity."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contests import clock
from contests.models import Contest, District
from contests.rulebook import Outreach
from outreach.forms import ActivityForm, ReturnForm, plan_of
from outreach.models import Activity, Recommendation, Station
from outreach.papers import clue_label, wished_time
from outreach.permissions import can_fill, can_organise
from outreach.queries import (
    OPEN,
    BoardMonth,
    Dot,
    districts_with_tables,
    dots_of,
)
from outreach.remarks import (
    Remark,
    remarks_on,
    remarks_on_activity,
    stations_without_activity,
)
from outreach.services.filling import due_at
from outreach.states import ActivityState, RecommendationState

NOT_BEGUN = "none"  # of a district that has no table yet


@dataclass(frozen=True)
class DistrictRow:
    district: District
    table: Recommendation | None
    stations: list[Station]
    dots: list[Dot]
    is_overdue: bool

    @property
    def state(self) -> str:
        return self.table.state if self.table else NOT_BEGUN

    @property
    def fixed(self) -> int:
        return sum(dot.state != OPEN for dot in self.dots)


class DistrictList:
    """The districts of a contest for one reader, one state of table or all."""

    def __init__(self, contest: Contest, *, user, state: str):
        self.contest = contest
        self.state = state
        self.rules = contest.rulebook.outreach
        self._user = user

    @cached_property
    def all_rows(self) -> list[DistrictRow]:
        is_past_due = clock.now() >= due_at(self.rules)
        return [
            _district_row(district, is_past_due)
            for district in districts_with_tables(self.contest, user=self._user)
        ]

    @property
    def rows(self) -> list[DistrictRow]:
        return [row for row in self.all_rows if self.state in ("", row.state)]

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """Key, words and number of districts, of every state that occurs."""
        labels = [*RecommendationState.choices, (NOT_BEGUN, _("Not begun"))]
        counted = [
            (key, label, sum(row.state == key for row in self.all_rows))
            for key, label in labels
        ]
        return [entry for entry in counted if entry[2]]

    @property
    def station_total(self) -> int:
        return sum(len(row.stations) for row in self.rows)

    @property
    def activity_total(self) -> int:
        return sum(len(row.dots) for row in self.rows)

    @property
    def fixed_total(self) -> int:
        return sum(row.fixed for row in self.rows)

    @property
    def may_plan(self) -> bool:
        return can_organise(self._user, self.contest)


def _district_row(district, is_past_due):
    table = getattr(district, "recommendation", None)
    return DistrictRow(
        district=district,
        table=table,
        stations=list(table.stations.all()) if table else [],
        dots=dots_of(district),
        is_overdue=is_past_due and (table is None or table.handed_in_at is None),
    )


@dataclass(frozen=True)
class Condition:
    """What the notice asks of a room, and whether this one has it."""

    label: str
    is_met: bool
    tone: str


@dataclass(frozen=True)
class StationCard:
    """A station with its conditions, and what is to be said about it."""

    station: Station
    rules: Outreach
    remarks: Sequence[Remark] = ()
    others: Sequence[Activity] = ()  # activities planned there already

    @property
    def wished(self) -> str:
        return wished_time(self.station)

    @property
    def clue_word(self) -> str:
        return clue_label(self.station, self.rules)

    @property
    def conditions(self) -> list[Condition]:
        return [
            _seats_condition(self.station.seats, self.rules),
            *(
                _equipment_condition(each.name, self.station.has(each.key))
                for each in self.rules.equipment
            ),
        ]

    @property
    def is_fit(self) -> bool:
        """Whether every condition is met."""
        return all(condition.is_met for condition in self.conditions)


def _seats_condition(seats, rules):
    if seats is None:
        return Condition(_("Seats not known"), False, "gui")
    label = ngettext("%(count)d seat", "%(count)d seats", seats) % {"count": seats}
    if seats >= rules.seats_warn_below:
        return Condition(label, True, "he")
    is_strong = seats < rules.seats_warn_strongly_below
    return Condition(label, False, "ri" if is_strong else "gui")


def _equipment_condition(name, is_there):
    if is_there:
        return Condition(name, True, "he")
    return Condition(_("No %(equipment)s") % {"equipment": name}, False, "ri")


class TableOverview:
    """One district's table for one reader, with its activities and its history."""

    def __init__(self, table: Recommendation, *, user):
        self.table = table
        self.district = table.district
        self.rules = table.rules
        self._user = user

    @cached_property
    def stations(self) -> list[Station]:
        return list(self.table.stations.all())

    @cached_property
    def remarks(self) -> list[Remark]:
        return remarks_on(self.table)

    @property
    def remarks_on_whole(self) -> list[Remark]:
        return [remark for remark in self.remarks if not remark.station]

    @property
    def cards(self) -> list[StationCard]:
        return [
            StationCard(
                station,
                self.rules,
                remarks=[
                    remark
                    for remark in self.remarks
                    if remark.station == station.position
                ],
            )
            for station in self.stations
        ]

    @property
    def columns(self) -> list[str]:
        return self.rules.recommendation_columns

    @cached_property
    def may_decide(self) -> bool:
        return can_organise(self._user, self.table.contest)

    @property
    def may_fill(self) -> bool:
        return can_fill(self._user, self.table)

    @property
    def awaits_decision(self) -> bool:
        return self.table.state == RecommendationState.HANDED_IN

    @property
    def may_return(self) -> bool:
        return self.may_decide and self.table.state in {
            RecommendationState.HANDED_IN,
            RecommendationState.ACCEPTED,
        }

    @property
    def return_form(self) -> ReturnForm:
        return ReturnForm()

    @property
    def history(self):
        return self.table.events.all()

    @cached_property
    def dots(self) -> list[Dot]:
        prefetch_related_objects([self.district], "activities__station")
        return dots_of(self.district)

    @property
    def idle_stations(self) -> list[Remark]:
        planned = [dot.activity for dot in self.dots if dot.activity]
        return stations_without_activity(
            self.stations, planned, wanted=self.district.activity_count
        )


class ActivityPlan:
    """One of a district's activities: its plan, what to look at, the stations."""

    def __init__(self, district: District, position: int, *, user):
        self.district = district
        self.position = position
        self.contest = district.contest
        self.rules = self.contest.rulebook.outreach
        self._user = user

    @property
    def url(self) -> str:
        return reverse("outreach:plan", args=[self.district.pk, self.position])

    @cached_property
    def may_plan(self) -> bool:
        return can_organise(self._user, self.contest)

    @cached_property
    def table(self) -> Recommendation | None:
        return Recommendation.objects.filter(district=self.district).first()

    @cached_property
    def activity(self) -> Activity | None:
        return (
            Activity.objects.filter(district=self.district, position=self.position)
            .select_related("station", "district")
            .first()
        )

    @property
    def is_open(self) -> bool:
        return self.activity is None or self.activity.state == ActivityState.PENDING

    @property
    def can_be_held(self) -> bool:
        return (
            self.activity is not None
            and self.activity.state == ActivityState.CONFIRMED
            and self.activity.starts_at <= clock.now()
        )

    @cached_property
    def cards(self) -> list[StationCard]:
        """The district's stations, each with the other activities planned there."""
        if self.table is None:
            return []
        return [
            StationCard(
                station,
                self.rules,
                others=[
                    other
                    for other in station.activities.all()
                    if other.position != self.position
                ],
            )
            for station in self.table.stations.prefetch_related("activities")
        ]

    def form(self, data=None, *, station_pk: str = "") -> ActivityForm:
        """As planned, else with the station asked for, else with the first free one."""
        asked_for = (
            card.station for card in self.cards if str(card.station.pk) == station_pk
        )
        station = next(asked_for, self._first_free_station)
        return ActivityForm(
            data,
            district=self.district,
            rules=self.rules,
            initial=plan_of(self.activity, station),
        )

    @property
    def _first_free_station(self) -> Station | None:
        return next((card.station for card in self.cards if not card.others), None)

    @property
    def remarks(self) -> list[Remark]:
        if self.activity is None:
            return []
        return remarks_on_activity(self.activity, self.contest.rulebook)

    @property
    def history(self):
        return self.activity.events.all() if self.activity else []

    @property
    def siblings(self) -> list[Dot]:
        return dots_of(self.district)


def next_to_set(
    contest: Contest, board: list[BoardMonth], *, month: int, user
) -> ActivityPlan | None:
    """The first activity without a date, from this month on, that has stations."""
    with_stations = set(
        Station.objects.filter(recommendation__contest=contest).values_list(
            "recommendation__district", flat=True
        )
    )
    rows = (row for each in board if each.month >= month for row in each.districts)
    for row in rows:
        dot = next((dot for dot in row.dots if dot.state == OPEN), None)
        if dot and row.district.pk in with_stations:
            return ActivityPlan(row.district, dot.position, user=user)
    return None
