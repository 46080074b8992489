"""Several reviewers at the desk: levels that are gone, claims, signs of life."""

import pytest
from django.utils import timezone

from submissions.models import ScreeningClaim
from submissions.services import claims
from submissions.states import ScreeningLevel, State
from tests.factories.submissions import make_reviewer, make_screening
from tests.submissions.views.reviewing import decided, desk, waiting


def test_who_typed_for_a_level_that_is_gone_is_told_and_keeps_every_word(
    visit, contest, reviewer
):
    work = waiting(contest)
    typed = decided(work, "return", reason_key="unclear", reason="Frame 3 is blurred.")
    make_screening(work)

    refused = visit(reviewer).post(desk(work), typed)
    text = refused.content.decode()
    again = visit(reviewer).post(desk(work), typed | {"turn": "1-second"})

    assert refused.status_code == 409
    assert "since you opened this work" in text
    assert "Frame 3 is blurred." in text
    assert 'name="turn" value="1-second"' in text
    assert again.status_code == 302
    assert work.screenings.get(reviewer=reviewer).level == ScreeningLevel.SECOND


def test_words_for_a_work_that_left_the_desk_are_still_on_the_page(
    visit, contest, reviewer
):
    work = waiting(contest)
    typed = decided(work, "return", reason_key="unclear", reason="Frame 3 is blurred.")
    type(work).objects.filter(pk=work.pk).update(state=State.WITHDRAWN)

    response = visit(reviewer).post(desk(work), typed)

    assert response.status_code == 409
    assert response.context["can_decide"] is False
    assert "Frame 3 is blurred." in response.content.decode()


@pytest.mark.parametrize("turn", ["", "first", "1-third"])
def test_a_form_that_does_not_say_its_level_decides_nothing(
    visit, contest, reviewer, turn
):
    work = waiting(contest)

    response = visit(reviewer).post(desk(work), {"turn": turn, "decision": "pass"})

    assert response.status_code == 422
    assert work.screenings.count() == 0


# --- Claims -------------------------------------------------------------------------
def test_opening_a_work_claims_it_and_others_read_who_has_it(visit, contest, reviewer):
    work = waiting(contest)
    second = make_reviewer(contest)
    reviewer.full_name = "王荷"
    reviewer.save()

    own = visit(reviewer).get(desk(work))
    other = visit(second).get(desk(work))
    queue = visit(second).get("/screening/")

    assert own.context["can_decide"] is True
    assert other.context["can_decide"] is False
    assert "王* has this work open" in other.content.decode()
    assert "王* has this work open" in queue.content.decode()
    assert [line.can_decide for line in queue.context["lines"]] == [False]
    assert ScreeningClaim.objects.get().reviewer == reviewer


def test_reading_claims_nothing(visit, contest, organiser):
    work = waiting(contest)

    visit(organiser).get(desk(work))

    assert not ScreeningClaim.objects.exists()


def test_the_next_work_is_one_that_nobody_has_open(visit, contest, reviewer):
    first, held, free = (waiting(contest, days=days) for days in (3, 2, 1))
    claims.claim(submission=held, by=make_reviewer(contest), at=timezone.now())

    response = visit(reviewer).post(desk(first), decided(first))

    assert response["Location"] == desk(free)


def test_signs_of_life_keep_a_claim_and_leaving_ends_it(visit, contest, reviewer):
    work = waiting(contest)
    browser = visit(reviewer)
    browser.get(desk(work))

    kept = browser.post(f"/screening/{work.pk}/claim/")
    stale = browser.post(
        f"/screening/{work.pk}/release/", {"claimed_at": "2031-04-10T09:00:00+00:00"}
    )
    still_there = ScreeningClaim.objects.count()
    left = browser.post(f"/screening/{work.pk}/release/", kept.json())

    assert (kept.status_code, stale.status_code, left.status_code) == (200, 204, 204)
    assert (still_there, ScreeningClaim.objects.count()) == (1, 0)


def test_who_lost_the_claim_hears_of_it(visit, contest, reviewer):
    work = waiting(contest)
    claims.claim(submission=work, by=make_reviewer(contest), at=timezone.now())

    answer = visit(reviewer).post(f"/screening/{work.pk}/claim/")

    assert (answer.status_code, answer.json()["code"]) == (409, "claim_held")


def test_an_idle_page_gives_the_work_to_who_asks_for_it(visit, contest, reviewer):
    work = waiting(contest)
    first = make_reviewer(contest)
    moment = timezone.now() - claims.IDLE_AFTER
    claims.claim(submission=work, by=first, at=moment)

    page = visit(reviewer).get(desk(work))
    visit(reviewer).post(f"/screening/{work.pk}/take-over/")

    assert page.context["may_take_over"] is True
    assert ScreeningClaim.objects.get().reviewer == reviewer


@pytest.mark.parametrize("address", ["claim", "release", "take-over", "original"])
def test_only_reviewers_press_the_buttons_of_the_desk(
    visit, contest, organiser, citizen, address
):
    work = waiting(contest)

    for user in (organiser, citizen):
        answer = visit(user).post(f"/screening/{work.pk}/{address}/")
        assert answer.status_code == 404
