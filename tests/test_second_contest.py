"""A quite different contest, from its folder to an accepted work, in the same code."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from contests import clock
from submissions.models import Submission
from submissions.services import CollectionClosed, Incomplete, submit
from submissions.services.drafts import (
    create_draft,
    declare,
    set_authors,
    update_draft,
)
from submissions.services.files import add_file
from submissions.services.screening import checks_for, decide, turn_of
from submissions.states import Decision, State, Verdict
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.contests import make_miniature_contest
from tests.submissions.media import makers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

IN_SPRING = clock.start_of(dt.date(2031, 4, 1))
LAST_SECOND = clock.start_of(dt.date(2031, 6, 1)) - dt.timedelta(seconds=1)
TOO_LATE = clock.start_of(dt.date(2031, 6, 1))


@pytest.fixture
def contest():
    return make_miniature_contest()


@pytest.fixture
def fill_in(contest, django_capture_on_commit_callbacks):
    """Makes a draft whose files have been looked at."""

    def fill(category, *files) -> Submission:
        author = CitizenFactory()
        acting = {"by": author, "at": IN_SPRING}
        draft = create_draft(contest=contest, author=author, at=IN_SPRING)
        update_draft(
            submission=draft,
            unit=contest.units.get(key="noodles"),
            track=contest.tracks.get(key="neighbours"),
            category=contest.categories.get(key=category),
            title="头汤面",
            entrant_name="面小碗",
            ai_use=Submission.AiUse.NONE,
            **acting,
        )
        set_authors(submission=draft, names=["面小碗"], **acting)
        declare(submission=draft, keys={"mine"}, **acting)
        for number, content in enumerate(files):
            name = f"{number}.{'mp4' if category == 'clip' else 'jpg'}"
            with django_capture_on_commit_callbacks(execute=True):
                upload = SimpleUploadedFile(name, content)
                add_file(submission=draft, upload=upload, **acting)
        draft.refresh_from_db()
        return draft

    return fill


def clip(tmp_path, size):
    return makers.film(tmp_path / "clip.mp4", size=size, seconds=1).read_bytes()


def photographs(count):
    """Each a picture of its own."""
    sizes = [(1200 + 40 * number, 900) for number in range(count)]
    return [makers.jpeg_bytes(makers.photograph(size)) for size in sizes]


def test_a_work_goes_from_draft_to_accepted(
    contest, fill_in, django_capture_on_commit_callbacks
):
    draft = fill_in("pair", *photographs(2))
    reviewers = [make_worker(contest, Role.REVIEWER) for _level in range(2)]

    with django_capture_on_commit_callbacks(execute=True):
        submit(submission=draft, by=draft.author, at=LAST_SECOND)
    for reviewer in reviewers:
        draft.refresh_from_db()
        decide(
            submission=draft,
            by=reviewer,
            at=LAST_SECOND,
            turn=turn_of(draft),
            decision=Decision.PASS,
            checks=[check.key for check in checks_for(draft)],
        )

    draft.refresh_from_db()
    assert (draft.state, draft.number) == (State.ACCEPTED, "NOODLE-001")


def test_this_book_s_last_day_holds(fill_in):
    draft = fill_in("pair", *photographs(2))

    with pytest.raises(CollectionClosed):
        submit(submission=draft, by=draft.author, at=TOO_LATE)


def test_this_book_s_number_of_pictures_holds(fill_in):
    draft = fill_in("pair", *photographs(1))

    with pytest.raises(Incomplete) as refusal:
        submit(submission=draft, by=draft.author, at=IN_SPRING)

    assert refusal.value.code == "SET-COUNT-FEW"


def test_a_clip_that_is_large_enough_here_passes(fill_in, tmp_path):
    draft = fill_in("clip", clip(tmp_path, "1280x720"))

    [file] = draft.media_files.select_related("inspection")
    assert file.inspection.verdict != Verdict.FAILED


def test_a_clip_that_is_too_small_here_fails_with_this_book_s_clause(
    contest, fill_in, tmp_path
):
    draft = fill_in("clip", clip(tmp_path, "640x360"))

    [file] = draft.media_files.select_related("inspection")
    assert file.inspection.verdict == Verdict.FAILED
    finding = file.inspection.findings.get(code="VID-PIXELS-LOW")
    assert (finding.rule, finding.clause) == (
        "4",
        "小短片为 MP4，不超过 30 秒，720P 以上。",
    )
