from io import BytesIO

import pytest
from openpyxl import load_workbook

from judging.exports import award_list_xlsx, scores_xlsx
from judging.models import Recusal
from judging.states import RoundState
from judging.tallies import tally_up
from tests.factories.judging import (
    AFTER_AUTUMN,
    AFTER_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_judge,
    make_organisation,
    make_round,
    make_submission,
    score,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def sheets_of(content):
    return {
        page.title: [list(row) for row in page.iter_rows(values_only=True)]
        for page in load_workbook(BytesIO(content)).worksheets
    }


def make_final(**fields):
    contest = make_contest()
    final = make_round(contest, stage="final", **fields)
    work = make_submission(
        contest,
        title="=晨光",
        authors=["李青", "王小荷"],
        organisation_name="示例社区",
    )
    kinds = {kind.key: kind for kind in contest.award_kinds.all()}
    for key, winner in (
        ("first", {"candidate": make_candidate(final, submission=work)}),
        ("organising", {"organisation": make_organisation(contest, name="示例街道")}),
        ("merit", {"person_name": "赵禾"}),
    ):
        final.awards.create(
            kind=kinds[key], position=1, awarded_at=AFTER_AUTUMN, **winner
        )
    return final


def test_award_list_is_laid_out_as_such_lists_are():
    final = make_final(state=RoundState.PUBLISHED, published_at=AFTER_AUTUMN)

    rows = sheets_of(award_list_xlsx(final))

    nothing = [None] * 6
    assert rows == {
        "Winners": [
            ["Small town: winners of Annual final", *nothing],
            ["(In no particular order)", *nothing],
            [
                "Serial no.",
                "Title of work",
                "Authors",
                "Organisation",
                "Unit",
                "Track",
                "Basis of use",
            ],
            ["First prize (1 work)", *nothing],
            [
                1,
                "《=晨光》",
                "李\u3000青、王小荷",
                "示例社区",
                "River",
                "Everybody",
                "None: ask the author first",
            ],
            ["Second prize (not awarded)", *nothing],
            ["Prize for organising (1 body)", *nothing],
            [1, "示例街道", *nothing[1:]],
            ["Merit of a person (1 person)", *nothing],
            [1, "赵\u3000禾", *nothing[1:]],
            ["Published on 2 September 2031", *nothing],
        ]
    }


def test_award_list_says_when_it_is_only_a_draft():
    rows = sheets_of(award_list_xlsx(make_final(state=RoundState.CLOSED)))["Winners"]

    assert rows[1][0] == "(Draft, not published yet. In no particular order)"
    assert rows[-1][:2] == [1, "赵\u3000禾"]


def test_scores_show_results_and_every_ballot():
    contest = make_contest()
    round = make_round(contest, state=RoundState.CLOSED)
    ann = make_judge(contest, username="ann", full_name="评委甲")
    bob = make_judge(contest, username="bob", full_name="评委乙")
    works = [
        make_submission(contest, title=title, number=f"S-{title}") for title in "abc"
    ]
    best, other, gone = (make_candidate(round, submission=work) for work in works)
    scored = score(make_assignment(best, ann), idea=17, craft=16, total=8300)
    scored.comment = "好。"
    scored.save()
    Recusal.objects.create(
        assignment=make_assignment(best, bob), reason="学生", at=AFTER_SPRING
    )
    score(make_assignment(other, ann), idea=10)
    tally_up(round)
    round.candidates.filter(pk=gone.pk).update(left_at=AFTER_SPRING)
    gone.tally.delete()
    round.candidates.filter(pk=best.pk).update(selected_at=AFTER_SPRING)

    sheets = sheets_of(scores_xlsx(round))

    assert sheets == {
        "Overall results": [
            ["Small town: results of Spring selection", *[None] * 7],
            [
                "Prize group",
                "Rank",
                "Blind number",
                "Submission number",
                "Title of work",
                "Ballots",
                "Mean",
                "Remark",
            ],
            ["River", 1, "0001", "S-a", "《a》", 1, 83, "Selected"],
            [None, None, "0002", "S-b", "《b》", 0, None, None],
            [None, None, "0003", "S-c", "《c》", 0, None, "Left the contest"],
        ],
        "Scores": [
            ["Small town: scores of Spring selection", *[None] * 7],
            [
                "Blind number",
                "Title of work",
                "Judge",
                "Idea 60%",
                "Craft 40%",
                "Total points",
                "State",
                "Comment or reason",
            ],
            ["0001", "《a》", "评委甲", 8.5, 8, 83, "Scored", "好。"],
            ["0001", "《a》", "评委乙", None, None, None, "Stepped back", "学生"],
            ["0002", "《b》", "评委甲", 5, None, None, "Partly scored", None],
        ],
    }
