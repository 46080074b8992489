"""The rule book for programs."""

import hashlib

import pytest

from tests.factories.contests import make_miniature_contest, miniature_rulebook

pytestmark = pytest.mark.django_db


def test_a_published_book_is_given_whole_and_for_good(client):
    make_miniature_contest()
    digest = miniature_rulebook().digest

    response = client.get(f"/api/v1/rulebooks/{digest}.json")

    assert response.status_code == 200
    assert hashlib.sha256(response.content).hexdigest() == digest
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("digest", ["0" * 64, "latest"])
def test_an_unknown_digest_is_not_found(client, digest):
    make_miniature_contest()

    assert client.get(f"/api/v1/rulebooks/{digest}.json").status_code == 404


def test_a_book_is_not_changed_here(client):
    make_miniature_contest()

    url = f"/api/v1/rulebooks/{miniature_rulebook().digest}.json"

    assert client.post(url).status_code == 405
