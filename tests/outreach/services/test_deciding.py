import datetime as dt

import pytest

from accounts.models import Role
from outreach.lifecycle import IllegalMove
from outreach.services import accept, return_recommendation
from outreach.services.deciding import NotAnOrganiser, ReasonMissing, ScanNotCompared
from outreach.states import RecommendationState
from tests.factories.accounts import make_worker
from tests.factories.judging import make_contest as make_other_contest
from tests.factories.outreach import (
    BEFORE_DUE,
    district_of,
    make_contest,
    make_organiser,
    make_table,
)

pytestmark = pytest.mark.django_db
NEXT_DAY = BEFORE_DUE + dt.timedelta(days=1)


@pytest.fixture
def table():
    return make_table(district_of(make_contest()), state=RecommendationState.HANDED_IN)


def test_an_organiser_accepts_a_table_compared_with_its_stamped_copy(table):
    organiser = make_organiser(table.contest)

    accept(recommendation=table, by=organiser, at=NEXT_DAY, compared=True)

    table.refresh_from_db()
    event = table.events.get()
    assert table.state == RecommendationState.ACCEPTED
    assert (event.to_state, event.actor_label, event.at) == (
        RecommendationState.ACCEPTED,
        organiser.username,
        NEXT_DAY,
    )


def test_a_table_not_compared_is_not_accepted(table):
    organiser = make_organiser(table.contest)

    with pytest.raises(ScanNotCompared) as refusal:
        accept(recommendation=table, by=organiser, at=NEXT_DAY, compared=False)

    table.refresh_from_db()
    assert refusal.value.code == "scan_not_compared"
    assert table.state == RecommendationState.HANDED_IN


def test_an_organiser_returns_a_table_with_a_reason(table):
    organiser = make_organiser(table.contest)

    return_recommendation(
        recommendation=table, by=organiser, at=NEXT_DAY, reason=" 第 2 行电话少一位。 "
    )

    table.refresh_from_db()
    assert table.state == RecommendationState.RETURNED
    assert table.events.get().reason == "第 2 行电话少一位。"


def test_a_return_without_a_reason_is_refused(table):
    organiser = make_organiser(table.contest)

    with pytest.raises(ReasonMissing) as refusal:
        return_recommendation(
            recommendation=table, by=organiser, at=NEXT_DAY, reason="  "
        )

    table.refresh_from_db()
    assert refusal.value.code == "reason_missing"
    assert table.state == RecommendationState.HANDED_IN


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.REVIEWER])
def test_only_organisers_decide(table, role):
    other = make_worker(table.contest, role)

    with pytest.raises(NotAnOrganiser):
        accept(recommendation=table, by=other, at=NEXT_DAY, compared=True)
    with pytest.raises(NotAnOrganiser):
        return_recommendation(recommendation=table, by=other, at=NEXT_DAY, reason="…")


def test_an_organiser_of_another_contest_does_not_decide(table):
    other = make_organiser(make_other_contest())

    with pytest.raises(NotAnOrganiser):
        accept(recommendation=table, by=other, at=NEXT_DAY, compared=True)


def test_a_draft_is_not_accepted():
    table = make_table(district_of(make_contest()))
    organiser = make_organiser(table.contest)

    with pytest.raises(IllegalMove):
        accept(recommendation=table, by=organiser, at=NEXT_DAY, compared=True)
