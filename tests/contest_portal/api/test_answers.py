"""Every answer under /api/ is JSON with a code and a sentence in plain Chinese."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contest_portal.api.throttling import CallsFromAnAddress, CallsOfAPerson
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_contest, make_draft

LIST = "/api/v1/submissions/"
JSON = "application/json"


@pytest.fixture
def contest(db):
    return make_contest()


@pytest.fixture
def citizen(contest):
    return CitizenFactory()


@pytest.fixture
def program(client, citizen):
    client.force_login(citizen)
    return client


def post(program, body, content_type=JSON):
    return program.generic("POST", LIST, body, content_type=content_type)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/nothing/", 404, "not_found"),
        ("/api/v1/submissions/99999999999999999999/", 404, "not_found"),
        ("/api/v1/submissions/?page=0", 404, "not_found"),
        ("/api/v1/submissions/?page=%00", 400, "bad_request"),
        ("/api/v1/contests/?search=%00", 400, "bad_request"),
    ],
)
def test_addresses_that_lead_nowhere(program, address, status, code):
    answer = program.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (status, JSON)
    assert answer.json()["code"] == code
    assert_plain_chinese(answer.json()["detail"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "parse_error"),
        (b"\xff\xfe", "parse_error"),
        (b'{"title": NaN}', "parse_error"),
        (b"[" * 100_000, "parse_error"),
        (b'{"title": "a\\u0000b"}', "bad_sign"),
        (b'{"title": "\\ud800"}', "bad_sign"),
        (b'{"a\\u0000": 1}', "bad_sign"),
        (b'{"authors": [{"name": "a\\u0000"}]}', "bad_sign"),
        (b"[]", "invalid"),
        (b'"title"', "invalid"),
        (b'{"channel": "staff"}', "invalid"),
        (b'{"unit": 1, "authors": 7}', "invalid"),
    ],
)
def test_bodies_that_cannot_be_taken(program, body, code):
    answer = post(program, body)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert_plain_chinese(answer.json()["detail"])


def test_a_body_that_is_too_large(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = post(program, json.dumps({"story": "a" * 1000}))

    assert (answer.status_code, answer.json()["code"]) == (413, "request_too_large")
    assert_plain_chinese(answer.json()["detail"])


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded"]
)
def test_content_of_another_kind(program, content_type):
    answer = post(program, b"title=a", content_type)

    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"
    assert_plain_chinese(answer.json()["detail"])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_methods_nobody_needs(program, method):
    answer = program.generic(method, LIST, b"{}", content_type=JSON)

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert_plain_chinese(answer.json()["detail"])


def test_nobody_known(client, db):
    answer = client.get(LIST)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Token"
    assert_plain_chinese(answer.json()["detail"])


def test_a_session_needs_the_csrf_token(citizen, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(citizen)

    answer = post(client, b"{}")

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert_plain_chinese(answer.json()["detail"])


def test_too_many_calls(program, monkeypatch):
    monkeypatch.setattr(CallsOfAPerson, "rate", "1/min", raising=False)

    first, second = program.get(LIST), program.get(LIST)

    assert (first.status_code, second.status_code) == (200, 429)
    assert second.json()["code"] == "throttled"
    assert int(second["Retry-After"]) <= 60
    assert_plain_chinese(second.json()["detail"])


def test_calls_of_nobody_are_counted_by_address(client, db, monkeypatch):
    monkeypatch.setattr(CallsFromAnAddress, "rate", "1/min", raising=False)
    address = "/api/v1/auth/agreements/"

    here = [client.get(address).status_code for _call in range(2)]
    there = client.get(address, REMOTE_ADDR="192.0.2.7").status_code

    assert (here, there) == ([200, 429], 200)


def test_our_own_mistake_is_json_too(program, monkeypatch):
    program.raise_request_exception = False

    def break_down(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("submissions.api.views.works.with_parts", break_down)
    answer = program.get(f"{LIST}1/")

    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert_plain_chinese(answer.json()["detail"])


def test_a_nul_beside_a_file_is_refused(program, contest, citizen):
    draft = make_draft(contest, author=citizen)
    file = SimpleUploadedFile("a.jpg", b"abc")

    answer = program.post(f"{LIST}{draft.pk}/files/", {"file": file, "caption": "a\0"})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert draft.media_files.count() == 0


def assert_plain_chinese(sentence):
    """Ours, translated: no word of the framework, no English but a format's name."""
    bare = sentence.replace("JSON", "").replace("UTF-8", "")
    bare = bare.replace("GET", "").replace("POST", "")
    assert sentence
    assert not any(sign.isascii() and sign.isalpha() for sign in bare)
