"""Every MUST of tus 1.0 and of its extensions, against the running server."""

import os
from email.utils import parsedate_to_datetime

import pytest

from tests.submissions.uploads.protocol import ENDPOINT, described, summed
from tests.submissions.uploads.server import MAX_FILE_MB

MEGABYTE = 1024 * 1024
CONTENT = os.urandom(3000)


# --- Core ------------------------------------------------------------------------
def test_options_tell_version_extensions_size_and_checksums_to_anybody(sender):
    response = sender.send(
        "OPTIONS", ENDPOINT, **{"Tus-Resumable": None, "Authorization": None}
    )

    assert response.status_code == 204
    assert {
        name: response.headers[name]
        for name in (
            "Tus-Resumable",
            "Tus-Version",
            "Tus-Extension",
            "Tus-Checksum-Algorithm",
            "Tus-Max-Size",
        )
    } == {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": (
            "creation,creation-with-upload,termination,checksum,expiration"
        ),
        "Tus-Checksum-Algorithm": "sha1,sha256,md5",
        "Tus-Max-Size": str(MAX_FILE_MB * MEGABYTE),
    }


@pytest.mark.parametrize("version", [None, "0.2.2", "2.0.0"])
@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
def test_another_version_is_told_which_one_is_spoken(sender, method, version):
    url = ENDPOINT if method == "POST" else sender.begun(10)

    response = sender.send(method, url, **{"Tus-Resumable": version})

    assert response.status_code == 412
    assert response.headers["Tus-Version"] == "1.0.0"


def test_head_tells_offset_length_and_metadata_and_is_never_kept(sender):
    metadata = described(filename="桥.jpg", submission=sender.draft)
    url = sender.create(
        len(CONTENT), **{"Upload-Metadata": metadata + ",is_confidential"}
    ).headers["Location"]
    sender.patch(url, 0, CONTENT[:1000])

    response = sender.head(url)

    assert response.status_code == 200
    assert response.headers["Upload-Offset"] == "1000"
    assert response.headers["Upload-Length"] == str(len(CONTENT))
    assert response.headers["Upload-Metadata"] == metadata + ",is_confidential"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Tus-Resumable"] == "1.0.0"


def test_a_patch_goes_on_at_its_offset(sender):
    url = sender.begun(len(CONTENT))

    first = sender.patch(url, 0, CONTENT[:1000])
    second = sender.patch(url, 1000, CONTENT[1000:2000])

    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert (second.status_code, second.headers["Upload-Offset"]) == (204, "2000")
    assert second.headers["Tus-Resumable"] == "1.0.0"


@pytest.mark.parametrize("offset", [0, 999, 1001, 2999])
def test_a_wrong_offset_is_409_and_changes_nothing(sender, offset):
    url = sender.begun(len(CONTENT))
    sender.patch(url, 0, CONTENT[:1000])

    response = sender.patch(url, offset, b"x")

    assert (response.status_code, response.json()["code"]) == (409, "offset_wrong")
    assert sender.offset(url) == 1000


@pytest.mark.parametrize("offset", [None, "", "-1", "1.5", "x", "0x1", "+1"])
def test_an_offset_that_is_no_number_is_400(sender, offset):
    url = sender.begun(len(CONTENT))

    response = sender.patch(url, offset, b"x")

    assert (response.status_code, sender.offset(url)) == (400, 0)


@pytest.mark.parametrize("content_type", [None, "application/octet-stream"])
def test_another_content_type_is_415(sender, content_type):
    url = sender.begun(len(CONTENT))

    response = sender.patch(url, 0, b"x", **{"Content-Type": content_type})

    assert (response.status_code, sender.offset(url)) == (415, 0)


def test_more_bytes_than_announced_are_413_and_none_is_kept(sender):
    url = sender.begun(10)

    response = sender.patch(url, 0, b"x" * 11)

    assert (response.status_code, sender.offset(url)) == (413, 0)


