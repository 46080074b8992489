"""The same table, or the same work in two, confirmed at the same moment."""

import pytest

from submissions.models import Submission
from tests.factories.imports import (
    confirm_all,
    make_body,
    make_preview,
    make_recommender,
    make_table_contest,
)
from tests.submissions.services.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def body():
    return make_body(make_table_contest())


def confirming(batch):
    return lambda: confirm_all(batch)


def test_a_button_pressed_three_times_makes_one_set_of_works(body):
    batch = make_preview(body)

    outcomes = at_once([confirming(batch) for _ in range(3)])

    assert (outcomes, Submission.objects.count()) == (["done"] * 3, 1)


def test_two_colleagues_with_the_same_work_do_not_pass_each_other_by(body):
    batches = [make_preview(body, by=make_recommender(body)) for _ in range(2)]

    outcomes = at_once([confirming(batch) for batch in batches])

    assert (outcomes, Submission.objects.count()) == (["done", "import_changed"], 1)
