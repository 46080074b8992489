"""授权待签: the winner prints, signs and sends; an organiser looks at it."""

import pytest
from playwright.sync_api import expect

from contests import clock
from submissions.models import WinnerForm
from submissions.services import winner_forms
from submissions.states import State, WinnerFormState
from tests.browser.desk import go_to
from tests.browser.looking import look_at
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_handed_in, make_organiser
from tests.submissions.media.papers import pdf_bytes


@pytest.fixture
def form(contest):
    work = make_handed_in(
        contest,
        title="晨曦",
        state=State.ACCEPTED,
        author=CitizenFactory(full_name="王小荷"),
        unit=contest.units.get(key="city"),
        track=contest.tracks.get(key="public"),
        category=contest.categories.get(key="photo"),
    )
    return winner_forms.ask(submission=work, award="一等奖", at=clock.now())


def test_a_winner_signs_and_an_organiser_finds_every_signature(
    new_page, contest, form, tmp_path
):
    signed = tmp_path / "确认书.pdf"
    signed.write_bytes(pdf_bytes())
    winner = new_page(user=form.submission.author)

    winner.goto("/my/")
    look_at(winner)
    winner.locator(".note-gui a").click()
    look_at(winner)
    winner.locator("ol.original-steps a").click()
    expect(winner.locator(".paper-table").last).to_contain_text("王小荷")
    look_at(winner)
    winner.go_back()
    winner.locator("[name=pages]").set_input_files(signed)
    winner.locator("main form .button-main").click()
    expect(winner.locator(".plain-list")).to_contain_text("确认书.pdf")
    look_at(winner)

    organiser = new_page(user=make_organiser(contest))
    organiser.goto("/organiser/")
    look_at(organiser)
    go_to(organiser, "submissions:winner-forms")
    look_at(organiser)
    organiser.locator("main .button-second.button-small").click()
    organiser.locator("[value=accept]").check()
    look_at(organiser)
    organiser.locator("main form .button-main").click()
    organiser.wait_for_url("**/winner-forms/")

    assert WinnerForm.objects.get().state == WinnerFormState.SIGNED
    organiser.goto("/retention/")
    look_at(organiser)
