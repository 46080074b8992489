import datetime as dt

import pytest
from django.utils import translation

from contests import clock
from outreach.models import Recommendation
from outreach.remarks import Code
from outreach.services import begin_recommendation, hand_in, save_draft
from outreach.services.filling import (
    Incomplete,
    NoOutreach,
    NotEditable,
    NotTheCentre,
    StationInUse,
    TooManyStations,
)
from outreach.states import RecommendationState
from tests.factories.judging import make_contest as make_contest_without_outreach
from tests.factories.judging import make_organisation
from tests.factories.outreach import (
    BEFORE_DUE,
    district_of,
    make_activity,
    make_centre,
    make_centre_worker,
    make_contest,
    make_officer,
    make_station,
    make_table,
    station_fields,
)

pytestmark = pytest.mark.django_db
LAST_MOMENT = clock.end_of(dt.date(2023, 5, 19)) - dt.timedelta(seconds=1)
TOO_LATE = clock.end_of(dt.date(2023, 5, 19))


@pytest.fixture
def district():
    return district_of(make_contest())


def saved(table, *, by, stations, at=BEFORE_DUE, **head):
    head = {"centre_name": table.centre_name, "helps_organise": True} | head
    return save_draft(recommendation=table, by=by, at=at, stations=stations, **head)


def worker_of(table):
    return make_centre_worker(table.organisation)


def rows_of(table):
    fields = list(station_fields())
    return [
        dict(zip(fields, row, strict=True))
        for row in table.stations.values_list(*fields)
    ]


# --- Begin -------------------------------------------------------------------
def test_a_centre_begins_the_table_of_its_district(district):
    centre = make_centre(district)
    worker = make_centre_worker(centre)

    table = begin_recommendation(organisation=centre, by=worker, at=BEFORE_DUE)

    assert (table.district, table.organisation, table.centre_name) == (
        district,
        centre,
        centre.name,
    )
    assert table.rulebook_version == district.contest.current_version
    assert table.state == RecommendationState.DRAFT


def test_a_table_begun_twice_is_one_table(district):
    centre = make_centre(district)
    worker = make_centre_worker(centre)
    first = begin_recommendation(organisation=centre, by=worker, at=BEFORE_DUE)

    second = begin_recommendation(organisation=centre, by=worker, at=BEFORE_DUE)

    assert second == first
    assert Recommendation.objects.count() == 1


def test_the_districts_office_cannot_begin_the_centres_table(district):
    centre = make_centre(district)

    with pytest.raises(NotTheCentre):
        begin_recommendation(
            organisation=centre, by=make_officer(district), at=BEFORE_DUE
        )


def test_a_contest_without_outreach_asks_for_no_table():
    contest = make_contest_without_outreach()
    body = make_organisation(contest)
    worker = make_centre_worker(body)

    with pytest.raises(NoOutreach):
        begin_recommendation(organisation=body, by=worker, at=BEFORE_DUE)


# --- Save --------------------------------------------------------------------
def test_a_draft_is_kept_however_incomplete(district):
    table = make_table(district, stations=0, stamped=False)

    saved(table, by=worker_of(table), stations=[{"name": "示例站"}, {}])

    assert list(table.stations.values_list("position", "name", "seats")) == [
        (1, "示例站", None),
        (2, "", None),
    ]


def test_saving_changes_known_rows_adds_new_ones_and_takes_out_the_rest(district):
    table = make_table(district, stations=2)
    first, second = table.stations.all()
    changed = {"pk": second.pk, **station_fields(2, seats=48)}
    added = station_fields(3)

    saved(table, by=worker_of(table), stations=[changed, added])

    assert rows_of(table) == [station_fields(2, seats=48), station_fields(3)]
    assert table.stations.first().pk == second.pk
    assert not table.stations.filter(pk=first.pk).exists()


