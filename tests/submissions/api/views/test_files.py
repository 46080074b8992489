"""Files and papers for programs: one at a time, whole, in order."""

import pytest

from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    make_complete_draft,
    make_draft,
    picture_bytes,
)
from tests.submissions.api.views.calls import one, send_file


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "FRM-FILE-EMPTY"), (b"x" * (1024 * 1024 + 1), "FRM-FILE-LARGE")],
)
def test_empty_and_too_large_files_are_refused(api, contest, citizen, content, code):
    draft = make_draft(contest, author=citizen)

    response = send_file(api(citizen), draft, content)

    assert (response.status_code, response.json()["code"]) == (409, code)
    assert draft.media_files.count() == 0


def test_a_cut_upload_stores_nothing(api, contest, citizen):
    draft = make_draft(contest, author=citizen)
    body = (
        b"--frontier\r\n"
        b'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    ) + picture_bytes()[:100]

    response = api(citizen).post(
        one(draft, "files"),
        data=body,
        content_type="multipart/form-data; boundary=frontier",
    )

    assert (response.status_code, response.json()["code"]) == (409, "upload_cut")
    assert draft.media_files.count() == 0


def test_a_long_caption_is_refused_and_the_file_not_kept(api, contest, citizen):
    draft = make_draft(contest, author=citizen)

    response = send_file(api(citizen), draft, caption="字" * 101)

    assert response.status_code == 400
    assert response.json()["codes"] == {"caption": ["caption_long"]}
    assert draft.media_files.count() == 0


def test_a_file_can_be_removed_by_its_author_only(api, contest, citizen):
    draft = make_complete_draft(contest, author=citizen)
    address = f"/api/v1/files/{draft.media_files.get().pk}/remove/"

    stranger = api(CitizenFactory()).post(address)
    own = api(citizen).post(address)

    assert (stranger.status_code, own.status_code) == (404, 200)
    assert own.json()["files"] == []
