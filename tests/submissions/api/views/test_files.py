"""Files and papers for programs: one at a time, whole, in order."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.tokens import issue_token
from submissions.models import Attachment
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    make_complete_draft,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    picture_bytes,
)
from tests.submissions.api.views.calls import one, post, send_file

MEGABYTE = 1024 * 1024


def act(program, file, verb, data=None):
    return post(program, f"/api/v1/files/{file.pk}/{verb}/", data)


def order(draft):
    return [file.original_name for file in draft.media_files.all()]


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


# --- Programs with a token --------------------------------------------------------
@pytest.fixture
def token(citizen):
    return issue_token(user=citizen, channel="wechat_mini_program")[1]


@pytest.mark.parametrize("field", ["file", "fileName", "image", "文件"])
def test_a_program_sends_a_file_under_any_name(api, contest, citizen, token, field):
    draft = make_draft(contest, author=citizen)
    api().handler.enforce_csrf_checks = True  # a token is no cookie

    upload = SimpleUploadedFile("a.jpg", picture_bytes())
    answer = api().post(
        one(draft, "files"),
        {field: upload, "caption": "At dawn"},
        headers={"authorization": f"Token {token}"},
    )

    assert answer.status_code == 201
    assert draft.media_files.get().caption == "At dawn"


def test_a_file_of_a_stranger_is_not_stored(api, contest, citizen, token):
    draft = make_draft(contest)

    answer = api().post(
        one(draft, "files"),
        {"file": SimpleUploadedFile("a.jpg", picture_bytes())},
        headers={"authorization": f"Token {token}"},
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert draft.media_files.count() == 0


def test_more_than_one_call_may_carry_is_refused(api, contest, citizen, settings):
    settings.API_FILE_MAX_MB = 1
    draft = make_draft(contest, author=citizen)

    answer = send_file(api(citizen), draft, b"x" * (MEGABYTE + 1))

    assert (answer.status_code, answer.json()["code"]) == (
        413,
        "file_too_large_at_once",
    )
    assert draft.media_files.count() == 0


def test_a_call_without_a_file_says_so(api, contest, citizen):
    draft = make_draft(contest, author=citizen)

    answer = api(citizen).post(one(draft, "files"), {"caption": "At dawn"})

    assert (answer.status_code, answer.json()["code"]) == (409, "file_missing")


def test_json_is_no_file(api, contest, citizen):
    draft = make_draft(contest, author=citizen)

    answer = post(api(citizen), one(draft, "files"), {"file": "abc"})

    assert (answer.status_code, answer.json()["code"]) == (
        415,
        "unsupported_media_type",
    )


# --- Order, captions, another file in the same place --------------------------------
@pytest.fixture
def series(contest, citizen):
    draft = make_draft(contest, author=citizen)
    for name in "abc":
        make_media_file(draft, original_name=name)
    return draft


@pytest.mark.parametrize(
    ("to", "expected"), [(1, ["c", "a", "b"]), (2, ["a", "c", "b"]), (9, list("abc"))]
)
def test_a_file_is_put_in_its_place(api, citizen, series, to, expected):
    last = series.media_files.last()

    answer = act(api(citizen), last, "move", {"to": to})

    assert answer.status_code == 200
    assert order(series) == expected


@pytest.mark.parametrize("to", [0, -1, "first", None])
def test_a_place_that_is_none(api, citizen, series, to):
    answer = act(api(citizen), series.media_files.last(), "move", {"to": to})

    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"to"})
    assert order(series) == ["a", "b", "c"]


def test_a_caption_is_written_and_taken_away(api, citizen, series):
    file = series.media_files.first()

    written = act(api(citizen), file, "caption", {"caption": "At dawn"})
    gone = act(api(citizen), file, "caption", {})

    assert written.json()["files"][0]["caption"] == "At dawn"
    assert gone.json()["files"][0]["caption"] == ""


def test_another_file_takes_the_place_of_one(api, citizen, series):
    middle = series.media_files.all()[1]

    upload = SimpleUploadedFile("new.jpg", picture_bytes())
    answer = api(citizen).post(f"/api/v1/files/{middle.pk}/replace/", {"x": upload})

    assert answer.status_code == 201
    assert order(series) == ["a", "new.jpg", "c"]


@pytest.mark.parametrize("verb", ["remove", "replace", "move", "caption"])
def test_files_of_others_do_not_exist(api, contest, citizen, verb):
    file = make_media_file(make_draft(contest))

    answer = act(api(citizen), file, verb)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("verb", "data"), [("remove", {}), ("move", {"to": 1}), ("caption", {})]
)
def test_files_of_a_work_handed_in_stay(api, contest, citizen, verb, data):
    file = make_handed_in(contest, author=citizen).media_files.get()

    answer = act(api(citizen), file, verb, data)

    assert (answer.status_code, answer.json()["code"]) == (409, "not_editable")


# --- Papers ---------------------------------------------------------------------------
@pytest.fixture
def with_papers(settings, db):
    return make_contest(proofs=[{"key": "music", "label": "Licence of the music"}])


def send_paper(program, draft, content, key="music"):
    paper = SimpleUploadedFile("licence.jpg", content)
    return program.post(f"{one(draft)}proofs/{key}/", {"paper": paper})


def test_a_paper_is_added_told_and_removed(api, with_papers):
    draft = make_draft(with_papers)
    program = api(draft.author)

    added = send_paper(program, draft, picture_bytes())
    told = program.get(one(draft)).json()["proofs"]
    removed = post(program, f"/api/v1/proofs/{added.json()['id']}/remove/")

    assert (added.status_code, removed.status_code) == (201, 200)
    assert told == [added.json()]
    assert told[0]["proof_key"] == "music"
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("content", "key", "code"),
    [
        (b"", "music", "FRM-FILE-EMPTY"),
        (b"x" * 100, "music", None),
        (picture_bytes(), "fonts", "not_asked"),
    ],
)
def test_a_paper_that_cannot_be_kept(api, with_papers, content, key, code):
    draft = make_draft(with_papers)

    answer = send_paper(api(draft.author), draft, content, key)

    assert answer.status_code == 409
    assert code in {None, answer.json()["code"]}
    assert not Attachment.objects.exists()


def test_papers_of_others_do_not_exist(api, with_papers, citizen):
    draft = make_draft(with_papers)
    added = send_paper(api(draft.author), draft, picture_bytes()).json()
    stranger = api(citizen)

    answers = [
        send_paper(stranger, draft, picture_bytes()).status_code,
        post(stranger, f"/api/v1/proofs/{added['id']}/remove/").status_code,
    ]

    assert answers == [404, 404]
    assert Attachment.objects.count() == 1


def test_one_person_stores_so_much_and_no_more(api, contest, citizen, settings):
    draft = make_draft(contest, author=citizen)
    file = make_media_file(draft)
    settings.UPLOAD_PERSON_MB = 0

    added = send_file(api(citizen), draft, picture_bytes())
    replaced = api(citizen).post(
        f"/api/v1/files/{file.pk}/replace/",
        {"file": SimpleUploadedFile("b.jpg", picture_bytes())},
    )

    for response in (added, replaced):
        assert response.status_code == 409
        assert response.json()["code"] == "uploads_large_together"
    assert [each.pk for each in draft.media_files.all()] == [file.pk]
