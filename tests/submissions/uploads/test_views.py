"""What the endpoint does with drafts, quotas and times; the protocol is elsewhere."""

import datetime as dt
import shutil
from collections import namedtuple

import pytest
from django.test import Client
from django.utils import timezone

from contests import clock
from submissions.models import Inspection, Upload
from submissions.services import withdraw
from submissions.states import InspectionState, State, UploadState, Verdict
from submissions.uploads import quotas, receiving, tasks
from submissions.uploads.staging import Staged
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    LAST_DAY,
    make_draft,
    make_handed_in,
    make_media_file,
    picture_bytes,
)
from tests.submissions.uploads.protocol import ENDPOINT, Tus, row_of

CONTENT = picture_bytes(size=(1600, 1200))
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def fresh_figures():
    quotas._staged_bytes.cache_clear()


def refusal_of(response):
    return response.status_code, response.json()["code"]


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


# --- Who may begin, and what ---------------------------------------------------
@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.WITHDRAWN])
def test_a_work_handed_in_takes_no_more_files(tus, state):
    work = make_handed_in(tus.draft.contest, state=state, author=tus.draft.author)

    response = Tus(tus.client, work).create(10)

    assert refusal_of(response) == (403, "not_editable")


def test_the_category_comes_before_the_file(tus, draft):
    draft.category = None
    draft.save()

    assert refusal_of(tus.create(10)) == (403, "FRM-CATEGORY-MISSING")


def test_one_file_more_than_the_category_takes_is_refused(tus, draft):
    for _number in range(3):
        make_media_file(draft)

    assert refusal_of(tus.create(10)) == (403, "SET-PHOTOS-MANY")


def test_files_on_their_way_count_as_well(tus, draft):
    make_media_file(draft)
    for size in (10, 11):
        tus.begun(size)

    assert refusal_of(tus.create(12)) == (403, "uploads_under_way")


def test_a_file_that_takes_anothers_place_is_not_one_more(tus, draft):
    files = [make_media_file(draft) for _number in range(3)]

    response = tus.create(10, details={"replaces": files[1].pk})

    assert response.status_code == 201


def test_only_a_file_of_the_work_can_be_replaced(tus, draft):
    other = make_media_file(make_draft(draft.contest, author=draft.author))

    response = tus.create(10, details={"replaces": other.pk})

    assert response.status_code == 404


def test_after_the_last_day_no_upload_begins(tus, settings):
    settings.DEMO_TODAY = LAST_DAY + dt.timedelta(days=1)

    assert refusal_of(tus.create(10)) == (403, "collection_closed")


@pytest.mark.parametrize("purpose", ["original", "film", "proof"])
def test_a_purpose_must_be_known_and_asked_for(tus, purpose):
    response = tus.create(10, details={"purpose": purpose})

    assert response.status_code == {"original": 400, "film": 400, "proof": 403}[purpose]


def test_an_upload_with_no_byte_makes_way_for_the_same_file_again(tus, draft):
    first = tus.begun(10)

    second = tus.begun(10)

    assert (tus.head(first).status_code, tus.head(second).status_code) == (410, 200)


def test_the_same_name_and_size_without_a_fingerprint_is_another_file(tus):
    first = tus.begun(10)
    tus.patch(first, 0, b"12345")

    second = tus.begun(10)

    assert (tus.offset(first), tus.offset(second)) == (5, 0)


# --- Quotas --------------------------------------------------------------------
def test_a_person_has_so_many_uploads_at_once(tus, settings):
    settings.UPLOADS_PER_PERSON = 1
    tus.begun(10)

    assert refusal_of(tus.create(11)) == (403, "uploads_many")


def test_a_person_has_so_many_bytes_with_all_that_is_stored(tus, draft, settings):
    settings.UPLOAD_PERSON_MB = 1
    make_media_file(draft, size_bytes=MEGABYTE - 20)
    tus.begun(15)

    assert refusal_of(tus.create(6)) == (403, "uploads_large_together")
    assert tus.create(5).status_code == 201


@pytest.fixture
def other_tus(draft):
    other = make_draft(draft.contest)
    client = Client()
    client.force_login(other.author)
    return Tus(client, other)


def test_a_crowd_leaves_everybody_what_a_page_sends_at_once(tus, other_tus, settings):
    settings.UPLOADS_OPEN = 1
    settings.UPLOADS_ALWAYS_WELCOME = 2
    for number in range(2):
        other_tus.begun(10 + number)

    begun = [tus.create(10 + number).status_code for number in range(2)]
    response = tus.create(12)

    assert begun == [201, 201]
    assert refusal_of(response) == (503, "uploads_busy")
    assert response["Retry-After"] == "30"