def test_a_row_of_another_table_is_not_touched(district):
    table = make_table(district, stations=0)
    other = make_table(district_of(district.contest, "xihu"), stations=1)
    foreign = other.stations.get()

    saved(
        table, by=worker_of(table), stations=[{"pk": foreign.pk, **station_fields(7)}]
    )

    foreign.refresh_from_db()
    assert foreign.recommendation == other
    assert foreign.name == station_fields(1)["name"]
    assert rows_of(table) == [station_fields(7)]


def test_the_sixth_station_does_not_fit_and_nothing_is_lost(district):
    table = make_table(district, stations=5)
    before = rows_of(table)
    six = [station_fields(number) for number in range(1, 7)]

    with translation.override("en"), pytest.raises(TooManyStations) as refusal:
        saved(table, by=worker_of(table), stations=six)

    assert refusal.value.code == "too_many_stations"
    assert refusal.value.message == (
        "No more than 5 stations fit into the table. What you typed is still here; "
        "please take a row out before you add another."
    )
    assert rows_of(table) == before


def test_how_many_stations_fit_is_the_rule_books_to_say():
    district = district_of(make_contest(min_stations=1, max_stations=2))
    table = make_table(district, stations=0)
    worker = worker_of(table)

    saved(table, by=worker, stations=[station_fields(1), station_fields(2)])
    with pytest.raises(TooManyStations):
        saved(table, by=worker, stations=[station_fields(n) for n in (1, 2, 3)])

    assert table.stations.count() == 2


def test_a_station_with_an_activity_stays_in_the_table(district):
    table = make_table(district)
    make_activity(table.stations.first())

    with pytest.raises(StationInUse) as refusal:
        saved(table, by=worker_of(table), stations=[])

    assert refusal.value.code == "station_in_use"
    assert table.stations.count() == 3


def test_only_a_change_of_what_is_printed_outdates_the_stamped_copy(district):
    table = make_table(district, stations=1)
    worker = worker_of(table)
    pk = table.stations.get().pk
    later = BEFORE_DUE + dt.timedelta(hours=1)

    more_seats = {"pk": pk, **station_fields(1, seats=40)}
    after_seats = saved(table, by=worker, stations=[more_seats], at=later)
    elsewhere = {"pk": pk, **station_fields(1, address="示例巷 9 号")}
    after_address = saved(table, by=worker, stations=[elsewhere], at=later)

    assert not after_seats.scan_is_outdated
    assert after_address.scan_is_outdated


@pytest.mark.parametrize("state", RecommendationState)
def test_a_table_is_changed_only_before_it_is_handed_in_or_after_a_return(
    district, state
):
    table = make_table(district, state=state)
    worker = worker_of(table)
    is_open = state in {RecommendationState.DRAFT, RecommendationState.RETURNED}

    if is_open:
        saved(table, by=worker, stations=[station_fields(1)])
    else:
        with pytest.raises(NotEditable):
            saved(table, by=worker, stations=[station_fields(1)])

    assert table.stations.count() == (1 if is_open else 3)


def test_another_districts_centre_cannot_change_the_table(district):
    table = make_table(district)
    stranger = make_centre_worker(make_centre(district_of(district.contest, "xihu")))

    with pytest.raises(NotTheCentre):
        saved(table, by=stranger, stations=[])

    assert table.stations.count() == 3


# --- Hand in -----------------------------------------------------------------
def test_a_complete_stamped_table_is_handed_in(district):
    table = make_table(district)
    worker = worker_of(table)

    hand_in(recommendation=table, by=worker, at=BEFORE_DUE)

    table.refresh_from_db()
    event = table.events.get()
    assert (table.state, table.handed_in_at, table.is_late) == (
        RecommendationState.HANDED_IN,
        BEFORE_DUE,
        False,
    )
    assert (event.from_state, event.to_state, event.actor_id, event.at) == (
        RecommendationState.DRAFT,
        RecommendationState.HANDED_IN,
        worker.pk,
        BEFORE_DUE,
    )


