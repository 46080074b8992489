"""Exceptions and originals for programs: asked, answered, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import OriginalRequest, Waiver
from submissions.states import RequestState, WaiverState
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_contest,
    make_draft,
    make_handed_in,
    make_reviewer,
)
from tests.submissions.api.views.calls import one, post

API = "/api/v1/"
LONGER = {"reason": "A day in the life of a ferry.", "duration_s": 90}


@pytest.fixture
def film(contest, citizen):
    """A draft of a category whose length may be waived."""
    book = contest.rulebook.model_dump(mode="json")
    book["categories"][0]["limits"]["duration"]["waiver"] = True
    contest = make_contest(categories=book["categories"])
    category = contest.categories.get(key="film")
    return make_draft(contest, author=citizen, category=category)


def test_a_longer_film_is_asked_for_and_taken_back(api, citizen, film):
    program = api(citizen)

    asked = post(program, f"{one(film)}waivers/duration/", LONGER)
    told = program.get(f"{one(film)}waivers/").json()
    back = post(program, f"{API}waivers/{asked.json()['id']}/take-back/")

    assert (asked.status_code, back.status_code) == (201, 200)
    assert told == [asked.json()]
    assert (told[0]["state"], told[0]["asked_duration_s"]) == ("asked", 90)
    assert Waiver.objects.get().state == WaiverState.WITHDRAWN


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("duration", {"duration_s": 90}, 400),
        ("duration", LONGER | {"sample_url": "javascript:alert(1)"}, 400),
        ("duration", LONGER | {"duration_s": 20}, 409),
        ("late-entry", LONGER, 409),
        ("everything", LONGER, 404),
    ],
)
def test_what_cannot_be_asked_for(api, citizen, film, kind, body, status):
    answer = post(api(citizen), f"{one(film)}waivers/{kind}/", body)

    assert answer.status_code == status
    assert not Waiver.objects.exists()


@pytest.fixture
def asked(contest, citizen):
    work = make_handed_in(contest, author=citizen)
    return OriginalRequest.objects.create(
        submission=work,
        reason="Please send the file as the camera made it.",
        asked_by=make_reviewer(contest),
        asked_at=COLLECTING,
        due_at=TOO_LATE,
    )


def test_an_original_is_answered_with_a_file_and_words(api, citizen, asked):
    program = api(citizen)
    upload = SimpleUploadedFile("DSC_0001.NEF", b"raw" * 100)

    told = program.get(f"{one(asked.submission)}originals/").json()
    sent = program.post(f"{API}originals/{asked.pk}/files/", {"raw": upload})
    said = post(program, f"{API}originals/{asked.pk}/words/", {"answer": "That is it."})

    assert [each["reason"] for each in told] == [asked.reason]
    assert (sent.status_code, sent.json()["file_count"]) == (201, 1)
    assert (said.status_code, said.json()["answer"]) == (200, "That is it.")
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED


def test_strangers_find_nothing(api, film, asked):
    waiver = Waiver.objects.create(
        submission=film,
        kind=Waiver.Kind.DURATION,
        reason="Long.",
        asked_duration_s=90,
        asked_by=film.author,
        asked_at=COLLECTING,
    )
    stranger = api(CitizenFactory())
    upload = SimpleUploadedFile("a.nef", b"raw")

    answers = [
        stranger.get(f"{one(film)}waivers/"),
        post(stranger, f"{one(film)}waivers/duration/", LONGER),
        post(stranger, f"{API}waivers/{waiver.pk}/take-back/"),
        stranger.get(f"{one(asked.submission)}originals/"),
        post(stranger, f"{API}originals/{asked.pk}/words/", {"answer": "No."}),
        stranger.post(f"{API}originals/{asked.pk}/files/", {"raw": upload}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert Waiver.objects.count() == 1
