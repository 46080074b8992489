import pytest

from outreach.lifecycle import IllegalMove, change_activity_state, change_state
from outreach.models import Recommendation
from outreach.states import (
    ACTIVITY_TRANSITIONS,
    RECOMMENDATION_TRANSITIONS,
    ActivityState,
    RecommendationState,
)
from tests.factories.outreach import (
    BEFORE_DUE,
    district_of,
    make_activity,
    make_contest,
    make_table,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return district_of(make_contest())


@pytest.mark.parametrize("to", RecommendationState)
@pytest.mark.parametrize("state", RecommendationState)
def test_a_table_moves_as_its_table_of_moves_says(district, state, to):
    table = make_table(district, state=state, handed_in_at=BEFORE_DUE)
    is_legal = to in RECOMMENDATION_TRANSITIONS[state]

    if is_legal:
        change_state(table, to=to, by=None, at=BEFORE_DUE)
    else:
        with pytest.raises(IllegalMove):
            change_state(table, to=to, by=None, at=BEFORE_DUE)

    table.refresh_from_db()
    assert table.state == (to if is_legal else state)
    assert table.events.count() == int(is_legal)


@pytest.mark.parametrize("to", ActivityState)
@pytest.mark.parametrize("state", ActivityState)
def test_an_activity_moves_as_its_table_of_moves_says(district, state, to):
    activity = make_activity(make_table(district).stations.first(), state=state)
    is_legal = to in ACTIVITY_TRANSITIONS[state]

    if is_legal:
        change_activity_state(activity, to=to, by=None, at=BEFORE_DUE)
    else:
        with pytest.raises(IllegalMove):
            change_activity_state(activity, to=to, by=None, at=BEFORE_DUE)

    activity.refresh_from_db()
    assert activity.state == (to if is_legal else state)
    assert activity.events.count() == int(is_legal)


def test_a_move_looks_at_the_state_as_it_stands_now(district):
    table = make_table(district, state=RecommendationState.HANDED_IN)
    Recommendation.objects.update(state=RecommendationState.ACCEPTED)

    with pytest.raises(IllegalMove):
        change_state(table, to=RecommendationState.ACCEPTED, by=None, at=BEFORE_DUE)
