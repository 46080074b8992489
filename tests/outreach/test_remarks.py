import datetime as dt

import pytest

from outreach.remarks import (
    Code,
    errors_of,
    remarks_on,
    remarks_on_activity,
    stations_without_activity,
)
from tests.factories.outreach import (
    BEFORE_DUE,
    district_of,
    make_activity,
    make_contest,
    make_station,
    make_table,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def district():
    return district_of(make_contest())


def codes_of(remarks):
    return [(remark.code, remark.station) for remark in remarks]


def with_odd_station(district, **fields):
    """Two complete stations and one that is as the test says."""
    table = make_table(district, stations=2)
    make_station(table, 3, **fields)
    return table


def test_a_complete_table_has_nothing_to_say(district):
    assert remarks_on(make_table(district)) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, Code.NAME_MISSING),
        ({"address": ""}, Code.ADDRESS_MISSING),
        ({"wished_on": None}, Code.WISHED_TIME_MISSING),
        ({"wished_from": None}, Code.WISHED_TIME_MISSING),
        ({"contact_name": ""}, Code.CONTACT_MISSING),
        ({"contact_phone": ""}, Code.CONTACT_MISSING),
        ({"has_clue": None, "clue": ""}, Code.CLUE_MISSING),
        ({"has_clue": True, "clue": ""}, Code.CLUE_MISSING),
        ({"seats": None}, Code.SEATS_MISSING),
        ({"has_projector": False}, Code.EQUIPMENT_MISSING),
        ({"has_microphone": False}, Code.EQUIPMENT_MISSING),
        ({"has_sound": False}, Code.EQUIPMENT_MISSING),
    ],
)
def test_what_a_row_lacks_is_an_error_of_that_row(district, fields, code):
    table = with_odd_station(district, **fields)

    assert codes_of(errors_of(table)) == [(code, 3)]


def test_no_clue_needs_no_words(district):
    assert remarks_on(with_odd_station(district, has_clue=False, clue="")) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"centre_name": ""}, Code.CENTRE_NAME_MISSING),
        ({"helps_organise": False}, Code.HELP_NOT_PROMISED),
        ({"stamped": False}, Code.SCAN_MISSING),
    ],
)
def test_what_the_head_and_the_foot_lack_is_an_error(district, fields, code):
    assert codes_of(errors_of(make_table(district, **fields))) == [(code, 0)]


@pytest.mark.parametrize(
    ("seats", "codes"),
    [
        (30, []),
        (28, []),
        (25, []),
        (24, [(Code.FEW_SEATS, 3)]),
        (20, [(Code.FEW_SEATS, 3)]),
        (19, [(Code.VERY_FEW_SEATS, 3)]),
    ],
)
def test_a_small_room_is_a_warning_and_never_an_error(district, seats, codes):
    table = with_odd_station(district, seats=seats)

    assert codes_of(remarks_on(table)) == codes
    assert errors_of(table) == []


def test_the_limits_of_a_room_are_the_rule_books(district):
    table = make_table(
        district_of(make_contest(seats_warn_below=31, seats_about=40), "xihu")
    )

    assert {remark.code for remark in remarks_on(table)} == {Code.FEW_SEATS}


def test_equipment_that_the_rule_book_does_not_ask_for_may_be_missing():
    contest = make_contest(equipment=[{"key": "projector", "name": "投影"}])
    table = with_odd_station(
        district_of(contest), has_microphone=False, has_sound=False
    )

    assert remarks_on(table) == []


@pytest.mark.parametrize(
    ("day", "is_outside"),
    [
        (dt.date(2023, 4, 30), True),
        (dt.date(2023, 5, 1), False),
        (dt.date(2023, 5, 31), False),
        (dt.date(2023, 6, 1), True),
        (dt.date(2024, 5, 10), True),
    ],
)
def test_a_day_outside_the_districts_month_is_a_warning(district, day, is_outside):
    table = with_odd_station(district, wished_on=day)

    assert codes_of(remarks_on(table)) == ([(Code.OUTSIDE_MONTH, 3)] * is_outside)
    assert errors_of(table) == []


def test_two_stations_at_the_same_time_are_a_warning(district):
    table = with_odd_station(district, wished_on=dt.date(2023, 5, 20))

    (remark,) = remarks_on(table)

    assert (remark.code, remark.station, remark.is_error) == (Code.SAME_TIME, 3, False)
    assert remark.message.startswith("Stations 1 and 3 ask for the same time.")


def test_a_stamped_copy_older_than_the_rows_is_a_warning(district):
    table = make_table(district, rows_changed_at=BEFORE_DUE + dt.timedelta(minutes=1))

    assert codes_of(remarks_on(table)) == [(Code.SCAN_OUTDATED, 0)]
    assert errors_of(table) == []


def test_a_remark_quotes_the_clause_it_rests_on(district):
    table = make_table(district, stations=2)

    (remark,) = remarks_on(table)

    assert remark.clause.rule == "115"
    assert remark.clause.text == (
        "各区、县（市）新时代文明实践中心需推荐 3-5 个社区（村）新时代文明实践站；"
    )


# --- Activities --------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "codes"),
    [(dt.date(2023, 5, 31), []), (dt.date(2023, 6, 1), [(Code.OUTSIDE_MONTH, 0)])],
)
def test_an_activity_outside_the_month_is_a_warning(district, day, codes):
    activity = make_activity(make_table(district).stations.first(), on=day)

    remarks = remarks_on_activity(activity, district.contest.rulebook)

    assert codes_of(remarks) == codes
    assert not any(remark.is_error for remark in remarks)


def test_two_activities_at_one_station_at_one_time_are_shown(district):
    station, other, _third = make_table(district).stations.all()
    day = dt.date(2023, 5, 20)
    activity = make_activity(station, position=1, on=day)
    make_activity(station, position=2, on=day, hour=15)
    make_activity(other, position=3, on=day)

    (remark,) = remarks_on_activity(activity, district.contest.rulebook)

    assert (remark.code, remark.message) == (
        Code.STATION_TAKEN,
        "At this time the station also has: 手机拍摄入门课2 (no. 2).",
    )


def test_a_station_left_without_activity_is_told_once_all_are_set(district):
    table = make_table(district, stations=4)
    stations = list(table.stations.all())
    two = [make_activity(stations[0], position=n) for n in (1, 2)]
    three = [*two, make_activity(stations[1], position=3)]

    assert stations_without_activity(stations, two, wanted=3) == []
    assert codes_of(stations_without_activity(stations, three, wanted=3)) == [
        (Code.STATION_WITHOUT_ACTIVITY, 3),
        (Code.STATION_WITHOUT_ACTIVITY, 4),
    ]