def test_half_full_nobody_takes_more_than_one_share(tus, other_tus, settings):
    settings.UPLOAD_STAGING_MB, settings.UPLOAD_SHARES = 2, 2
    url = other_tus.begun(MEGABYTE)
    other_tus.patch(url, 0, bytes(MEGABYTE - 1))
    quotas._staged_bytes.cache_clear()

    more = other_tus.create(10)
    newcomer = tus.create(10)

    assert refusal_of(more) == (503, "uploads_busy")
    assert newcomer.status_code == 201


def lie_still(url, hours=25):
    Upload.objects.filter(pk=row_of(url).pk).update(
        touched_at=timezone.now() - dt.timedelta(hours=hours)
    )


def test_when_room_lacks_what_lies_idle_gives_way_the_greatest_holder_first(
    tus, other_tus, settings, django_capture_on_commit_callbacks
):
    small, big, lively = other_tus.begun(20), other_tus.begun(900_000), tus.begun(40)
    other_tus.patch(small, 0, b"x" * 10)
    other_tus.patch(big, 0, bytes(800_000))
    tus.patch(lively, 0, b"x" * 30)
    lie_still(big)
    lie_still(small, hours=23)
    settings.UPLOAD_STAGING_MB, settings.UPLOAD_SHARES = 1, 1
    quotas._staged_bytes.cache_clear()

    with django_capture_on_commit_callbacks(execute=True):
        answer = tus.create(500_000)

    states = [row_of(url).state for url in (small, big, lively)]
    assert answer.status_code == 201
    assert states == ["receiving", "ended", "receiving"]
    assert not Staged(row_of(big).token).path.exists()


def test_nothing_ends_when_it_would_not_help(tus, other_tus, settings):
    idle = other_tus.begun(20)
    other_tus.patch(idle, 0, b"x" * 10)
    lie_still(idle)
    settings.UPLOAD_STAGING_MB = 0

    assert refusal_of(tus.create(30)) == (507, "disk_full")
    assert row_of(idle).state == "receiving"


def test_the_staging_space_has_an_end(tus, settings):
    settings.UPLOAD_STAGING_MB = 0

    assert refusal_of(tus.create(10)) == (507, "disk_full")
    assert not Upload.objects.exists()


def test_a_full_staging_space_stops_a_piece_and_keeps_the_offset(tus, settings):
    url = tus.begun(10)
    tus.patch(url, 0, b"1234")
    settings.UPLOAD_STAGING_MB = 0

    response = tus.patch(url, 4, b"567890")

    settings.UPLOAD_STAGING_MB = 1
    assert refusal_of(response) == (507, "disk_full")
    assert tus.offset(url) == 4
    assert tus.patch(url, 4, b"567890").status_code == 204


def test_so_much_of_the_disk_stays_free(tus, monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(MEGABYTE))

    assert refusal_of(tus.create(10)) == (507, "disk_full")


def test_a_process_receives_so_many_bodies_at_once(tus, monkeypatch):
    url = tus.begun(10)
    monkeypatch.setattr(
        "submissions.uploads.receiving._places.acquire", lambda blocking: False
    )

    assert refusal_of(tus.patch(url, 0, b"x")) == (503, "uploads_busy")


def test_one_person_never_takes_all_places_of_a_process(tus, draft, settings):
    settings.UPLOADS_AT_ONCE_PER_PERSON = 1
    url = tus.begun(10)
    other = make_draft(draft.contest)
    client = Client()
    client.force_login(other.author)
    neighbour = Tus(client, other)

    with receiving._a_place(draft.author_id):
        response = tus.patch(url, 0, b"x")
        beside = neighbour.patch(neighbour.begun(10), 0, b"x")

    assert refusal_of(response) == (503, "uploads_many_at_once")
    assert response["Retry-After"] == "10"
    assert beside.status_code == 204
    assert tus.patch(url, 0, b"x").status_code == 204


class Pieces:
    """A body of unknown length (chunked transfer coding)."""

    length = None

    def __init__(self, *pieces, before_last=lambda: None):
        self.pieces = pieces
        self.before_last = before_last

    def blocks(self):
        *first, last = self.pieces
        yield from first
        self.before_last()
        yield last


def receive(url, body):
    receiving.receive(row_of(url), body, offset=0, at=COLLECTING)


def test_a_body_of_unknown_length_needs_room_as_well(tus, settings):
    url = tus.begun(10)
    settings.UPLOAD_STAGING_MB = 0

    with pytest.raises(quotas.NoRoom):
        receive(url, Pieces(b"1234567890"))


def test_a_body_that_comes_while_the_disk_fills_up_is_stopped(
    tus, settings, monkeypatch
):
    """Many small ones may begin while there is room for each of them."""
    monkeypatch.setattr(receiving, "DISK_ASKED_EVERY_BYTES", 4)
    url = tus.begun(10)

    def fill_up():
        settings.UPLOAD_STAGING_MB = 0
        quotas._staged_bytes.cache_clear()

    body = Pieces(b"1234", b"567890", before_last=fill_up)
    body.length = 10
    with pytest.raises(quotas.NoRoom):
        receive(url, body)

    assert tus.offset(url) == 4


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
