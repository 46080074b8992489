"""What no request may be: a NUL in the address, a disk full of files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contest_portal.requests import MEGABYTE

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
