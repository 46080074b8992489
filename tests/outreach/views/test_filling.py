import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from outreach.models import Recommendation
from outreach.states import RecommendationState
from tests.factories.judging import make_contest as make_contest_without_outreach
from tests.factories.judging import make_organisation
from tests.factories.outreach import (
    PDF,
    district_of,
    make_centre,
    make_centre_worker,
    make_contest,
    make_organiser,
    make_stranger,
    make_table,
    station_fields,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("outreach:recommendation")


@pytest.fixture(autouse=True)
def before_the_due_day(settings):
    settings.DEMO_TODAY = dt.date(2023, 5, 15)


@pytest.fixture
def district():
    return district_of(make_contest())


@pytest.fixture
def centre(district):
    return make_centre(district)


@pytest.fixture
def worker(centre, client):
    """Signed in."""
    worker = make_centre_worker(centre)
    client.force_login(worker)
    return worker


def typed(*rows, **head):
    """What a browser sends for the whole form."""
    sent = {
        "centre_name": "示例实践中心",
        "helps_organise": "on",
        "stations-TOTAL_FORMS": len(rows),
        "stations-INITIAL_FORMS": 0,
    } | head
    for index, row in enumerate(rows):
        for name, value in row.items():
            if value not in (None, False, ""):
                sent[f"stations-{index}-{name}"] = _spelt(value)
    return sent


def _spelt(value):
    if value is True:
        return "on"
    return value.strftime("%H:%M") if isinstance(value, dt.time) else str(value)


def row(number=1, **fields):
    fields = station_fields(number, **fields)
    answers = {True: "yes", False: "no", None: ""}
    return fields | {"has_clue": answers[fields["has_clue"]]}


def names_in(table):
    return list(table.stations.values_list("name", flat=True))


# --- Look --------------------------------------------------------------------
def test_a_new_table_shows_as_many_rows_as_are_needed_and_stores_nothing(
    client, worker
):
    response = client.get(PAGE)

    assert response.status_code == 200
    assert len(response.context["page"].stations.forms) == 3
    assert response.context["page"].head["centre_name"].value() == (
        "上城区新时代文明实践中心"
    )
    assert not Recommendation.objects.exists()


def test_the_page_shows_what_was_saved(client, worker, district):
    make_table(district, stations=4)

    page = client.get(PAGE).context["page"]

    assert [form["name"].value() for form in page.stations] == [
        f"示例社区文明实践站{number}" for number in (1, 2, 3, 4)
    ]
    assert page.checklist.is_complete


@pytest.mark.parametrize(
    "state", [RecommendationState.HANDED_IN, RecommendationState.ACCEPTED]
)
def test_a_table_handed_in_is_only_shown(client, worker, district, state):
    table = make_table(district, state=state)

    response = client.get(PAGE)

    assert response.status_code == 302
    assert response.url == table.get_absolute_url()


def test_a_returned_table_says_why(client, worker, district):
    table = make_table(district, state=RecommendationState.RETURNED)
    table.events.create(
        at=table.created_at,
        from_state="handed_in",
        to_state="returned",
        reason="第 2 行电话少一位。",
    )

    assert "第 2 行电话少一位。" in client.get(PAGE).content.decode()


def test_after_the_due_day_the_page_says_so(client, worker, settings):
    settings.DEMO_TODAY = dt.date(2023, 5, 20)

    assert client.get(PAGE).context["page"].is_late


@pytest.mark.parametrize(
    "make", [make_stranger, lambda: make_organiser(make_contest())]
)
def test_who_is_of_no_centre_finds_no_table(client, make):
    client.force_login(make())

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed()).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client):
    response = client.get(PAGE)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_contest_without_outreach_has_no_such_page(client):
    body = make_organisation(make_contest_without_outreach())
    client.force_login(make_centre_worker(body))

    assert client.get(PAGE).status_code == 404


def test_who_acts_for_two_centres_chooses_by_address(client, worker, district):
    other = make_centre(district_of(district.contest, "xihu"))
    worker.memberships.create(
        contest=district.contest, role="practice_centre", organisation=other
    )

    page = client.get(PAGE, {"centre": other.key}).context["page"]

    assert page.centre == other
    assert client.get(PAGE, {"centre": "nobody"}).status_code == 404


def test_every_button_works_on_the_centre_that_was_chosen(client, worker, district):
    other = make_centre(district_of(district.contest, "xihu"))
    worker.memberships.create(
        contest=district.contest, role="practice_centre", organisation=other
    )

    response = client.post(
        reverse("outreach:save-and-upload"),
        typed(row(1), centre=other.key) | {"scan": SimpleUploadedFile("a.pdf", PDF)},
    )

    assert response.url == f"{PAGE}?centre={other.key}#stamp"
    assert Recommendation.objects.get().organisation == other


