import datetime as dt

import pytest

from accounts.models import Role
from contests import clock
from outreach.models import Activity
from outreach.services import (
    confirm_activity,
    mark_held,
    set_activity,
    unconfirm_activity,
    unmark_held,
)
from outreach.services.activities import (
    AlreadyConfirmed,
    ForeignStation,
    NoSuchActivity,
    NotAccepted,
    NotYetBegun,
    StationTaken,
    TimesReversed,
)
from outreach.services.deciding import NotAnOrganiser
from outreach.states import ActivityState, RecommendationState
from tests.factories.accounts import make_worker
from tests.factories.outreach import (
    BEFORE_DUE,
    district_of,
    make_activity,
    make_contest,
    make_organiser,
    make_table,
)

pytestmark = pytest.mark.django_db
STARTS = clock.start_of(dt.date(2023, 5, 27)) + dt.timedelta(hours=14)
ENDS = STARTS + dt.timedelta(hours=2)


@pytest.fixture
def table():
    return make_table(district_of(make_contest()), state=RecommendationState.ACCEPTED)


@pytest.fixture
def organiser(table):
    return make_organiser(table.contest)


def planned(table, *, by, **fields):
    plan = {
        "district": table.district,
        "position": 1,
        "station": table.stations.first(),
        "starts_at": STARTS,
        "ends_at": ENDS,
        "title": "教你拍",
    }
    return set_activity(by=by, at=BEFORE_DUE, **(plan | fields))


# --- Set ---------------------------------------------------------------------
def test_an_organiser_plans_an_activity_at_a_recommended_station(table, organiser):
    station = table.stations.last()

    planned(table, by=organiser, position=2, station=station)

    activity = Activity.objects.get()
    assert (
        activity.contest,
        activity.district,
        activity.position,
        activity.state,
        activity.station,
        activity.title,
        activity.starts_at,
        activity.ends_at,
    ) == (
        table.contest,
        table.district,
        2,
        ActivityState.PENDING,
        station,
        "教你拍",
        STARTS,
        ENDS,
    )


def test_a_plan_is_changed_until_it_is_confirmed(table, organiser):
    planned(table, by=organiser)

    planned(table, by=organiser, title="大家拍")

    assert Activity.objects.get().title == "大家拍"


@pytest.mark.parametrize("state", [ActivityState.CONFIRMED, ActivityState.HELD])
def test_a_confirmed_activity_is_not_planned_anew(table, organiser, state):
    activity = make_activity(table.stations.first(), state=state)

    with pytest.raises(AlreadyConfirmed) as refusal:
        planned(table, by=organiser, title="大家拍")

    activity.refresh_from_db()
    assert refusal.value.code == "already_confirmed"
    assert activity.title == "手机拍摄入门课1"


def test_a_station_of_another_district_is_refused(table, organiser):
    other = make_table(district_of(table.contest, "xihu"))

    with pytest.raises(ForeignStation) as refusal:
        planned(table, by=organiser, station=other.stations.first())

    assert refusal.value.code == "station_of_another_district"
    assert not Activity.objects.exists()


@pytest.mark.parametrize("position", [0, 4])
def test_a_district_has_as_many_activities_as_the_rule_book_says(
    table, organiser, position
):
    with pytest.raises(NoSuchActivity) as refusal:
        planned(table, by=organiser, position=position)

    assert refusal.value.code == "no_such_activity"


def test_an_activity_ends_after_it_begins(table, organiser):
    with pytest.raises(TimesReversed) as refusal:
        planned(table, by=organiser, ends_at=STARTS)

    assert refusal.value.code == "ends_before_it_starts"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.REVIEWER])
def test_only_organisers_plan(table, role):
    with pytest.raises(NotAnOrganiser):
        planned(table, by=make_worker(table.contest, role))


