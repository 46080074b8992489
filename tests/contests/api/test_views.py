"""The rule book for programs."""

import hashlib
import json

import pytest

from contests import wording
from contests.models import RuleBookVersion
from submissions.media.codes import Code
from tests.factories.contests import make_miniature_contest, miniature_rulebook

pytestmark = pytest.mark.django_db

FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.fixture
def address():
    make_miniature_contest()
    return wording.rulebook_address(RuleBookVersion.objects.get())


def test_the_address_of_a_page_is_good_for_good(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == FOR_GOOD
    assert response["ETag"].strip('"') in address


def test_a_book_is_served_with_the_sentence_of_every_code(client, address):
    book = client.get(address).json()

    document = json.loads(miniature_rulebook().canonical_json())
    assert {name: book[name] for name in document} == document
    assert book["digest"] == miniature_rulebook().digest
    assert set(book["sentences"]) == {code.value for code in Code}


def test_a_book_asked_for_without_its_sentences_says_todays_and_is_asked_again(
    client, address
):
    plain = f"/api/v1/rulebooks/{miniature_rulebook().digest}.json"

    response = client.get(plain)

    assert response.content == client.get(address).content
    assert response["Cache-Control"] == "public, no-cache"


def test_sentences_of_another_release_are_not_kept(client, address):
    other = f"/api/v1/rulebooks/{miniature_rulebook().digest}-{'0' * 16}.json"

    response = client.get(other)

    assert response.status_code == 200
    assert response["Cache-Control"] == "public, no-cache"


def test_what_a_program_has_is_not_sent_again(client, address):
    etag = client.get(address)["ETag"]

    response = client.get(address, headers={"if-none-match": etag})

    assert response.status_code == 304
    assert response.content == b""
    assert response["Cache-Control"] == FOR_GOOD


def test_other_sentences_make_another_address(address, monkeypatch):
    monkeypatch.setattr(wording, "_parts", {"sentences": lambda: {"new": "words"}})
    wording.wording.cache_clear()
    try:
        other = wording.rulebook_address(RuleBookVersion.objects.get())
    finally:
        wording.wording.cache_clear()

    assert other != address


def test_the_document_is_given_as_it_was_published(client):
    make_miniature_contest()
    digest = miniature_rulebook().digest

    response = client.get(f"/api/v1/rulebooks/{digest}/document.json")

    assert hashlib.sha256(response.content).hexdigest() == digest
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == FOR_GOOD


@pytest.mark.parametrize("digest", ["0" * 64, "latest"])
@pytest.mark.parametrize("end", [".json", "/document.json"])
def test_an_unknown_digest_is_not_found(client, digest, end):
    make_miniature_contest()

    assert client.get(f"/api/v1/rulebooks/{digest}{end}").status_code == 404


@pytest.mark.parametrize("end", [".json", "/document.json"])
def test_a_book_is_not_changed_here(client, end):
    make_miniature_contest()

    url = f"/api/v1/rulebooks/{miniature_rulebook().digest}{end}"

    assert client.post(url).status_code == 405
