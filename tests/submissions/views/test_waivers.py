"""Asking the committee from a draft, and the organisers' page of requests."""

import datetime as dt

import pytest

from contests import clock
from submissions.models import Waiver
from submissions.states import Severity, State, Verdict, WaiverState
from tests.factories.accounts import CitizenFactory
from tests.factories.deadlines import make_waiver
from tests.factories.submissions import (
    COLLECTION_DAY,
    LAST_DAY,
    TOO_LATE,
    make_complete_draft,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    rulebook_document,
)

ANSWER = {"decision": "grant", "duration_s": "2", "answer": ""}


@pytest.fixture
def contest(db, settings):
    """Films of a minute, which the committee may let be longer."""
    settings.DEMO_TODAY = COLLECTION_DAY
    categories = [
        each.model_dump(mode="json") for each in rulebook_document().categories
    ]
    categories[0]["limits"]["duration"]["waiver"] = True
    return make_contest(categories=categories, defaults={"late_entry_waiver": True})


@pytest.fixture
def film(contest, citizen):
    category = contest.categories.get(key="film")
    return make_draft(contest, author=citizen, category=category, title="Tide")


def asking(draft, kind="duration"):
    return f"/submissions/{draft.pk}/waivers/{kind}/"


def test_a_finding_about_the_length_leads_to_the_committee(visit, citizen, film):
    too_long = make_media_file(film, verdict=Verdict.FAILED)
    too_long.inspection.findings.create(
        code="VID-DUR-LONG",
        severity=Severity.ERROR,
        params={"variant": "waiver", "duration_s": 100, "limit_s": 60},
    )

    page = visit(citizen).get(f"/submissions/{film.pk}/edit/files/")

    words = page.content.decode()
    assert words.count(f'href="{asking(film)}"') >= 2
    assert "Longer than 1 min?" in words


@pytest.mark.parametrize("step", ["track", "files", "check"])
def test_the_steps_offer_it_where_the_limit_may_be_waived(visit, citizen, film, step):
    page = visit(citizen).get(f"/submissions/{film.pk}/edit/{step}/")

    assert f'href="{asking(film)}"' in page.content.decode()


def test_photographs_are_offered_nothing(visit, contest, citizen):
    draft = make_draft(contest, author=citizen)

    page = visit(citizen).get(f"/submissions/{draft.pk}/edit/files/")

    assert asking(draft) not in page.content.decode()


def test_the_form_knows_the_length_of_the_file(visit, citizen, film):
    file = make_media_file(film)
    file.inspection.facts = {"duration_s": 100.4}
    file.inspection.save()

    page = visit(citizen).get(asking(film))

    assert page.context["form"].initial["duration_s"] == 2


def test_a_request_is_sent_and_seen_on_the_draft(visit, citizen, film):
    browser = visit(citizen)

    answer = browser.post(
        asking(film),
        {"duration_s": "2", "reason": "A documentary.", "sample_url": ""},
        follow=True,
    )

    assert film.waivers.get().asked_duration_s == 120
    words = answer.content.decode()
    assert "The committee has your request." in words
    assert "Waiting for an answer" in words


@pytest.mark.parametrize(
    "data",
    [
        {"duration_s": "1", "reason": "Long."},
        {"duration_s": "", "reason": "Long."},
        {"duration_s": "2", "reason": ""},
        {"duration_s": "x", "reason": "Long."},
    ],
)
def test_a_request_that_lacks_something_is_shown_again(visit, citizen, film, data):
    answer = visit(citizen).post(asking(film), data)

    assert answer.status_code == 422
    assert not film.waivers.exists()


def test_a_stranger_asks_for_nobody(visit, stranger, film):
    assert visit(stranger).get(asking(film)).status_code == 404
    assert visit(stranger).post(asking(film), {}).status_code == 404


def test_there_are_no_other_exceptions(visit, citizen, film):
    assert visit(citizen).get(asking(film, "colour")).status_code == 404


def test_nothing_is_asked_for_what_has_been_handed_in(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen)

    assert visit(citizen).get(asking(work)).status_code == 404


def test_after_the_deadline_the_last_step_offers_a_late_entry(
    visit, contest, citizen, settings
):
    draft = make_complete_draft(contest, author=citizen)
    browser = visit(citizen)
    settings.DEMO_TODAY = LAST_DAY + dt.timedelta(days=1)

    page = browser.get(f"/submissions/{draft.pk}/edit/check/")
    answer = browser.post(asking(draft, "late_entry"), {"reason": "I was ill."})

    assert asking(draft, "late_entry") in page.content.decode()
    assert answer.status_code == 302
    assert draft.waivers.get().kind == Waiver.Kind.LATE_ENTRY