# --- Confirm -----------------------------------------------------------------
def test_confirming_is_remembered_with_who_and_when(table, organiser):
    activity = make_activity(table.stations.first(), state=ActivityState.PENDING)

    confirm_activity(activity=activity, by=organiser, at=BEFORE_DUE)

    activity.refresh_from_db()
    event = activity.events.get()
    assert activity.state == ActivityState.CONFIRMED
    assert (event.from_state, event.to_state, event.actor_id, event.at) == (
        ActivityState.PENDING,
        ActivityState.CONFIRMED,
        organiser.pk,
        BEFORE_DUE,
    )


@pytest.mark.parametrize(
    "state", [each for each in RecommendationState if each != "accepted"]
)
def test_nothing_is_confirmed_before_the_table_is_accepted(state):
    table = make_table(district_of(make_contest()), state=state)
    activity = make_activity(table.stations.first(), state=ActivityState.PENDING)
    organiser = make_organiser(table.contest)

    with pytest.raises(NotAccepted) as refusal:
        confirm_activity(activity=activity, by=organiser, at=BEFORE_DUE)

    assert refusal.value.code == "recommendation_not_accepted"


@pytest.mark.parametrize(
    ("hour", "is_taken"),
    [(11, False), (12, False), (13, True), (15, True), (16, False)],
)
def test_a_station_has_one_activity_at_a_time(table, organiser, hour, is_taken):
    station, day = table.stations.first(), dt.date(2023, 5, 27)
    make_activity(station, position=1, on=day, hour=14)
    activity = make_activity(
        station, position=2, on=day, hour=hour, state=ActivityState.PENDING
    )

    if is_taken:
        with pytest.raises(StationTaken):
            confirm_activity(activity=activity, by=organiser, at=BEFORE_DUE)
    else:
        confirm_activity(activity=activity, by=organiser, at=BEFORE_DUE)

    activity.refresh_from_db()
    wanted = ActivityState.PENDING if is_taken else ActivityState.CONFIRMED
    assert activity.state == wanted


def test_a_mere_plan_does_not_take_the_station(table, organiser):
    station, day = table.stations.first(), dt.date(2023, 5, 27)
    make_activity(station, position=1, on=day, state=ActivityState.PENDING)
    activity = make_activity(station, position=2, on=day, state=ActivityState.PENDING)

    confirm_activity(activity=activity, by=organiser, at=BEFORE_DUE)

    activity.refresh_from_db()
    assert activity.state == ActivityState.CONFIRMED


def test_a_confirmation_is_taken_back_with_its_reason(table, organiser):
    activity = make_activity(table.stations.first())

    unconfirm_activity(activity=activity, by=organiser, at=BEFORE_DUE, reason="停电")

    activity.refresh_from_db()
    assert activity.state == ActivityState.PENDING
    assert activity.events.get().reason == "停电"


# --- Held --------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "has_begun"), [(-1, False), (0, True), (1, True)])
def test_an_activity_is_held_once_it_has_begun(table, organiser, seconds, has_begun):
    activity = make_activity(table.stations.first())
    at = activity.starts_at + dt.timedelta(seconds=seconds)

    if has_begun:
        mark_held(activity=activity, by=organiser, at=at)
    else:
        with pytest.raises(NotYetBegun):
            mark_held(activity=activity, by=organiser, at=at)

    activity.refresh_from_db()
    assert activity.state == (
        ActivityState.HELD if has_begun else ActivityState.CONFIRMED
    )


def test_a_mistaken_mark_is_taken_back(table, organiser):
    activity = make_activity(table.stations.first(), state=ActivityState.HELD)

    unmark_held(activity=activity, by=organiser, at=ENDS)

    activity.refresh_from_db()
    assert activity.state == ActivityState.CONFIRMED


@pytest.mark.parametrize(
    "verb", [confirm_activity, unconfirm_activity, mark_held, unmark_held]
)
def test_only_organisers_move_an_activity(table, verb):
    activity = make_activity(table.stations.first())
    supervisor = make_worker(table.contest, Role.SUPERVISOR)

    with pytest.raises(NotAnOrganiser):
        verb(activity=activity, by=supervisor, at=ENDS)
