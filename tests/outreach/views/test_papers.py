from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from accounts.models import Role
from outreach.states import RecommendationState
from outreach.tasks import make_scan_preview
from tests.factories.accounts import make_worker
from tests.factories.outreach import (
    PDF,
    district_of,
    make_activity,
    make_centre_worker,
    make_contest,
    make_officer,
    make_organiser,
    make_stranger,
    make_table,
    stamp,
)

pytestmark = pytest.mark.django_db
OPEN_TO_RUNNERS = ["schedule", "schedule-docx", "schedule-xlsx", "stations-xlsx"]


@pytest.fixture
def table():
    return make_table(district_of(make_contest()), state=RecommendationState.HANDED_IN)


@pytest.fixture
def organiser(table, client):
    """Signed in."""
    organiser = make_organiser(table.contest)
    client.force_login(organiser)
    return organiser


def content_of(response):
    return b"".join(response) if response.streaming else response.content


def test_the_print_shows_the_annex_with_an_empty_place_for_the_seal(
    client, organiser, table
):
    response = client.get(reverse("outreach:print", args=[table.pk]))

    html = response.content.decode()
    assert "各区、县（市）、管委会新时代文明实践站推荐表" in html
    assert "上城区新时代文明实践中心　　　　（盖章）" in html
    assert "示例联系人1<br>19900000001" in html


def test_the_annex_is_downloaded_for_word_under_its_name(client, organiser, table):
    response = client.get(reverse("outreach:recommendation-docx", args=[table.pk]))

    document = Document(BytesIO(response.content))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Disposition"].endswith(".docx")
    assert len(document.tables[0].rows) == 4


def test_the_annex_is_downloaded_for_excel(client, organiser, table):
    response = client.get(reverse("outreach:recommendation-xlsx", args=[table.pk]))

    assert load_workbook(BytesIO(response.content)).active["B5"].value == (
        "示例社区文明实践站1"
    )


def test_the_schedule_goes_out_in_every_form(client, organiser, table):
    page = client.get(reverse("outreach:schedule")).content.decode()
    word = client.get(reverse("outreach:schedule-docx"))
    excel = client.get(reverse("outreach:schedule-xlsx"))

    assert '<td rowspan="3" class="paper-centred">5 月</td>' in page
    assert len(Document(BytesIO(word.content)).tables[0].rows) == 15
    assert load_workbook(BytesIO(excel.content)).active["B4"].value == "上城区"


def test_all_stations_are_downloaded_on_one_sheet(client, organiser, table):
    response = client.get(reverse("outreach:stations-xlsx"))

    names = [
        row[2]
        for row in load_workbook(BytesIO(response.content)).active.iter_rows(
            min_row=3, values_only=True
        )
    ]
    assert names == [f"示例社区文明实践站{number}" for number in (1, 2, 3)]


def test_a_district_reads_the_schedule_with_its_own_contacts_alone(client, table):
    other = make_table(district_of(table.contest, "xihu"), stations=0)
    own, foreign = (
        table.stations.first(),
        other.stations.create(
            position=1, contact_name="示例外区", contact_phone="19900009999"
        ),
    )
    make_activity(own)
    make_activity(foreign)
    client.force_login(make_officer(table.district))

    html = client.get(reverse("outreach:schedule")).content.decode()

    assert "19900000001" in html
    assert "19900009999" not in html


@pytest.mark.parametrize("name", OPEN_TO_RUNNERS)
def test_papers_of_the_contest_are_not_for_strangers(client, table, name):
    client.force_login(make_stranger())

    assert client.get(reverse(f"outreach:{name}")).status_code == 404


# --- The stamped copy --------------------------------------------------------
@pytest.mark.parametrize(
    "make",
    [
        lambda table: make_centre_worker(table.organisation),
        lambda table: make_officer(table.district),
        lambda table: make_organiser(table.contest),
        lambda table: make_worker(table.contest, Role.SUPERVISOR),
    ],
    ids=["centre", "district office", "organiser", "supervisor"],
)
def test_the_stamped_copy_is_for_the_district_and_who_runs_the_contest(
    client, table, make
):
    client.force_login(make(table))

    response = client.get(reverse("outreach:scan", args=[table.pk]))

    assert content_of(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    "make",
    [
        lambda table: make_stranger(),
        lambda table: make_officer(district_of(table.contest, "xihu")),
        lambda table: make_worker(table.contest, Role.JUDGE),
        lambda table: make_worker(table.contest, Role.REVIEWER),
    ],
    ids=["stranger", "other district", "judge", "reviewer"],
)
def test_the_stamped_copy_does_not_exist_for_others(client, table, make):
    client.force_login(make(table))

    assert client.get(reverse("outreach:scan", args=[table.pk])).status_code == 404


def test_a_visitor_is_asked_to_sign_in_for_the_stamped_copy(client, table):
    assert client.get(reverse("outreach:scan", args=[table.pk])).status_code == 302


def test_the_preview_is_for_those_who_may_see_the_stamped_copy(client, table):
    picture = BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(picture, "JPEG")
    stamp(table, picture.getvalue(), content_type="image/jpeg")
    table.save()
    make_scan_preview(recommendation_id=table.pk)
    address = reverse("outreach:scan-preview", args=[table.pk])

    client.force_login(make_organiser(table.contest))
    html = client.get(table.get_absolute_url()).content.decode()
    seen = client.get(address)
    client.force_login(make_officer(district_of(table.contest, "xihu")))
    unseen = client.get(address)

    assert address in html
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    assert unseen.status_code == 404


def test_without_a_preview_there_is_only_the_file(client, organiser, table):
    address = reverse("outreach:scan-preview", args=[table.pk])

    html = client.get(table.get_absolute_url()).content.decode()

    assert address not in html
    assert reverse("outreach:scan", args=[table.pk]) in html
    assert client.get(address).status_code == 404


def test_there_is_no_stamped_copy_before_it_was_uploaded(client, organiser, table):
    bare = make_table(district_of(table.contest, "xihu"), stamped=False)

    assert client.get(reverse("outreach:scan", args=[bare.pk])).status_code == 404
