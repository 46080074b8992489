"""What the endpoint does with drafts and times; the protocol is elsewhere."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from contests import clock
from submissions.models import Inspection, Upload
from submissions.services import withdraw
from submissions.states import InspectionState, UploadState, Verdict
from submissions.uploads import receiving, tasks
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import COLLECTING, LAST_DAY, make_draft, picture_bytes
from tests.submissions.uploads.protocol import ENDPOINT, Tus, refusal_of, row_of

CONTENT = picture_bytes(size=(1600, 1200))
MEGABYTE = 1024 * 1024


def test_a_picture_sent_in_two_pieces_becomes_a_file_and_is_inspected(
    tus, draft, django_capture_on_commit_callbacks
):
    url = tus.begun(len(CONTENT))
    tus.patch(url, 0, CONTENT[:300])
    with django_capture_on_commit_callbacks(execute=True):
        last = tus.patch(url, 300, CONTENT[300:])

    file = draft.media_files.get()
    inspection = Inspection.objects.get(media_file=file)
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert file.file.read() == CONTENT
    assert file.original_name == "桥.jpg"
    assert (inspection.state, inspection.verdict) == (
        InspectionState.FINISHED,
        Verdict.REVIEW,
    )


def test_the_status_says_where_an_upload_stands(tus, draft):
    url = tus.begun(len(CONTENT), details={"fingerprint": "print-1"})
    tus.patch(url, 0, CONTENT[:300])

    status = tus.status(url)

    row = row_of(url)
    assert status == {
        "id": str(row.token),
        "url": url,
        "submission": draft.pk,
        "purpose": "file",
        "state": "receiving",
        "name": "桥.jpg",
        "size_bytes": len(CONTENT),
        "offset_bytes": 300,
        "fingerprint": "print-1",
        "expires_at": row.expires_at.isoformat(),
        "file": None,
        "attachment": None,
        "code": "",
        "detail": "",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_asked_for_in_few_queries(tus, count, django_assert_num_queries):
    made = [tus.begun(len(CONTENT) + each) for each in range(count)]
    other = Tus(tus.client, make_draft(tus.draft.contest, author=tus.draft.author))
    other.begun(10)

    with django_assert_num_queries(4):
        listed = tus.client.get(ENDPOINT, {"submission": tus.draft.pk}).json()

    assert [each["url"] for each in listed["results"]] == made[::-1]
    assert len(tus.client.get(ENDPOINT).json()["results"]) == count + 1


def test_a_session_needs_the_token_of_its_page(draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.author)

    refused = Tus(client, draft).create(10)

    assert refusal_of(refused) == (403, "csrf_failed")


def test_a_session_with_the_token_of_its_page_may_send(draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.author)
    client.cookies["csrftoken"] = "t" * 32

    created = Tus(client, draft).create(10, **{"X-CSRFToken": "t" * 32})

    assert created.status_code == 201


# --- Time ----------------------------------------------------------------------
def test_what_ran_out_is_410(tus):
    url = tus.begun(10)
    Upload.objects.update(expires_at=timezone.now())

    assert refusal_of(tus.patch(url, 0, b"x")) == (410, "upload_ended")
    assert tus.head(url).status_code == 410
    assert tus.status(url)["state"] == "ended"


def test_each_piece_gives_an_upload_its_whole_time_again(tus, settings):
    url = tus.begun(10)
    soon = timezone.now() + dt.timedelta(hours=1)
    Upload.objects.update(expires_at=soon)

    tus.patch(url, 0, b"x")

    left = row_of(url).expires_at - timezone.now()
    assert left > dt.timedelta(days=settings.UPLOAD_DAYS_KEPT, minutes=-1)


def test_an_upload_begun_in_time_goes_on_within_the_grace(tus, draft, settings):
    url = tus.begun(10)
    after = clock.end_of(LAST_DAY)
    grace = draft.contest.rulebook.defaults.upload_grace_hours
    Upload.objects.update(
        created_at=after - dt.timedelta(minutes=5),
        touched_at=timezone.now() - dt.timedelta(minutes=5),
    )
    settings.DEMO_TODAY = LAST_DAY + dt.timedelta(days=2 + grace // 24)
    too_late = tus.patch(url, 0, b"12345")
    settings.DEMO_TODAY = LAST_DAY
    in_time = tus.patch(url, 0, b"12345")

    assert refusal_of(too_late) == (403, "collection_closed")
    assert in_time.status_code == 204


def test_a_work_given_up_meanwhile_takes_no_more_bytes(tus, draft):
    url = tus.begun(10)
    withdraw(submission=draft, by=draft.author, at=COLLECTING, reason="")

    assert refusal_of(tus.patch(url, 0, b"x")) == (403, "not_editable")


# --- The end -------------------------------------------------------------------
def test_the_last_byte_is_noticed_even_if_the_server_died_with_it(
    tus, draft, django_capture_on_commit_callbacks
):
    url = tus.begun(len(CONTENT))
    tus.patch(url, 0, CONTENT)
    Upload.objects.update(state=UploadState.RECEIVING, offset_bytes=300)

    with django_capture_on_commit_callbacks(execute=True):
        offset = tus.offset(url)

    assert (offset, tus.status(url)["state"]) == (len(CONTENT), "finished")


def test_a_finished_upload_still_says_that_all_is_there(
    tus, draft, django_capture_on_commit_callbacks
):
    url = tus.begun(len(CONTENT))
    with django_capture_on_commit_callbacks(execute=True):
        tus.patch(url, 0, CONTENT)

    assert tus.offset(url) == len(CONTENT)
    assert tus.patch(url, len(CONTENT), b"").status_code == 204
    assert refusal_of(tus.patch(url, 0, CONTENT)) == (409, "offset_wrong")
    assert refusal_of(tus.send("DELETE", url)) == (403, "upload_finished")
    assert draft.media_files.count() == 1


def test_a_refused_upload_can_be_put_away(tus):
    url = tus.begun(10)
    Upload.objects.update(state=UploadState.REFUSED, refusal_code="not_editable")

    assert tus.send("DELETE", url).status_code == 204
    assert tus.status(url)["state"] == "ended"


def test_a_queue_that_is_away_does_not_fail_the_last_piece(
    tus, monkeypatch, django_capture_on_commit_callbacks
):
    def lost(**kwargs):
        raise ConnectionError("the broker is away")

    monkeypatch.setattr("submissions.uploads.tasks.finish_upload.apply_async", lost)
    url = tus.begun(len(CONTENT))

    with django_capture_on_commit_callbacks(execute=True):
        response = tus.patch(url, 0, CONTENT)

    assert (response.status_code, tus.status(url)["state"]) == (204, "finishing")


@pytest.mark.parametrize(
    ("size_mb", "way"), [(12, {}), (64, {}), (65, {"queue": "storing_large"})]
)
def test_large_files_are_stored_elsewhere_than_what_is_small(
    tus, size_mb, way, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(
        tasks.finish_upload, "apply_async", lambda **options: sent.append(options)
    )
    upload = row_of(tus.begun(10))
    upload.size_bytes = size_mb * MEGABYTE

    with django_capture_on_commit_callbacks(execute=True):
        receiving._begin_finishing(upload, finished_at=COLLECTING)

    assert sent == [{"kwargs": {"upload_id": upload.pk}} | way]


def test_strangers_see_nothing(tus, draft):
    url = tus.begun(10)
    stranger = Client()
    stranger.force_login(CitizenFactory())

    assert stranger.get(url).status_code == 404
    assert stranger.get(ENDPOINT).json() == {"results": []}
    assert stranger.get(ENDPOINT, {"submission": "x"}).json() == {"results": []}


def test_a_list_of_a_work_that_cannot_be_is_empty(tus):
    tus.begun(10)

    for number in ("9" * 5000, "-1", "x"):
        response = tus.client.get(ENDPOINT, {"submission": number})
        assert (response.status_code, response.json()) == (200, {"results": []})