@pytest.mark.parametrize(
    ("count", "code", "sentence"),
    [
        (
            2,
            "too_few_stations",
            "The table names 2 stations so far; 3 to 5 are needed. Please add more.",
        ),
        (
            6,
            "too_many_stations",
            "The table names 6 stations; no more than 5 fit in. Please take some out.",
        ),
    ],
)
def test_a_table_of_2_or_6_stations_is_not_handed_in(district, count, code, sentence):
    table = make_table(district, stations=count)

    with translation.override("en"), pytest.raises(Incomplete) as refusal:
        hand_in(recommendation=table, by=worker_of(table), at=BEFORE_DUE)

    table.refresh_from_db()
    assert (refusal.value.code, refusal.value.message) == (code, sentence)
    assert table.state == RecommendationState.DRAFT


@pytest.mark.parametrize("count", [3, 4, 5])
def test_a_table_of_3_to_5_stations_is_handed_in(district, count):
    table = make_table(district, stations=count)

    hand_in(recommendation=table, by=worker_of(table), at=BEFORE_DUE)

    table.refresh_from_db()
    assert table.state == RecommendationState.HANDED_IN


def test_a_table_without_its_stamped_copy_is_not_handed_in(district):
    table = make_table(district, stamped=False)

    with translation.override("en"), pytest.raises(Incomplete) as refusal:
        hand_in(recommendation=table, by=worker_of(table), at=BEFORE_DUE)

    assert refusal.value.code == "scan_missing"
    assert refusal.value.message == (
        "The stamped copy is missing. Please print the table, stamp it, "
        "and upload a scan or a photo."
    )


def test_a_refusal_names_every_error_by_its_code(district):
    table = make_table(district, stations=0, stamped=False)
    make_station(table, 1, has_sound=False, has_clue=None, clue="")

    with pytest.raises(Incomplete) as refusal:
        hand_in(recommendation=table, by=worker_of(table), at=BEFORE_DUE)

    assert list(refusal.value.fields) == [
        Code.TOO_FEW_STATIONS,
        Code.CLUE_MISSING,
        Code.EQUIPMENT_MISSING,
        Code.SCAN_MISSING,
    ]


@pytest.mark.parametrize(
    ("inclusive", "at", "late"),
    [
        (True, LAST_MOMENT, False),
        (True, TOO_LATE, True),
        (False, clock.start_of(dt.date(2023, 5, 19)), True),
        (False, clock.start_of(dt.date(2023, 5, 19)) - dt.timedelta(seconds=1), False),
    ],
)
def test_after_the_due_day_a_table_is_taken_and_marked_late(inclusive, at, late):
    table = make_table(district_of(make_contest(due_inclusive=inclusive)))

    handed_in = hand_in(recommendation=table, by=worker_of(table), at=at)

    assert handed_in.state == RecommendationState.HANDED_IN
    assert handed_in.is_late is late


@pytest.mark.parametrize("was_late", [False, True])
def test_a_corrected_table_keeps_the_mark_of_its_first_handing_in(district, was_late):
    table = make_table(district, state=RecommendationState.RETURNED, is_late=was_late)

    handed_in = hand_in(recommendation=table, by=worker_of(table), at=TOO_LATE)

    assert (handed_in.is_late, handed_in.handed_in_at) == (was_late, TOO_LATE)


def test_a_table_is_handed_in_by_its_own_centre_only(district):
    table = make_table(district)

    with pytest.raises(NotTheCentre):
        hand_in(recommendation=table, by=make_officer(district), at=BEFORE_DUE)


def test_a_table_is_not_handed_in_twice(district):
    table = make_table(district, state=RecommendationState.HANDED_IN)

    with pytest.raises(NotEditable):
        hand_in(recommendation=table, by=worker_of(table), at=BEFORE_DUE)


def test_handing_in_pins_the_rule_book_in_force(district):
    table = make_table(district)
    newer = make_contest(seats_about=40).current_version

    handed_in = hand_in(recommendation=table, by=worker_of(table), at=BEFORE_DUE)

    assert handed_in.rulebook_version == newer
