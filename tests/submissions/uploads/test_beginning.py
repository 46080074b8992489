"""Who may begin an upload, and of what."""

import datetime as dt

import pytest

from submissions.states import State
from tests.factories.submissions import (
    LAST_DAY,
    make_draft,
    make_handed_in,
    make_media_file,
)
from tests.submissions.uploads.protocol import Tus, refusal_of


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.WITHDRAWN])
def test_a_work_handed_in_takes_no_more_files(tus, state):
    work = make_handed_in(tus.draft.contest, state=state, author=tus.draft.author)

    response = Tus(tus.client, work).create(10)

    assert refusal_of(response) == (403, "not_editable")


def test_the_category_comes_before_the_file(tus, draft):
    draft.category = None
    draft.save()

    assert refusal_of(tus.create(10)) == (403, "FRM-CATEGORY-MISSING")


def test_one_file_more_than_the_category_takes_is_refused(tus, draft):
    for _number in range(3):
        make_media_file(draft)

    assert refusal_of(tus.create(10)) == (403, "SET-PHOTOS-MANY")


def test_files_on_their_way_count_as_well(tus, draft):
    make_media_file(draft)
    for size in (10, 11):
        tus.begun(size)

    assert refusal_of(tus.create(12)) == (403, "uploads_under_way")


def test_a_file_that_takes_anothers_place_is_not_one_more(tus, draft):
    files = [make_media_file(draft) for _number in range(3)]

    response = tus.create(10, details={"replaces": files[1].pk})

    assert response.status_code == 201


def test_only_a_file_of_the_work_can_be_replaced(tus, draft):
    other = make_media_file(make_draft(draft.contest, author=draft.author))

    response = tus.create(10, details={"replaces": other.pk})

    assert response.status_code == 404


def test_after_the_last_day_no_upload_begins(tus, settings):
    settings.DEMO_TODAY = LAST_DAY + dt.timedelta(days=1)

    assert refusal_of(tus.create(10)) == (403, "collection_closed")


@pytest.mark.parametrize("purpose", ["original", "film", "proof"])
def test_a_purpose_must_be_known_and_asked_for(tus, purpose):
    response = tus.create(10, details={"purpose": purpose})

    assert response.status_code == {"original": 400, "film": 400, "proof": 403}[purpose]


def test_an_upload_with_no_byte_makes_way_for_the_same_file_again(tus, draft):
    first = tus.begun(10)

    second = tus.begun(10)

    assert (tus.head(first).status_code, tus.head(second).status_code) == (410, 200)


def test_the_same_name_and_size_without_a_fingerprint_is_another_file(tus):
    first = tus.begun(10)
    tus.patch(first, 0, b"12345")

    second = tus.begun(10)

    assert (tus.offset(first), tus.offset(second)) == (5, 0)
