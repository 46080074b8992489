"""The one door through which files go out."""

import pytest

from accounts.models import Role
from submissions import permissions
from submissions.media.jobs.copies import label_mark
from submissions.media.jobs.labelling import label_for
from submissions.models import Derivative, Submission
from submissions.states import State
from tests.factories.accounts import make_worker
from tests.factories.submissions import (
    make_complete_draft,
    make_contest,
    make_copies,
    make_handed_in,
    make_media_file,
    make_organiser,
    picture_bytes,
)

CONTENT = picture_bytes(size=(200, 150))
SIZE = len(CONTENT)


def url(media_file, variant="original"):
    return f"/media/{media_file.token}/{variant}"


@pytest.fixture
def draft_file(contest, citizen):
    return make_media_file(
        make_complete_draft(contest, author=citizen, files=0), content=CONTENT
    )


@pytest.fixture
def public_file(contest, citizen):
    work = make_handed_in(contest, state=State.ACCEPTED, author=citizen, files=0)
    return make_media_file(work, content=CONTENT)


def body(response):
    return b"".join(response.streaming_content)


def test_the_author_gets_the_whole_file_under_a_neutral_name(visit, draft_file):
    response = visit(draft_file.submission.author).get(url(draft_file))

    name = f"{draft_file.submission_id}-1.jpg"
    assert body(response) == CONTENT
    assert response.status_code == 200
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "Content-Length",
            "Content-Disposition",
            "Cache-Control",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Accept-Ranges",
        )
    } == {
        "Content-Type": "image/jpeg",
        "Content-Length": str(SIZE),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, max-age=300",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
    }


def test_a_part_is_answered_with_exactly_these_bytes(visit, draft_file):
    browser = visit(draft_file.submission.author)

    response = browser.get(url(draft_file), headers={"Range": "bytes=5-24"})

    assert response.status_code == 206
    assert body(response) == CONTENT[5:25]
    assert response["Content-Range"] == f"bytes 5-24/{SIZE}"
    assert response["Content-Length"] == "20"


def test_a_part_behind_the_end_is_refused(visit, draft_file):
    browser = visit(draft_file.submission.author)

    response = browser.get(url(draft_file), headers={"Range": f"bytes={SIZE}-"})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"


def test_a_part_of_a_file_that_has_changed_is_the_whole(visit, draft_file):
    browser = visit(draft_file.submission.author)

    response = browser.get(
        url(draft_file), headers={"Range": "bytes=5-24", "If-Range": '"other"'}
    )

    assert response.status_code == 200
    assert body(response) == CONTENT


def test_a_browser_that_has_the_file_is_told_so(visit, draft_file):
    browser = visit(draft_file.submission.author)
    etag = browser.get(url(draft_file))["ETag"]

    part = browser.get(
        url(draft_file), headers={"Range": "bytes=0-9", "If-Range": etag}
    )
    again = browser.get(url(draft_file), headers={"If-None-Match": etag})

    assert part.status_code == 206
    assert again.status_code == 304


def test_head_tells_the_size_without_the_bytes(visit, draft_file):
    response = visit(draft_file.submission.author).head(url(draft_file))

    assert response["Content-Length"] == str(SIZE)
    assert response.content == b""


def test_a_file_gone_from_the_store_is_not_found(visit, draft_file):
    draft_file.file.storage.delete(draft_file.file.name)

    response = visit(draft_file.submission.author).get(url(draft_file))

    assert response.status_code == 404


@pytest.mark.parametrize("variant", ["original", "view", "thumbnail"])
def test_files_of_a_draft_are_its_authors_alone(
    visit, draft_file, stranger, organiser, reviewer, variant
):
    address = url(draft_file, variant)
    visitors = [draft_file.submission.author, None, stranger, organiser, reviewer]

    answers = [visit(visitor).get(address).status_code for visitor in visitors]

    assert answers == [200, 404, 404, 404, 404]


def test_originals_of_a_work_handed_in_are_for_its_author_and_staff(
    visit, contest, citizen, stranger, organiser, reviewer
):
    work = make_handed_in(contest, author=citizen)
    address = url(work.media_files.get())
    judge = make_worker(contest, Role.JUDGE)
    other_organiser = make_organiser(make_contest())
    visitors = [citizen, organiser, reviewer, judge, other_organiser, stranger, None]

    answers = [visit(visitor).get(address).status_code for visitor in visitors]

    assert answers == [200, 200, 200, 404, 404, 404, 404]