def test_a_centre_of_others_cannot_be_named_in_the_form(client, worker, district):
    other = make_centre(district_of(district.contest, "xihu"))

    assert client.post(PAGE, typed(row(1), centre=other.key)).status_code == 404
    assert not Recommendation.objects.exists()


def test_the_page_costs_the_same_for_1_and_3_stations(
    client, worker, district, queries_of
):
    table = make_table(district, stations=1)
    with_one = queries_of(lambda: client.get(PAGE))
    for number in (2, 3):
        table.stations.create(position=number)

    assert queries_of(lambda: client.get(PAGE)) == with_one


# --- Save --------------------------------------------------------------------
def test_a_draft_is_saved_with_fewer_than_the_needed_stations(client, worker):
    response = client.post(PAGE, typed(row(1), row(2)))

    table = Recommendation.objects.get()
    assert response.status_code == 302
    assert names_in(table) == ["示例社区文明实践站1", "示例社区文明实践站2"]
    checklist = client.get(PAGE).context["page"].checklist
    assert [item.state for item in checklist.items] == [
        "waiting",
        "passed",
        "passed",
        "passed",
        "waiting",
    ]


def test_rows_keep_every_field_as_typed(client, worker):
    client.post(PAGE, typed(row(1, seats=48, has_sound=False)))

    station = Recommendation.objects.get().stations.get()
    wanted = station_fields(1, seats=48, has_sound=False)
    assert {name: getattr(station, name) for name in wanted} == wanted


def test_a_row_is_added_by_its_button_and_what_was_typed_is_kept(client, worker):
    response = client.post(PAGE, typed(row(1)) | {"add": "1"})

    assert response.url == f"{PAGE}#station-2"
    assert names_in(Recommendation.objects.get()) == ["示例社区文明实践站1", ""]


def test_a_row_is_taken_out_by_its_button(client, worker):
    client.post(PAGE, typed(row(1), row(2), row(3)) | {"remove": "1"})

    assert names_in(Recommendation.objects.get()) == [
        "示例社区文明实践站1",
        "示例社区文明实践站3",
    ]


@pytest.mark.parametrize(
    "sent",
    [
        typed(*(row(number) for number in range(1, 7))),
        typed(*(row(number) for number in range(1, 6))) | {"add": "1"},
    ],
    ids=["six rows", "a sixth row"],
)
def test_the_sixth_row_is_refused_on_the_page_with_nothing_lost(
    client, worker, district, sent
):
    table = make_table(district, stations=1)

    response = client.post(PAGE, sent)

    page = response.context["page"]
    assert response.status_code == 200
    assert page.refusal.code == "too_many_stations"
    assert 'data-code="too_many_stations"' in response.content.decode()
    assert [form["name"].value() for form in page.stations] == [
        sent[f"stations-{index}-name"] for index in range(sent["stations-TOTAL_FORMS"])
    ]
    assert names_in(table) == ["示例社区文明实践站1"]


def test_what_cannot_be_a_phone_number_is_told_beside_it(client, worker):
    response = client.post(PAGE, typed(row(1, contact_phone="明天打给我")))

    page = response.context["page"]
    errors = page.stations.forms[0].errors.as_data()
    assert [error.code for error in errors["contact_phone"]] == ["not_a_phone"]
    assert page.stations.forms[0]["name"].value() == "示例社区文明实践站1"
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("１９９０００００００１", "19900000001"),
        ("0571-0000 0000", "0571-0000 0000"),
        (" +86 199 0000 0001 ", "+86 199 0000 0001"),
    ],
)
def test_a_phone_number_is_kept_in_plain_digits(client, worker, written, kept):
    client.post(PAGE, typed(row(1, contact_phone=written)))

    assert Recommendation.objects.get().stations.get().contact_phone == kept


def test_words_about_a_clue_go_when_there_is_none(client, worker):
    client.post(PAGE, typed(row(1, has_clue=False)))

    station = Recommendation.objects.get().stations.get()
    assert (station.has_clue, station.clue) == (False, "")


def test_a_centre_without_name_is_saved_and_told(client, worker):
    client.post(PAGE, typed(row(1), centre_name=""))

    assert Recommendation.objects.get().centre_name == ""


# --- While somebody types ----------------------------------------------------
def autosaved(client, sent):
    return client.post(PAGE, sent, headers={"X-Draft-Save": "1"})