def test_a_body_of_unknown_length_is_taken_as_well(sender):
    url = sender.begun(len(CONTENT))

    response = sender.patch(url, 0, iter([CONTENT[:1000], CONTENT[1000:1500]]))

    assert (response.status_code, response.headers["Upload-Offset"]) == (204, "1500")


def test_a_body_of_unknown_length_that_is_too_long_leaves_nothing(sender):
    url = sender.begun(10)

    response = sender.patch(url, 0, iter([b"x" * 6, b"x" * 6]))

    assert (response.status_code, sender.offset(url)) == (413, 0)


def test_an_unknown_upload_is_404(sender):
    url = f"{ENDPOINT}00000000-0000-4000-8000-000000000000/"

    answers = [
        sender.head(url).status_code,
        sender.patch(url, 0, b"x").status_code,
        sender.send("DELETE", url).status_code,
        sender.send("GET", url).status_code,
    ]

    assert answers == [404, 404, 404, 404]


def test_somebody_elses_upload_is_as_unknown(server, sender):
    url = sender.begun(10)
    stranger = server.sender(token=1)

    answers = [
        stranger.head(url).status_code,
        stranger.patch(url, 0, b"x").status_code,
        stranger.send("DELETE", url).status_code,
        stranger.send("GET", url).status_code,
    ]

    assert answers == [404, 404, 404, 404]
    assert sender.offset(url) == 0


@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE", "GET"])
def test_nobody_comes_in_without_a_token_or_a_session(sender, method):
    url = ENDPOINT if method == "POST" else sender.begun(10)

    response = sender.send(method, url, Authorization=None)

    assert response.status_code == 401


def test_a_method_that_tus_does_not_have_is_405(sender):
    assert sender.send("PUT", sender.begun(10)).status_code == 405


@pytest.mark.parametrize(
    ("method", "status"), [("PATCH", 204), ("HEAD", 200), ("DELETE", 204)]
)
def test_a_client_without_the_method_overrides_post(sender, method, status):
    url = sender.begun(10)

    response = sender.send(
        "POST",
        url,
        b"x" if method == "PATCH" else b"",
        **{
            "X-HTTP-Method-Override": method,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": 0,
        },
    )

    assert response.status_code == status


# --- Creation --------------------------------------------------------------------
def test_creation_answers_with_the_address_and_no_byte(sender):
    response = sender.create(len(CONTENT))

    assert response.status_code == 201
    assert response.headers["Location"].startswith(ENDPOINT)
    assert sender.offset(response.headers["Location"]) == 0


@pytest.mark.parametrize("length", [None, "", "-5", "ten"])
def test_creation_needs_a_length(sender, length):
    assert sender.create(length).status_code == 400


def test_a_length_told_later_is_not_offered_and_not_taken(sender):
    response = sender.create(None, **{"Upload-Defer-Length": 1})

    assert response.status_code == 400


def test_a_file_larger_than_the_rule_book_allows_is_413(sender):
    response = sender.create(MAX_FILE_MB * MEGABYTE + 1)

    assert (response.status_code, response.json()["code"]) == (413, "FRM-FILE-LARGE")


def test_an_empty_file_is_refused_with_its_sentence(sender):
    response = sender.create(0, **{"Accept-Language": "en"})

    assert response.status_code == 403
    assert response.json() == {
        "code": "FRM-FILE-EMPTY",
        "detail": (
            "This file is empty (0 bytes). Please choose the original again and send "
            "it once more."
        ),
    }


@pytest.mark.parametrize(
    "metadata",
    [
        "submission not!base64",
        "submission MQ=",
        "filename /////w==,submission MQ==",
        "a MQ==,a MQ==",
        ", MQ==",
        "sub mission MQ==",
        f"filename {'YWFh' * 1200}",
    ],
)
def test_metadata_that_can_not_be_read_is_400(sender, metadata):
    response = sender.create(10, **{"Upload-Metadata": metadata})

    assert (response.status_code, response.json()["code"]) == (400, "upload_invalid")


