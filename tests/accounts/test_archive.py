"""A copy of all one's data."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts import archive, own_data, tasks
from accounts.models import DataExport
from accounts.personal_data import holdings
from contests.errors import RuleViolation
from notifications.models import Message
from submissions.models import Attachment, MediaFile, Receipt
from tests.accounts.belongings import NAME, PHONE, everything_of, make_owner
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_contest, make_handed_in

pytestmark = pytest.mark.django_db

# Tables a citizen without a role or an award has nothing in.
OF_OTHERS = {"membership", "award", "importbatch", "importrow"}


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def citizen():
    return make_owner()


def open_archive(export):
    export.refresh_from_db()
    with export.file.open("rb") as stored:
        return zipfile.ZipFile(BytesIO(stored.read()))


def test_the_archive_holds_the_rows_of_every_table(contest, citizen, committed):
    everything_of(citizen, contest)
    everything_of(CitizenFactory(), contest)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    told = json.loads(open_archive(export).read("data.json"))
    for holding in holdings():
        for table in holding.tables:
            # The archive was written before it was ready, and before it was told of.
            if table.name in {"dataexport", "message", "delivery"}:
                continue
            rows = json.loads(json.dumps(table.told_of(citizen), cls=DjangoJSONEncoder))
            assert told[holding.app][table.name] == rows, table.name
            if table.name not in OF_OTHERS:
                assert rows, table.name
    assert told["accounts"]["user"][0]["phone"] == PHONE
    assert [row["kind"] for row in told["notifications"]["message"]] == [
        row.kind for row in Message.objects.filter(recipient=citizen).order_by("pk")
    ][:-1]


def test_the_archive_holds_every_own_file_byte_for_byte(contest, citizen, committed):
    _draft, _in_screening, accepted = everything_of(citizen, contest)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    opened = open_archive(export)
    names = [name for name in opened.namelist() if name.startswith("files/")]
    own = MediaFile.objects.filter(submission__author=citizen).count()
    papers = Attachment.objects.filter(submission__author=citizen).count()
    receipts = Receipt.objects.filter(submission__author=citizen).count()
    assert opened.testzip() is None
    assert len(names) == own + papers + receipts
    assert receipts == 1
    file = accepted.media_files.get()
    assert opened.read(f"files/{accepted.number}/1-{NAME}.jpg") == file.file.read()


def test_the_page_in_the_archive_can_be_read(contest, citizen, committed):
    everything_of(citizen, contest)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    page = open_archive(export).read("index.html").decode()
    assert PHONE in page
    assert "收工以后" in page


def test_the_archive_hides_secrets_and_who_decided(contest, citizen, committed):
    _draft, in_screening, _accepted = everything_of(citizen, contest)
    reviewer = in_screening.screenings.get().reviewer

    with committed():
        export = own_data.ask_for_export(user=citizen)

    text = open_archive(export).read("data.json").decode()
    assert "password" not in text
    assert "digest" not in text
    assert "reviewer" not in text
    assert reviewer.username not in text


def test_a_file_that_is_lost_is_named_and_stops_nothing(contest, citizen, committed):
    work = make_handed_in(contest, author=citizen)
    file = work.media_files.get()
    default_storage.delete(file.file.name)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    opened = open_archive(export)
    assert [name for name in opened.namelist() if "DSC" in name] == []
    assert "1-DSC_0001.jpg" in opened.read("index.html").decode()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("V-1/1-a.jpg", "V-1/1-a.jpg"),
        ("V-1/../../etc/passwd", "V-1/_/_/etc/passwd"),
        ("V-1/1-a\\b:c.jpg", "V-1/1-a_b_c.jpg"),
        ("V-1/1-\x00\n.jpg", "V-1/1-__.jpg"),
    ],
)
def test_no_file_climbs_out_of_its_folder(path, kept):
    assert archive._free(path, set()) == kept


def test_files_of_one_name_stand_side_by_side():
    used = set()

    paths = [archive._free("V-1/a.jpg", used) for _time in range(3)]

    assert paths == ["V-1/a.jpg", "V-1/a-2.jpg", "V-1/a-3.jpg"]


def test_only_one_archive_is_made_at_a_time(citizen):
    own_data.ask_for_export(user=citizen)

    with pytest.raises(RuleViolation) as refused:
        own_data.ask_for_export(user=citizen)

    assert refused.value.code == "export_under_way"


def test_the_fourth_archive_of_a_day_is_refused(citizen):
    for _time in range(3):
        own_data.ask_for_export(user=citizen)
        DataExport.objects.update(state=DataExport.State.FAILED)

    with pytest.raises(RuleViolation) as refused:
        own_data.ask_for_export(user=citizen)

    assert refused.value.code == "export_too_often"


def test_building_twice_builds_once(citizen, committed):
    with committed():
        export = own_data.ask_for_export(user=citizen)
    export.refresh_from_db()
    first = (export.file.name, export.attempts)

    tasks.build_export(export_id=export.pk)

    export.refresh_from_db()
    assert (export.file.name, export.attempts) == first


def test_a_failure_of_ours_is_tried_again_and_then_told(citizen, monkeypatch):
    export = own_data.ask_for_export(user=citizen)
    monkeypatch.setattr(archive, "write_archive", lambda user, target: 1 / 0)
    states = []

    for _time in range(archive.MAX_ATTEMPTS):
        tasks.sweep_own_data()
        export.refresh_from_db()
        states.append(export.state)

    assert states == ["asked", "asked", "failed"]


def test_a_run_that_died_is_taken_up_once_its_lease_is_over(citizen):
    export = own_data.ask_for_export(user=citizen)
    held = timezone.now() + timedelta(minutes=1)
    DataExport.objects.update(leased_until=held, attempts=1)
    tasks.sweep_own_data()
    export.refresh_from_db()
    while_held = export.state
    DataExport.objects.update(leased_until=timezone.now())

    tasks.sweep_own_data()

    export.refresh_from_db()
    assert (while_held, export.state) == ("asked", "ready")


def test_after_a_week_the_archive_is_gone(citizen, committed):
    with committed():
        export = own_data.ask_for_export(user=citizen)
    export.refresh_from_db()
    name = export.file.name
    DataExport.objects.update(expires_at=timezone.now())

    tasks.sweep_own_data()

    export.refresh_from_db()
    assert (export.state, export.file.name) == ("gone", "")
    assert not default_storage.exists(name)


def test_the_person_is_told_when_it_is_ready(contest, citizen, committed):
    with committed():
        own_data.ask_for_export(user=citizen)

    message = Message.objects.get(recipient=citizen)
    assert (message.kind, message.link) == ("export_ready", "/accounts/data/")
