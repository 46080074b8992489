"""Files that lie in an S3-compatible store: by a signed address, or read through."""

import io

import pytest
import requests
from django.core.files.base import ContentFile
from django.test import RequestFactory

from contests.delivery import respond_with_file
from submissions.models import MediaFile
from tests import object_store

BUCKET = "works"
CONTENT = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def store():
    with object_store.running(BUCKET) as storage:
        yield storage


@pytest.fixture
def stored(store):
    media_file = MediaFile()
    media_file.file.storage = store
    media_file.file.name = store.save("originals/ab/film", ContentFile(CONTENT))
    return media_file.file


def answer(stored, **headers):
    request = RequestFactory().get("/", headers=headers)
    return respond_with_file(
        request,
        stored,
        content_type="video/mp4",
        filename="V-0001-1.mp4",
        public=False,
    )


def test_the_browser_fetches_a_part_by_an_address_that_runs_out(stored, settings):
    settings.MEDIA_DELIVERY = "signed-url"

    response = answer(stored)
    part = requests.get(
        response["Location"], headers={"Range": "bytes=10-19"}, timeout=10
    )

    assert response.status_code == 302
    assert response["Cache-Control"] == "private, no-store"
    assert "X-Amz-Expires=900" in response["Location"]
    assert (part.status_code, part.content) == (206, CONTENT[10:20])
    assert part.headers["Content-Type"] == "video/mp4"
    assert part.headers["Content-Disposition"] == 'inline; filename="V-0001-1.mp4"'


def test_django_can_read_a_part_through(stored, settings):
    settings.MEDIA_DELIVERY = "django"

    response = answer(stored, Range="bytes=1000-2999")

    body = io.BytesIO(b"".join(response.streaming_content))
    assert response.status_code == 206
    assert body.getvalue() == CONTENT[1000:3000]
