import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from judging.blind import BlindWork, Piece, blind_work
from judging.models import Candidate
from submissions.media.codes import Code
from submissions.models import Submission
from submissions.states import Severity
from tests.factories.contests import make_wenzhou_contest
from tests.factories.judging import (
    make_candidate,
    make_contest,
    make_round,
    make_submission,
)
from tests.factories.submissions import make_handed_in, make_media_file

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


def test_a_work_of_links_is_watched_where_it_is_published():
    contest = make_wenzhou_contest()
    work = make_handed_in(
        contest,
        files=0,
        unit=contest.units.get(key="beautiful"),
        track=contest.tracks.get(key="public"),
        category=contest.categories.get(key="douyin"),
    )
    work.links.create(position=1, url="https://v.douyin.com/iRNBho6u/")
    candidate = Candidate.objects.create(
        round=make_round(contest, stage="final"),
        submission=work,
        prize_group=contest.prize_groups.get(),
        blind_number="0001",
    )

    seen = blind_work(candidate)
    page = render_to_string("judging/_stage.html", {"work": seen})

    assert (seen.links, seen.site) == (["https://v.douyin.com/iRNBho6u/"], "抖音")
    assert 'rel="noopener noreferrer nofollow"' in page
