"""Numbers, receipts and requests when many people come at the same moment."""

import pytest

from submissions import services
from submissions.models import Receipt, Submission, Waiver
from submissions.services.waivers import ask_for_waiver, grant_waiver, refuse_waiver
from submissions.states import WaiverState
from tests.factories.accounts import CitizenFactory
from tests.factories.deadlines import make_waiver
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_contest,
    make_draft,
    make_organiser,
    rulebook_document,
)
from tests.submissions.services.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def handing_in(draft):
    own = Submission.objects.get(pk=draft.pk)
    return lambda: services.submit(submission=own, by=own.author, at=COLLECTING)


def make_film():
    """A draft of a contest that may let films be longer."""
    categories = [
        each.model_dump(mode="json") for each in rulebook_document().categories
    ]
    categories[0]["limits"]["duration"]["waiver"] = True
    contest = make_contest(categories=categories)
    return make_draft(contest, category=contest.categories.get(key="film"))


def test_refused_and_repeated_tries_leave_no_gap_between_numbers():
    contest = make_contest()
    whole = [make_complete_draft(contest, author=CitizenFactory()) for _ in range(4)]
    lacking = [make_draft(contest, author=CitizenFactory()) for _ in range(3)]

    outcomes = at_once([handing_in(draft) for draft in [*whole, *whole, *lacking]])

    numbers = sorted(Submission.objects.exclude(number="").values_list("number"))
    assert outcomes.count("done") == 8  # a second press is answered as the first was
    assert numbers == [(f"V-000{place}",) for place in range(1, 5)]
    receipts = {each.submission_id: each for each in Receipt.objects.all()}
    assert receipts.keys() == {draft.pk for draft in whole}
    assert sorted(each.document["number"] for each in receipts.values()) == [
        number for (number,) in numbers
    ]


def test_of_two_requests_at_once_one_stands():
    film = make_film()

    def asking():
        own = Submission.objects.get(pk=film.pk)
        return lambda: ask_for_waiver(
            submission=own,
            kind=Waiver.Kind.DURATION,
            duration_s=120,
            reason="A documentary.",
            by=own.author,
            at=COLLECTING,
        )

    outcomes = at_once([asking() for _ in range(3)])

    assert outcomes == ["done", "waiver_standing", "waiver_standing"]
    assert film.waivers.count() == 1


def test_of_two_answers_at_once_one_counts():
    waiver = make_waiver(make_film())
    organisers = [make_organiser(waiver.submission.contest) for _ in range(2)]
    seen = [Waiver.objects.get(pk=waiver.pk) for _ in range(2)]

    outcomes = at_once(
        [
            lambda: grant_waiver(
                waiver=seen[0], by=organisers[0], at=COLLECTING, duration_s=120
            ),
            lambda: refuse_waiver(
                waiver=seen[1], by=organisers[1], at=COLLECTING, answer="Too long."
            ),
        ]
    )

    waiver.refresh_from_db()
    is_granted = waiver.state == WaiverState.GRANTED
    assert waiver.answered_by == organisers[0 if is_granted else 1]
    assert waiver.answer == ("" if is_granted else "Too long.")
    # A grant that stands may be changed, but never be refused.
    assert outcomes == ["done", "waiver_moved"]
