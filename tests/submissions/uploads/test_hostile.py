"""What an attacker would send: the name means nothing, and no payload is served."""

from hashlib import sha256

import pytest
from django.test import Client

from submissions.models import MediaFile
from submissions.states import State, UploadState, Verdict
from submissions.uploads import finishing
from tests.factories.submissions import COLLECTING, picture_bytes
from tests.submissions.uploads.protocol import row_of
from tests.submissions.uploads.test_finishing import files_under

CONTENT = picture_bytes(size=(1200, 1100))
PHP = b"<?php system($_GET['c']); ?>"
SCRIPT = b"<script>alert(document.domain)</script>"
ZIP = b"PK\x03\x04" + bytes(26) + b"payload.php" + PHP
COMMENT = b"\xff\xfe" + (len(PHP) + 2).to_bytes(2, "big") + PHP


@pytest.fixture
def upload(tus, django_capture_on_commit_callbacks):
    """A file sent by tus, stored and inspected."""

    def sent(content, name="桥.jpg"):
        url = tus.begun(len(content), name=name)
        tus.patch(url, 0, content)
        row = row_of(url)
        assert row.state == UploadState.FINISHING
        with django_capture_on_commit_callbacks(execute=True):
            finishing.finish(row.pk, at=COLLECTING)
        return MediaFile.objects.get()

    return sent


def downloaded(media_file, variant):
    client = Client()
    client.force_login(media_file.submission.author)
    response = client.get(f"/media/{media_file.token}/{variant}")
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/cron.d/a.jpg", "a.jpg"),
        ("..\\..\\a.jpg", "a.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\r\nX-Injected: yes.jpg", "aX-Injected: yes.jpg"),
        ("-o ProxyCommand=x.jpg", "-o ProxyCommand=x.jpg"),
        ('a"; filename="b.exe', 'a"; filename="b.exe'),
        ("🌉" * 300 + ".jpg", "🌉" * 251 + ".jpg"),
        ("..", "upload"),
    ],
    ids=["up", "windows", "rtl", "header", "dash", "quote", "long", "dots"],
)
def test_a_name_neither_moves_the_file_nor_goes_out_again(upload, settings, name, kept):
    media_file = upload(CONTENT, name)

    assert media_file.original_name == kept
    assert media_file.file.name == (
        f"originals/{media_file.token.hex[:2]}/{media_file.token.hex}"
    )
    stored = files_under(settings.MEDIA_ROOT)
    assert all(set(path.name) <= set("0123456789abcdef") for path in stored)
    response, content = downloaded(media_file, "original")
    assert content == CONTENT
    assert response["Content-Disposition"] == (
        f'attachment; filename="{media_file.submission_id}-1.jpg"'
    )


@pytest.mark.parametrize("name", ["a\0.php.jpg", "x" * 4096], ids=["nul", "4 kB"])
def test_a_name_that_is_none_is_refused_before_the_first_byte(tus, name):
    response = tus.create(len(CONTENT), name=name)

    assert response.status_code == 400
    assert response.json()["code"] == "upload_invalid"


@pytest.mark.parametrize(
    "content",
    [
        CONTENT + ZIP,
        CONTENT + PHP,
        CONTENT + b"<!doctype html>" + SCRIPT,
        CONTENT[:2] + COMMENT + CONTENT[2:],
    ],
    ids=["zip behind", "php behind", "page behind", "php inside"],
)
def test_what_hides_in_a_picture_is_shown_to_a_person_and_served_to_nobody(
    upload, content
):
    media_file = upload(content)

    assert media_file.inspection.verdict == Verdict.REVIEW
    assert media_file.inspection.findings.filter(code="IMG-DATA-FOREIGN").exists()
    for variant in ("view", "thumbnail"):
        response, copy = downloaded(media_file, variant)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert not [payload for payload in (PHP, SCRIPT, ZIP[:4]) if payload in copy]
    response, original = downloaded(media_file, "original")
    assert sha256(original).hexdigest() == media_file.sha256
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a/*" + bytes(300) + b"*/=1;alert(document.domain)//",
        b"%PDF-1.7\n" + SCRIPT,
        b"<!doctype html>" + SCRIPT,
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT,
        PHP,
        ZIP,
        b"#!/bin/sh\nrm -rf /",
    ],
    ids=["gif", "pdf", "html", "svg", "php", "zip", "script"],
)
def test_what_is_no_picture_is_refused_and_never_shown_as_one(upload, content):
    media_file = upload(content)

    assert media_file.inspection.verdict == Verdict.FAILED
    assert media_file.derivatives.count() == 0
    assert media_file.submission.state == State.DRAFT
    response, _content = downloaded(media_file, "original")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; ")
