import pytest
from django.urls import reverse
from django.utils import translation

from judging.blind import BlindWork, Piece, blind_work
from submissions.media.codes import Code
from submissions.models import Submission
from submissions.states import Severity
from tests.factories.judging import (
    make_candidate,
    make_contest,
    make_round,
    make_submission,
)
from tests.factories.submissions import make_media_file

pytestmark = pytest.mark.django_db


def address(media_file, variant):
    return reverse("submissions:media", args=[media_file.token, variant])


def test_judge_gets_the_work_and_its_pictures_and_no_names():
    contest = make_contest()
    submission = make_submission(
        contest,
        title="晨光",
        story="清晨的渡口。",
        genre="纪实",
        ai_use=Submission.AiUse.PARTLY,
        ai_note="天空由软件补全。",
    )
    finding = (Code.IMG_EXIF_NONE, Severity.INFO)
    warning = (Code.IMG_MODE_GREY, Severity.WARNING)
    first = make_media_file(submission, caption="渡口", findings=[finding, warning])
    second = make_media_file(submission, findings=[warning])

    with translation.override("en"):
        work = blind_work(make_candidate(make_round(contest), submission=submission))

    [remark] = work.remarks
    assert work == BlindWork(
        number="0001",
        title="晨光",
        story="清晨的渡口。",
        unit="River",
        track="Everybody",
        category="Photo",
        genre="纪实",
        ai_use="Parts were made with AI",
        ai_note="天空由软件补全。",
        pieces=[
            Piece(False, address(first, "view"), "", "渡口", 1),
            Piece(False, address(second, "view"), "", "", 2),
        ],
        remarks=[remark],
    )


def test_video_plays_with_its_still():
    contest = make_contest()
    contest.categories.update(media="video")
    submission = make_submission(contest)
    film = make_media_file(submission, content_type="mp4")

    work = blind_work(make_candidate(make_round(contest), submission=submission))

    assert work.pieces == [
        Piece(True, address(film, "view"), address(film, "poster"), "", 1)
    ]