def test_before_it_no_late_entry_is_offered(visit, contest, citizen):
    draft = make_complete_draft(contest, author=citizen)

    page = visit(citizen).get(f"/submissions/{draft.pk}/edit/check/")

    assert asking(draft, "late_entry") not in page.content.decode()


def test_a_request_is_taken_back_after_a_question(visit, citizen, film):
    waiver = make_waiver(film)
    browser = visit(citizen)

    question = browser.get(f"/waivers/{waiver.pk}/take-back/")
    browser.post(f"/waivers/{waiver.pk}/take-back/")

    waiver.refresh_from_db()
    assert "Take the request back?" in question.content.decode()
    assert waiver.state == WaiverState.WITHDRAWN


def test_a_stranger_takes_nothing_back(visit, stranger, film):
    waiver = make_waiver(film)

    assert visit(stranger).post(f"/waivers/{waiver.pk}/take-back/").status_code == 404


# --- The organisers ----------------------------------------------------------
def test_requests_stand_by_waiting_time_and_answered_ones_below(
    visit, contest, organiser, film
):
    answered = make_waiver(film, state=WaiverState.REFUSED)
    category = contest.categories.get(key="film")
    newer, older = (
        make_waiver(
            make_draft(contest, category=category, title=title),
            asked_at=clock.start_of(COLLECTION_DAY) - dt.timedelta(days=days),
        )
        for title, days in (("Newer", 1), ("Older", 5))
    )

    page = visit(organiser).get("/waivers/")

    listed = [waiver.pk for waiver, _days in page.context["waivers"]]
    assert listed == [older.pk, newer.pk, answered.pk]


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    visit, queries_of, contest, organiser, film
):
    make_waiver(film)
    browser = visit(organiser)
    one = queries_of(browser, "/waivers/")

    for _number in range(2):
        make_waiver(make_draft(contest, category=film.category))

    assert queries_of(browser, "/waivers/") == one


@pytest.mark.parametrize("address", ["/waivers/", "/waivers/{pk}/"])
def test_nobody_else_reads_requests(visit, stranger, reviewer, film, address):
    address = address.format(pk=make_waiver(film).pk)

    for user in (stranger, reviewer, film.author):
        assert visit(user).get(address).status_code == 404


def test_an_organiser_grants_and_the_entrant_is_told(visit, organiser, film):
    waiver = make_waiver(film)

    visit(organiser).post(f"/waivers/{waiver.pk}/", ANSWER)

    waiver.refresh_from_db()
    assert (waiver.state, waiver.granted_duration_s) == (WaiverState.GRANTED, 120)
    assert film.author.messages.get().params["answer"] == (
        "The film may last up to 2 min."
    )


def test_an_organiser_gives_a_later_day(visit, organiser, film):
    waiver = make_waiver(film, kind=Waiver.Kind.LATE_ENTRY)

    visit(organiser).post(
        f"/waivers/{waiver.pk}/",
        {"decision": "grant", "until": "2031-09-03", "answer": "Get well soon."},
    )

    waiver.refresh_from_db()
    assert waiver.granted_until == TOO_LATE + dt.timedelta(days=3)


def test_a_refusal_without_a_reason_is_shown_again(visit, organiser, film):
    waiver = make_waiver(film)

    answer = visit(organiser).post(
        f"/waivers/{waiver.pk}/", ANSWER | {"decision": "refuse"}
    )

    assert answer.status_code == 422
    assert "Please give the reason." in answer.content.decode()


def test_the_entrant_is_masked_and_the_draft_itself_stays_shut(
    visit, contest, organiser, film
):
    film.entrant_name, film.story = "王小荷", "My grandmother's boat."
    film.save()
    waiver = make_waiver(film)

    words = visit(organiser).get(f"/waivers/{waiver.pk}/").content.decode()

    assert "王*荷" in words
    assert "王小荷" not in words
    assert "My grandmother" not in words


def test_a_work_that_went_on_can_only_be_read(visit, organiser, film):
    waiver = make_waiver(film)
    film.state = State.WITHDRAWN
    film.save()

    page = visit(organiser).get(f"/waivers/{waiver.pk}/")

    assert page.context["form"] is None


def test_reviewers_see_what_was_agreed(visit, contest, reviewer, film):
    work = make_handed_in(contest, author=CitizenFactory(), category=film.category)
    make_waiver(work, state=WaiverState.GRANTED)

    page = visit(reviewer).get(f"/screening/{work.pk}/")

    assert "Agreed with the committee: 2 min" in page.content.decode()