def test_copies_of_an_accepted_work_are_public_and_its_original_is_not(
    visit, public_file
):
    browser = visit()

    view = browser.get(url(public_file, "view"))
    original = browser.get(url(public_file))

    assert view.status_code == 200
    assert view["Cache-Control"] == "public, max-age=300"
    assert view["Content-Disposition"].startswith("inline")
    assert original.status_code == 404


def test_an_app_above_can_admit_somebody_to_copies(
    visit, contest, stranger, monkeypatch
):
    media_file = make_handed_in(contest).media_files.get()
    monkeypatch.setattr(
        permissions, "_media_viewers", [lambda user, file: user == stranger]
    )

    copy = visit(stranger).get(url(media_file, "view"))
    original = visit(stranger).get(url(media_file))

    assert (copy.status_code, original.status_code) == (200, 404)


def test_the_name_of_a_copy_does_not_say_which_work_it_is(visit, public_file):
    copy = visit().get(url(public_file, "view"))

    assert copy["Content-Disposition"] == 'inline; filename="view-1.jpg"'


def test_a_video_plays_from_its_copy_and_never_as_it_came(visit, contest):
    work = make_handed_in(
        contest,
        state=State.ACCEPTED,
        category=contest.categories.get(key="film"),
        files=0,
    )
    film = make_media_file(work, content=b"film", content_type="mp4", copies=False)

    before = visit().get(url(film, "view"))
    make_copies(film, Derivative.Kind.VIEW, Derivative.Kind.POSTER)
    after = visit().get(url(film, "view"))

    assert (before.status_code, after.status_code) == (404, 200)
    assert body(after) != b"film"


@pytest.mark.parametrize("found", ["html", "svg", "", "unknown"])
def test_what_is_no_picture_or_video_is_never_shown_in_place(
    visit, contest, citizen, found
):
    draft = make_complete_draft(contest, author=citizen, files=0)
    media_file = make_media_file(
        draft, content=b"<script>alert(1)</script>", content_type=found, copies=False
    )
    browser = visit(citizen)

    original = browser.get(url(media_file))
    view = browser.get(url(media_file, "view"))

    assert original["Content-Type"] == "application/octet-stream"
    assert original["Content-Disposition"].startswith("attachment")
    assert view.status_code == 404


def test_unknown_variants_and_files_are_not_found(visit, public_file):
    browser = visit()

    unknown_variant = browser.get(url(public_file, "negative"))
    unknown_file = browser.get("/media/00000000-0000-0000-0000-000000000000/view")

    assert (unknown_variant.status_code, unknown_file.status_code) == (404, 404)


def test_behind_the_proxy_django_only_names_the_file(visit, public_file, settings):
    settings.MEDIA_DELIVERY = "accel"
    copy = public_file.derivatives.get(kind="view")

    response = visit().get(url(public_file, "view"))

    assert response.content == b""
    assert response["X-Accel-Redirect"] == f"/stored/{copy.file.name}"
    assert response["Content-Type"] == "image/jpeg"


@pytest.fixture
def generated_file(public_file):
    """Its entrant says that AI had a part in it, and its copies do not say so yet."""
    work = public_file.submission
    work.ai_use = Submission.AiUse.PARTLY
    work.save()
    return public_file


def test_a_copy_that_keeps_silent_about_ai_is_not_spread(visit, generated_file):
    organiser = make_organiser(generated_file.submission.contest)
    stranger, author = None, generated_file.submission.author

    found = {
        who: visit(who).get(url(generated_file, "view")).status_code
        for who in (stranger, author, organiser)
    }

    assert found == {stranger: 404, author: 200, organiser: 200}


def test_a_copy_that_says_so_is_spread(visit, generated_file):
    mark = label_mark(label_for(generated_file))
    generated_file.derivatives.filter(kind="view").update(detail=mark)

    response = visit(None).get(url(generated_file, "view"))

    assert response.status_code == 200
