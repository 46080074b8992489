"""What no request may be: a NUL in the address, a disk full of files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contest_portal.requests import MEGABYTE
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload_dir(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MB = 1
    return tmp_path


@pytest.mark.parametrize("address", ["/works/?unit=a%00", "/pictures/a/%00"])
def test_a_nul_in_an_address_is_a_bad_request(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("address", ["/large-text/", "/accounts/login/"])
@pytest.mark.parametrize("sizes", [[MEGABYTE + 1], [MEGABYTE, 1]])
def test_pages_that_take_no_works_keep_few_bytes(client, upload_dir, address, sizes):
    files = [SimpleUploadedFile("a.bin", b"x" * size) for size in sizes]

    response = client.post(address, {"file": files})

    assert response.status_code == 400
    assert list(upload_dir.iterdir()) == []


def test_a_small_file_passes(client, upload_dir):
    file = SimpleUploadedFile("a.bin", b"x" * MEGABYTE)

    assert client.post("/large-text/", {"file": file}).status_code == 302


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"next=/&on=%00", "application/x-www-form-urlencoded"),
        (b"next=/&on=\0", "application/x-www-form-urlencoded"),
    ],
)
def test_a_nul_in_a_form_is_a_bad_request(client, body, content_type):
    answer = client.generic("POST", "/large-text/", body, content_type=content_type)

    assert answer.status_code == 400


def test_a_nul_that_reaches_the_database_is_a_bad_request(client):
    make_contest()
    client.force_login(CitizenFactory())

    answer = client.post("/submit/", {"unit": "a\0"})  # a form with parts

    assert answer.status_code == 400
