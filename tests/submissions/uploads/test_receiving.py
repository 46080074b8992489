"""Room on the disk, and how many bodies a process takes at once."""

import shutil
from collections import namedtuple

import pytest
from django.test import Client

from submissions.uploads import quotas, receiving
from tests.factories.submissions import COLLECTING, make_draft
from tests.submissions.uploads.protocol import Tus, refusal_of, row_of

MEGABYTE = 1024 * 1024


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
