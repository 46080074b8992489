"""What one person, a crowd and the disk allow."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from submissions.models import Upload
from submissions.uploads import quotas
from submissions.uploads.staging import Staged
from tests.factories.submissions import make_draft, make_media_file
from tests.submissions.uploads.protocol import Tus, refusal_of, row_of

MEGABYTE = 1024 * 1024


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
