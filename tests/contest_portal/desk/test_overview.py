"""The organiser's overview."""

import datetime as dt

import pytest

from accounts.models import Role
from contest_portal.desk.overview import Overview
from contest_portal.desk.weekly import weekly_chart
from contests import clock
from submissions.models import Inspection
from submissions.states import InspectionState, State
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.contests import make_shipped_contest
from tests.factories.outreach import make_activity, make_table
from tests.factories.submissions import (
    COLLECTING,
    COLLECTION_DAY,
    make_contest,
    make_handed_in,
)

pytestmark = pytest.mark.django_db

LATER = COLLECTING + dt.timedelta(days=3)
OVERDUE = COLLECTING + dt.timedelta(days=5)  # a Tuesday: two working days are over


@pytest.fixture
def contest():
    return make_contest()


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.SUPERVISOR])
def test_those_who_run_the_contest_see_it(client, contest, role):
    client.force_login(make_worker(contest, role))

    assert client.get("/organiser/").status_code == 200


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.JUDGE])
def test_it_does_not_exist_for_other_roles(client, contest, role):
    client.force_login(make_worker(contest, role))

    assert client.get("/organiser/").status_code == 404


def test_it_does_not_exist_for_citizens(client, contest):
    client.force_login(CitizenFactory())

    assert client.get("/organiser/").status_code == 404


def test_strangers_are_asked_to_sign_in(client, contest):
    assert client.get("/organiser/").url.startswith("/accounts/")


def test_the_shipped_contest_has_a_board_of_activities(client):
    contest = make_shipped_contest()
    client.force_login(make_worker(contest, Role.ORGANISER))

    html = client.get("/organiser/").content.decode()

    assert [d.name for d in contest.rulebook.districts if d.name not in html] == []


def test_the_numbers_tell_what_came_and_what_waits(contest):
    make_handed_in(contest, submitted_at=COLLECTING)
    make_handed_in(contest, submitted_at=LATER, state=State.ACCEPTED)

    kpis = Overview(contest, at=OVERDUE).kpis

    assert [(kpi.value, kpi.tone) for kpi in kpis] == [(2, "he"), (1, "ri"), ("–", "")]


def test_works_that_wait_too_long_are_to_be_done(contest):
    make_handed_in(contest, submitted_at=COLLECTING)

    to_dos = Overview(contest, at=OVERDUE).to_dos

    assert [to_do.url for to_do in to_dos] == ["/screening/overdue/"]


def test_works_that_wait_a_day_are_not_urgent(contest):
    make_handed_in(contest, submitted_at=COLLECTING)

    assert Overview(contest, at=COLLECTING + dt.timedelta(days=1)).to_dos == []


def test_our_own_failures_are_to_be_done(contest):
    work = make_handed_in(contest, state=State.ACCEPTED)
    Inspection.objects.filter(media_file__submission=work).update(
        state=InspectionState.ERRORED
    )

    to_dos = Overview(contest, at=LATER).to_dos

    assert [to_do.icon for to_do in to_dos] == ["file-warning"]


def test_a_stage_that_is_over_wants_a_round(contest):
    make_handed_in(contest, state=State.ACCEPTED)

    to_dos = Overview(contest, at=clock.start_of(dt.date(2031, 12, 1))).to_dos

    assert [to_do.url for to_do in to_dos] == ["/rounds/"]


def test_works_are_counted_by_unit_and_track(contest):
    street = contest.units.get(key="street")
    students = contest.tracks.get(key="students")
    make_handed_in(contest)
    make_handed_in(contest, unit=street, track=students)
    make_handed_in(contest, unit=street, track=students)

    page = Overview(contest, at=LATER)

    cells = [[(c.count, c.level) for c in row.cells] for row in page.matrix]
    assert cells == [[(1, 2), (0, 0)], [(0, 0), (2, 4)]]
    assert [(row.name, row.total) for row in page.matrix] == [
        ("River", 1),
        ("Street", 2),
    ]
    assert (page.matrix_totals, page.total) == ([1, 2], 3)


def test_the_chart_counts_each_week_by_unit(contest):
    street = contest.units.get(key="street")
    make_handed_in(contest)
    make_handed_in(contest, unit=street, submitted_at=LATER + dt.timedelta(days=7))

    chart = weekly_chart(contest, today=COLLECTION_DAY + dt.timedelta(days=14))

    assert [week.counts for week in chart.weeks if week.total] == [[1, 0], [0, 1]]
    assert [band.name for band in chart.bands] == ["River", "Street"]
    assert chart.last == 0


def test_the_chart_of_an_empty_contest_is_flat(contest):
    chart = weekly_chart(contest, today=contest.starts_on)

    assert [week.counts for week in chart.weeks] == [[0, 0]]
    assert chart.last_y == 200


def test_names_beside_the_chart_stay_apart(contest):
    chart = weekly_chart(contest, today=COLLECTION_DAY)

    lower, upper = (band.label_y for band in chart.bands)
    assert lower - upper == 18


def test_the_page_costs_the_same_queries_for_one_work_and_for_many(
    client, contest, django_assert_max_num_queries
):
    client.force_login(make_worker(contest, Role.ORGANISER))
    for _work in range(3):
        make_handed_in(contest, submitted_at=COLLECTING)

        with django_assert_max_num_queries(26):
            client.get("/organiser/")


def test_the_chart_marks_the_countdown_days_that_have_passed():
    contest = make_shipped_contest()

    def marked(today):
        return [node.label for node in weekly_chart(contest, today=today).nodes]

    assert marked(dt.date(2023, 6, 14)) == []
    assert marked(dt.date(2023, 9, 23)) == [
        "倒计时 100 天",
        "倒计时 50 天",
        "倒计时 30 天",
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2023, 9, 22), ""),
        (dt.date(2023, 9, 23), "开幕式"),
        (dt.date(2023, 8, 24), "倒计时 30 天"),
    ],
)
def test_a_day_of_publication_is_called_by_its_name(day, name):
    page = Overview(make_shipped_contest(), at=clock.start_of(day))

    assert page.node_today == name


def test_the_activity_to_set_next_is_offered_with_its_stations():
    contest = make_shipped_contest()
    _may, june, _july = (
        make_table(contest.districts.get(key=key))
        for key in ("shangcheng", "binjiang", "yuhang")
    )
    make_activity(june.stations.first(), position=1, on=dt.date(2023, 6, 20))

    page = Overview(contest, at=clock.start_of(dt.date(2023, 6, 1)))

    assert (page.next_to_set.district, page.next_to_set.position) == (june.district, 2)
    assert [len(card.others) for card in page.next_to_set.cards] == [1, 0, 0]


def test_without_any_station_nothing_is_offered_to_set():
    page = Overview(make_shipped_contest(), at=clock.start_of(dt.date(2023, 5, 20)))

    assert page.next_to_set is None


def test_only_who_organises_is_offered_to_set_an_activity(client, settings):
    settings.DEMO_TODAY = dt.date(2023, 5, 20)
    contest = make_shipped_contest()
    table = make_table(contest.districts.get(key="shangcheng"))
    link = f"?station={table.stations.first().pk}"

    def sees_link(role):
        client.force_login(make_worker(contest, role))
        return link in client.get("/organiser/").content.decode()

    assert (sees_link(Role.ORGANISER), sees_link(Role.SUPERVISOR)) == (True, False)
