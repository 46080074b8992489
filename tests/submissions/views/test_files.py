"""Files on their way into a draft: whole, cut short, too large, empty, in order."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.models import Inspection, MediaFile
from submissions.states import InspectionState, WorkQueue
from tests.factories.submissions import (
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
    picture_bytes,
)

BOUNDARY = "--------frontier"
MEGABYTE = 1024 * 1024


def to_files(draft):
    return f"/submissions/{draft.pk}/files/"


def upload(browser, draft, content=None, name="a.jpg", **fields):
    content = picture_bytes() if content is None else content
    return browser.post(
        to_files(draft), {"file": SimpleUploadedFile(name, content), **fields}
    )


def sentences(response):
    return [str(message) for message in response.context["messages"]]


def stored(draft):
    return [file.original_name for file in draft.media_files.all()]


def test_a_file_is_stored_byte_for_byte_and_its_check_begins(visit, draft):
    content = picture_bytes(size=(800, 600))

    response = upload(visit(draft.author), draft, content, name="船.jpg")

    media_file = draft.media_files.get()
    assert response["Location"] == f"/submissions/{draft.pk}/edit/files/#files"
    assert media_file.file.read() == content
    assert media_file.original_name == "船.jpg"
    assert media_file.inspection.state == InspectionState.QUEUED


def test_several_files_can_be_chosen_at_once(visit, draft):
    files = [SimpleUploadedFile(f"{n}.jpg", picture_bytes()) for n in (1, 2)]

    visit(draft.author).post(to_files(draft), {"file": files})

    assert stored(draft) == ["1.jpg", "2.jpg"]


def test_files_chosen_at_once_are_no_larger_together_than_one_may_be(visit, draft):
    half = b"x" * (MEGABYTE // 2 + 1)
    files = [SimpleUploadedFile(f"{n}.jpg", half) for n in (1, 2)]

    visit(draft.author).post(to_files(draft), {"file": files})

    assert stored(draft) == []


def test_strangers_can_not_add_files(visit, draft, stranger):
    assert upload(visit(stranger), draft).status_code == 404
    assert upload(visit(), draft).status_code == 302
    assert stored(draft) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty (0 bytes)."),
        (b"x" * (MEGABYTE + 1), "This file is larger than 1 MB."),
    ],
)
def test_empty_and_too_large_files_are_refused(visit, draft, content, sentence):
    browser = visit(draft.author)

    upload(browser, draft, content)
    page = browser.get(f"/submissions/{draft.pk}/edit/files/")

    assert [each[: len(sentence)] for each in sentences(page)] == [sentence]
    assert stored(draft) == []


def test_one_file_more_than_the_category_takes_is_refused(visit, draft):
    for _number in range(3):
        make_media_file(draft)
    browser = visit(draft.author)

    upload(browser, draft)

    assert sentences(browser.get(f"/submissions/{draft.pk}/edit/files/")) == [
        "This series has 4 photographs; at most 3 fit into one work. Please choose "
        "the best."
    ]
    assert draft.media_files.count() == 3


def test_sending_nothing_asks_for_a_file(visit, draft):
    browser = visit(draft.author)

    browser.post(to_files(draft), {"file": ""})

    page = browser.get(f"/submissions/{draft.pk}/edit/files/")
    assert sentences(page) == ["Please choose a file first."]


def cut_body(content):
    """A form whose file ends in the middle, as when the network breaks."""
    head = (
        f"--{BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return head.encode() + content[: len(content) // 2]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_an_upload_cut_half_way_stores_nothing_and_says_so(visit, draft, accept):
    browser = visit(draft.author)
    draft.title = "Kept"
    draft.save()

    response = browser.post(
        to_files(draft),
        data=cut_body(picture_bytes(size=(900, 900))),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        headers={"Accept": accept},
    )

    sentence = (
        "The upload broke off half-way. Nothing is lost: your draft is kept, please "
        "send the file once more."
    )
    draft.refresh_from_db()
    assert (MediaFile.objects.count(), draft.title) == (0, "Kept")
    if accept == "text/html":
        page = browser.get(response["Location"])
        assert sentences(page) == [sentence]
    else:
        assert response.status_code == 409
        assert json.loads(response.content) == {
            "code": "upload_cut",
            "detail": sentence,
        }


def test_the_script_hears_codes_and_sentences(visit, draft):
    browser = visit(draft.author)
    heads = {"Accept": "application/json"}

    good = browser.post(
        to_files(draft),
        {"file": SimpleUploadedFile("a.jpg", picture_bytes())},
        headers=heads,
    )
    bad = browser.post(
        to_files(draft), {"file": SimpleUploadedFile("b.jpg", b"")}, headers=heads
    )

    assert good.status_code == 201
    assert (bad.status_code, json.loads(bad.content)["code"]) == (409, "FRM-FILE-EMPTY")


def test_the_token_is_still_asked_for(draft, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(draft.author)

    response = upload(client, draft)

    assert response.status_code == 403
    assert stored(draft) == []


def test_another_file_takes_the_place_and_the_caption_of_the_first(visit, draft):
    first = make_media_file(draft, original_name="first.jpg", caption="At dawn")
    make_media_file(draft, original_name="second.jpg")

    upload(visit(draft.author), draft, name="better.jpg", replace=first.pk)

    assert [(file.original_name, file.caption) for file in draft.media_files.all()] == [
        ("better.jpg", "At dawn"),
        ("second.jpg", ""),
    ]


def test_a_refused_replacement_leaves_the_first_where_it_was(visit, draft):
    first = make_media_file(draft, original_name="first.jpg")

    upload(visit(draft.author), draft, b"", replace=first.pk)

    assert stored(draft) == ["first.jpg"]
    assert first.file.storage.exists(first.file.name)


def test_a_file_can_be_moved_and_captions_typed_meanwhile_are_kept(visit, draft):
    first = make_media_file(draft, original_name="first.jpg")
    second = make_media_file(draft, original_name="second.jpg")

    response = visit(draft.author).post(
        f"/files/{second.pk}/move/", {"to": "1", f"caption-{first.pk}": "Dawn"}
    )

    first.refresh_from_db()
    assert response.status_code == 302
    assert stored(draft) == ["second.jpg", "first.jpg"]
    assert first.caption == "Dawn"


def test_a_file_can_be_removed(visit, draft, django_capture_on_commit_callbacks):
    media_file = make_media_file(draft)

    with django_capture_on_commit_callbacks(execute=True):
        visit(draft.author).post(f"/files/{media_file.pk}/remove/")

    assert stored(draft) == []
    assert not media_file.file.storage.exists(media_file.file.name)


@pytest.mark.parametrize("verb", ["move", "remove"])
def test_strangers_can_not_change_files(visit, draft, stranger, verb):
    media_file = make_media_file(draft)

    response = visit(stranger).post(f"/files/{media_file.pk}/{verb}/", {"to": "1"})

    assert response.status_code == 404
    assert draft.media_files.count() == 1


def test_files_of_a_work_handed_in_stay(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen)

    visit(citizen).post(f"/files/{work.media_files.get().pk}/remove/")

    assert work.media_files.count() == 1


def test_the_page_asks_again_only_while_a_check_runs(visit, draft, stranger):
    running = make_media_file(draft, state=InspectionState.RUNNING)
    address = f"/submissions/{draft.pk}/inspections/"
    browser = visit(draft.author)

    during = browser.get(address).content.decode()
    running.delete()
    make_failed_file(draft)
    after = browser.get(address).content.decode()

    assert 'hx-trigger="every 1s"' in during
    assert 'hx-trigger="every 1s"' not in after
    assert "This file is not a JPG picture but PNG." in after
    assert "Please see what is marked." in after
    assert visit(stranger).get(address).status_code == 404


def running_film(draft, share_done):
    media_file = make_media_file(draft, state=InspectionState.RUNNING)
    Inspection.objects.filter(media_file=media_file).update(share_done=share_done)
    return media_file


@pytest.mark.parametrize("page", ["inspections/", "checks/", "", "edit/files/"])
def test_progress_written_by_a_worker_is_on_the_page_with_its_next_question(
    visit, draft, page
):
    running_film(draft, 0.4249)

    shown = visit(draft.author).get(f"/submissions/{draft.pk}/{page}")

    assert 'value="42"' in shown.content.decode()
    assert "42 % checked" in shown.content.decode()
    assert 'hx-trigger="every 1s"' in shown.content.decode()


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (0, "It is the next one."),
        (1, "about 1 file is before it"),
        (3, "about 3 files are before it"),
    ],
)
def test_a_file_that_waits_is_told_how_many_do_before_it(visit, draft, before, words):
    other = make_draft(draft.contest)
    for _number in range(before):
        make_media_file(other, state=InspectionState.QUEUED)
    make_media_file(draft, state=InspectionState.QUEUED)
    films = make_media_file(other, state=InspectionState.QUEUED)
    Inspection.objects.filter(media_file=films).update(queue=WorkQueue.SLOW)

    shown = visit(draft.author).get(f"/submissions/{draft.pk}/inspections/")

    assert words in shown.content.decode()


def test_asking_costs_as_many_queries_for_three_files_as_for_one(visit, draft):
    browser = visit(draft.author)
    counts = []
    for _number in range(3):
        running_film(draft, 0.5)
        make_media_file(draft, state=InspectionState.QUEUED)
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/submissions/{draft.pk}/checks/")
        counts.append(len(asked))

    assert len(set(counts)) == 1
    assert counts[0] <= 10


def test_a_works_page_is_read_anew_once_all_checks_are_done(visit, draft, stranger):
    running = running_film(draft, 0.5)
    address = f"/submissions/{draft.pk}/checks/"
    browser = visit(draft.author)

    during = browser.get(address)
    running.delete()
    make_media_file(draft)
    after = browser.get(address)

    assert "HX-Refresh" not in during
    assert after["HX-Refresh"] == "true"
    assert 'hx-trigger="every 1s"' not in after.content.decode()
    assert visit(stranger).get(address).status_code == 404


def test_one_person_stores_so_much_and_no_more_without_script_too(
    visit, draft, settings
):
    settings.UPLOAD_PERSON_MB = 0
    settings.UPLOAD_FREE_DISK_MB = 0

    response = visit(draft.author).post(
        to_files(draft),
        {"file": SimpleUploadedFile("a.jpg", picture_bytes())},
        headers={"Accept": "application/json"},
    )

    assert response.status_code == 409
    assert json.loads(response.content)["code"] == "uploads_large_together"
    assert stored(draft) == []
