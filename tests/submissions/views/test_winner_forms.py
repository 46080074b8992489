"""The winner's page and paper, and the organisers' list of signed forms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.services import winner_forms
from submissions.states import State, WinnerFormState
from tests.factories.submissions import (
    COLLECTING,
    COLLECTION_DAY,
    make_contest,
    make_handed_in,
)
from tests.submissions.media.papers import pdf_bytes
from tests.submissions.services.test_winner_forms import LICENCE, TEXT, page

pytestmark = pytest.mark.usefixtures("media_folder")


@pytest.fixture
def contest(db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    return make_contest(licence=LICENCE, texts={"winner-rights": TEXT})


def make_form(contest, **fields):
    work = make_handed_in(contest, state=State.ACCEPTED, **fields)
    return winner_forms.ask(submission=work, award="Gold", at=COLLECTING)


@pytest.fixture
def form(contest, citizen):
    return make_form(contest, author=citizen, title="Tide")


@pytest.fixture
def sent(form, citizen):
    return winner_forms.send(form=form, files=[page()], by=citizen, at=COLLECTING)


def address(form, rest=""):
    return f"/submissions/{form.submission_id}/winner-form/{rest}"


def test_the_winner_sends_the_signed_pages(visit, citizen, form):
    browser = visit(citizen)
    asked = browser.get(address(form))

    file = SimpleUploadedFile("signed.pdf", pdf_bytes())
    answer = browser.post(address(form), {"pages": [file]}, follow=True)

    assert "Waiting for signatures" in asked.content.decode()
    words = answer.content.decode()
    assert ("Sent, to be looked at" in words, "signed.pdf" in words) == (True, True)


def test_no_page_chosen_says_so(visit, citizen, form):
    answer = visit(citizen).post(address(form))

    assert answer.status_code == 409
    assert "Please choose the signed pages first." in answer.content.decode()


def test_the_paper_names_work_award_and_every_author(visit, citizen, form):
    words = visit(citizen).get(address(form, "print/")).content.decode()

    found = [
        part in words for part in ("Tide", "Gold", "王小荷", "go to the committee")
    ]
    assert found == [True] * 4


@pytest.mark.parametrize("rest", ["", "print/"])
def test_for_a_stranger_there_is_no_form(visit, stranger, form, rest):
    assert visit(stranger).get(address(form, rest)).status_code == 404


def test_a_work_without_an_award_has_no_form(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen, state=State.ACCEPTED)

    answer = visit(citizen).get(f"/submissions/{work.pk}/winner-form/")

    assert answer.status_code == 404


def test_own_pages_say_that_it_is_still_to_be_signed(visit, citizen, form):
    browser = visit(citizen)
    mine = browser.get("/my/").content.decode()
    detail = browser.get(f"/submissions/{form.submission_id}/").content.decode()

    link = f'href="{address(form)}"'
    assert (link in mine, link in detail) == (True, True)


def test_staff_read_the_state_on_the_page_of_the_work(visit, reviewer, form):
    page = visit(reviewer).get(f"/submissions/{form.submission_id}/")

    assert "Waiting for signatures" in page.content.decode()


def test_the_list_shows_states_and_filters_by_address(visit, organiser, contest, sent):
    make_form(contest, title="Morning")
    browser = visit(organiser)

    every = browser.get("/winner-forms/").content.decode()
    waiting = browser.get("/winner-forms/?state=asked").content.decode()

    assert [title in every for title in ("Tide", "Morning")] == [True, True]
    assert [title in waiting for title in ("Tide", "Morning")] == [False, True]


def test_the_list_costs_the_same_queries_for_one_and_three(
    visit, organiser, contest, form, queries_of
):
    browser = visit(organiser)
    one = queries_of(browser, "/winner-forms/")
    for _more in range(2):
        make_form(contest)

    assert queries_of(browser, "/winner-forms/") == one


@pytest.mark.parametrize("who", ["stranger", "reviewer"])
def test_the_list_is_the_organisers_alone(visit, request, form, who):
    browser = visit(request.getfixturevalue(who))

    answers = [
        browser.get("/winner-forms/"),
        browser.get(f"/winner-forms/{form.pk}/"),
        browser.post("/winner-forms/remind/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_an_organiser_accepts_a_form(visit, organiser, sent):
    browser = visit(organiser)
    shown = browser.get(f"/winner-forms/{sent.pk}/").content.decode()

    browser.post(f"/winner-forms/{sent.pk}/", {"decision": "accept"})

    sent.refresh_from_db()
    assert f"/attachments/{winner_forms.pages_of(sent).get().token}/" in shown
    assert sent.state == WinnerFormState.SIGNED


def test_sending_back_without_a_reason_is_refused(visit, organiser, sent):
    answer = visit(organiser).post(
        f"/winner-forms/{sent.pk}/", {"decision": "send_back"}
    )

    sent.refresh_from_db()
    assert "Please write what is missing" in answer.content.decode()
    assert sent.state == WinnerFormState.SENT


def test_one_or_all_are_reminded(visit, organiser, contest, form):
    other = make_form(contest)
    browser = visit(organiser)

    one = browser.post("/winner-forms/remind/", {"form": form.pk}, follow=True)
    rest = browser.post("/winner-forms/remind/", follow=True)

    form.refresh_from_db()
    other.refresh_from_db()
    assert None not in (form.reminded_at, other.reminded_at)
    assert "The author was reminded." in one.content.decode()
    assert "1 author was reminded." in rest.content.decode()


def test_the_signed_pages_open_for_organisers_and_not_for_reviewers(
    visit, organiser, reviewer, sent
):
    paper = f"/attachments/{winner_forms.pages_of(sent).get().token}/"

    codes = [visit(who).get(paper).status_code for who in (organiser, reviewer)]

    assert codes == [200, 404]
