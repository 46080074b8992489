"""The demonstration: told through the services, once."""

import datetime as dt

import pytest

from accounts.demonstration import create_demo_accounts
from accounts.organisations import load_organisations, read_organisations
from contest_portal import env
from contest_portal.desk.demonstration import tell_story
from contest_portal.desk.scenario import Scenario, load_scenario
from judging.models import Ballot, Round
from judging.states import RoundState
from outreach.models import Activity, Recommendation
from submissions.models import Submission
from submissions.states import State
from tests.factories.contests import make_shipped_contest, shipped_rulebook

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    contest = make_shipped_contest()
    rows = read_organisations(env.default_rulebook() / "organisations.csv")
    load_organisations(contest=contest, rows=rows)
    create_demo_accounts(contest)
    return contest


def story(*ends, day=dt.date(2023, 8, 20)) -> Scenario:
    """One photograph for each ending, on one day, and the shipped stations."""
    shipped = load_scenario(env.default_rulebook())
    works = [
        {
            "title": f"Work {number}",
            "story": "…",
            "unit": "venue",
            "track": "public",
            "category": "photo",
            "picture": "lotus",
            "on": day,
            "authors": [f"示例作者{number}"],
            "end": end,
            "reason": "story" if end == "returned" else "",
            "selected": True,
        }
        for number, end in enumerate(ends, start=1)
    ]
    return Scenario.model_validate(shipped.model_dump() | {"works": works})


def told(contest, scenario):
    lines = []
    tell_story(contest, scenario, say=lines.append)
    return lines


def test_every_work_ends_where_the_story_leaves_it(contest):
    told(contest, story("draft", "screening", "first-passed", "returned", "accepted"))

    assert list(
        Submission.objects.order_by("pk").values_list("title", "state", "cycle")
    ) == [
        ("Work 1", State.DRAFT, 0),
        ("Work 2", State.SCREENING, 1),
        ("Work 3", State.SCREENING, 1),
        ("Work 4", State.RETURNED, 1),
        ("Work 5", State.ACCEPTED, 1),
    ]


def test_the_round_of_today_is_under_way_and_leaves_a_judge_something_to_do(contest):
    told(contest, story("accepted", "accepted", "accepted"))

    round = Round.objects.get()
    done = Ballot.objects.exclude(total_hundredths=None).count()
    assert (round.state, round.candidates.count()) == (RoundState.JUDGING, 3)
    assert (Ballot.objects.count(), done) == (9, 2)


def test_a_quarter_gone_by_is_published_with_what_was_selected(contest):
    told(contest, story("accepted", day=dt.date(2023, 6, 1)))

    first = Round.objects.order_by("stage__position").first()
    assert first.state == RoundState.PUBLISHED
    assert first.candidates.selected().count() == 1


def test_every_district_but_the_one_to_be_tried_has_handed_in(contest):
    told(contest, story())

    states = dict(Recommendation.objects.values_list("district__name", "state"))
    drafts = [name for name, state in states.items() if state == "draft"]
    assert len(states) == contest.districts.count()
    assert len(drafts) == 1
    assert Activity.objects.count() == 3 * (len(states) - 1)


def test_telling_it_again_changes_nothing(contest):
    told(contest, story("draft"))

    lines = told(contest, story("draft", "draft"))

    assert Submission.objects.count() == 1
    assert lines == ["The demonstration is there already."]


def test_the_shipped_story_fits_the_shipped_rule_book():
    scenario, book = load_scenario(env.default_rulebook()), shipped_rulebook()

    for work in scenario.works:
        assert work.unit in {unit.key for unit in book.units}
        assert work.track in {track.key for track in book.tracks}
        assert work.category in {category.key for category in book.categories}
        assert len(work.title) <= book.defaults.title_max_length
        assert work.on <= scenario.today