def test_metadata_must_name_the_work(sender):
    metadata = described(filename="a.jpg")

    assert sender.create(10, **{"Upload-Metadata": metadata}).status_code == 400


@pytest.mark.parametrize("submission", ["0", "x", "99999999999999999999", "-1"])
def test_an_unknown_work_is_404(sender, submission):
    response = sender.create(10, details={"submission": submission})

    assert response.status_code == 404


def test_somebody_elses_work_is_404(server, sender):
    stranger = server.sender(token=1)

    assert stranger.create(10).status_code == 404


def test_creation_with_bytes_keeps_them(sender):
    response = sender.create(
        len(CONTENT),
        CONTENT[:1200],
        **{"Content-Type": "application/offset+octet-stream"},
    )

    assert (response.status_code, response.headers["Upload-Offset"]) == (201, "1200")
    assert sender.offset(response.headers["Location"]) == 1200


def test_creation_with_more_bytes_than_announced_is_413(sender):
    response = sender.create(
        5, CONTENT[:6], **{"Content-Type": "application/offset+octet-stream"}
    )

    assert response.status_code == 413


def test_creation_with_bytes_of_another_type_is_415(sender):
    response = sender.create(10, b"x", **{"Content-Type": "text/plain"})

    assert response.status_code == 415


# --- Checksum --------------------------------------------------------------------
@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_right_checksum_passes(sender, algorithm):
    url = sender.begun(len(CONTENT))

    response = sender.patch(
        url, 0, CONTENT[:1000], **{"Upload-Checksum": summed(CONTENT[:1000], algorithm)}
    )

    assert (response.status_code, sender.offset(url)) == (204, 1000)


def test_a_wrong_checksum_is_460_and_the_piece_is_forgotten(sender):
    url = sender.begun(len(CONTENT))
    sender.patch(url, 0, CONTENT[:1000])

    wrong = sender.patch(
        url, 1000, CONTENT[1000:], **{"Upload-Checksum": summed(b"other")}
    )
    kept = sender.offset(url)
    again = sender.patch(
        url, 1000, CONTENT[1000:], **{"Upload-Checksum": summed(CONTENT[1000:])}
    )

    assert (wrong.status_code, wrong.json()["code"]) == (460, "checksum_mismatch")
    assert (kept, again.status_code) == (1000, 204)


@pytest.mark.parametrize("checksum", ["crc32 AAAA", "sha1 !", "sha1", "", "SHA1 AAAA"])
def test_a_checksum_that_can_not_be_checked_is_refused(sender, checksum):
    url = sender.begun(len(CONTENT))

    response = sender.patch(url, 0, CONTENT, **{"Upload-Checksum": checksum})

    assert response.status_code == (460 if checksum == "sha1" else 400)
    assert sender.offset(url) == 0


# --- Termination and expiration --------------------------------------------------
def test_what_is_given_up_is_gone_with_its_bytes(server, sender):
    url = sender.begun(len(CONTENT))
    sender.patch(url, 0, CONTENT[:1000])

    response = sender.send("DELETE", url)

    stem = url.rstrip("/").rsplit("/", 1)[1].replace("-", "")
    assert response.status_code == 204
    assert [sender.head(url).status_code, sender.patch(url, 0, b"x").status_code] == [
        410,
        410,
    ]
    assert list(server.staging.glob(f"{stem}*")) == []


def test_every_answer_about_an_open_upload_says_until_when_it_is_kept(sender):
    created = sender.create(len(CONTENT))
    url = created.headers["Location"]
    patched = sender.patch(url, 0, CONTENT[:10])

    moments = [
        parsedate_to_datetime(response.headers["Upload-Expires"])
        for response in (created, patched, sender.head(url))
    ]

    assert moments == sorted(moments)
    assert moments[0].tzinfo is not None