def test_a_draft_is_saved_while_somebody_types(client, worker):
    response = autosaved(client, typed(row(1), row(2)))

    table = Recommendation.objects.get()
    pks = list(table.stations.values_list("pk", flat=True))
    assert response.json() == {"stations": pks}
    assert names_in(table) == ["示例社区文明实践站1", "示例社区文明实践站2"]


def test_a_row_saved_before_is_changed_and_not_made_anew(client, worker):
    (pk,) = autosaved(client, typed(row(1))).json()["stations"]

    response = autosaved(client, typed(row(1, pk=pk, seats=48)))

    assert response.json() == {"stations": [pk]}
    assert Recommendation.objects.get().stations.get().seats == 48


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (typed(row(1, seats="viele")), 422, "invalid"),
        (typed(*(row(number) for number in range(1, 7))), 409, "too_many_stations"),
    ],
)
def test_what_cannot_be_saved_while_typing_waits_for_the_button(
    client, worker, sent, status, code
):
    response = autosaved(client, sent)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not Recommendation.objects.filter(stations__isnull=False).exists()


# --- Print, upload, hand in --------------------------------------------------
def test_printing_saves_first(client, worker):
    response = client.post(reverse("outreach:save-and-print"), typed(row(1)))

    table = Recommendation.objects.get()
    assert response.url == reverse("outreach:print", args=[table.pk])
    assert names_in(table) == ["示例社区文明实践站1"]


def test_uploading_saves_first_and_keeps_the_scan(client, worker):
    scan = SimpleUploadedFile("盖章件.pdf", PDF)

    client.post(reverse("outreach:save-and-upload"), typed(row(1)) | {"scan": scan})

    table = Recommendation.objects.get()
    assert names_in(table) == ["示例社区文明实践站1"]
    assert (table.scan.read(), table.scan_name) == (PDF, "盖章件.pdf")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "scan_missing"),
        ({"scan": ("scan.pdf", b"<html>")}, "scan_wrong_type"),
    ],
)
def test_a_refused_scan_leaves_the_rows_saved(client, worker, files, code):
    sent = {name: SimpleUploadedFile(*file) for name, file in files.items()}

    response = client.post(reverse("outreach:save-and-upload"), typed(row(1)) | sent)

    table = Recommendation.objects.get()
    assert response.context["page"].refusal.code == code
    assert names_in(table) == ["示例社区文明实践站1"]
    assert not table.scan


def test_handing_in_saves_first_and_shows_the_table(client, worker, district):
    table = make_table(district)
    rows = [row(number, seats=60) for number in (1, 2, 3)]

    response = client.post(reverse("outreach:hand-in"), typed(*rows))

    table.refresh_from_db()
    assert response.url == table.get_absolute_url()
    assert table.state == RecommendationState.HANDED_IN
    assert list(table.stations.values_list("seats", flat=True)) == [60, 60, 60]


@pytest.mark.parametrize(
    ("count", "code"), [(2, "too_few_stations"), (6, "too_many_stations")]
)
def test_2_or_6_stations_are_not_handed_in(client, worker, district, count, code):
    table = make_table(district, stations=count)
    rows = [row(number) for number in range(1, count + 1)]

    response = client.post(reverse("outreach:hand-in"), typed(*rows))

    table.refresh_from_db()
    assert response.context["page"].refusal.code == code
    assert f'data-code="{code}"' in response.content.decode()
    assert table.state == RecommendationState.DRAFT


def test_without_the_stamped_copy_nothing_is_handed_in(client, worker):
    rows = [row(number) for number in (1, 2, 3)]

    response = client.post(reverse("outreach:hand-in"), typed(*rows))

    table = Recommendation.objects.get()
    assert response.context["page"].refusal.code == "scan_missing"
    assert table.state == RecommendationState.DRAFT
    assert len(names_in(table)) == 3


def test_after_the_due_day_a_table_is_taken_and_marked(
    client, worker, district, settings
):
    settings.DEMO_TODAY = dt.date(2023, 5, 20)
    table = make_table(district)
    rows = [row(number) for number in (1, 2, 3)]

    client.post(reverse("outreach:hand-in"), typed(*rows))

    table.refresh_from_db()
    assert (table.state, table.is_late) == (RecommendationState.HANDED_IN, True)


def test_a_table_handed_in_is_not_changed_by_the_form(client, worker, district):
    table = make_table(district, state=RecommendationState.HANDED_IN)

    response = client.post(PAGE, typed(row(9)))

    assert response.context["page"].refusal.code == "not_editable"
    assert len(names_in(table)) == 3


@pytest.mark.parametrize("verb", ["save-and-print", "save-and-upload", "hand-in"])
def test_verbs_are_not_followed_as_links(client, worker, verb):
    assert client.get(reverse(f"outreach:{verb}")).status_code == 405
