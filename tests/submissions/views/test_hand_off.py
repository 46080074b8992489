"""The pages by which a phone lets a computer go on with a draft."""

import re

import pytest
from django.test import Client

from accounts import hand_off
from accounts.models import Role
from submissions.steps import step_url
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.submissions import make_contest, make_draft


@pytest.fixture
def draft(db):
    return make_draft(make_contest(), title="清晨的河")


@pytest.fixture
def phone(draft):
    return signed_in(draft.author)


@pytest.fixture
def computer():
    return Client()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def code_shown(computer):
    page = computer.get("/continue/").content.decode()
    return re.search(r"(\d{4}) (\d{4})</p>", page).expand(r"\1\2")


def test_computer_lands_on_the_files_of_the_draft(computer, phone, draft):
    code = code_shown(computer)
    phone.post("/continue/phone/", {"code": f"{code[:4]} {code[4:]}"})
    phone.post(f"/continue/{code}/", {"draft": draft.pk})

    answer = computer.post("/continue/enter/")

    assert answer.url == step_url(draft, "files")
    assert computer.get(answer.url).status_code == 200


def test_phone_is_led_from_the_digits_to_the_question(computer, phone, draft):
    code = code_shown(computer)

    answer = phone.post(f"/continue/phone/?draft={draft.pk}", {"code": code})

    assert answer.url == f"/continue/{code}/?draft={draft.pk}"


def test_question_names_the_browser_and_the_draft(phone, draft):
    computer = Client(headers={"User-Agent": "(Windows NT) Firefox/140.0"})
    code = code_shown(computer)

    page = phone.get(f"/continue/{code}/").content.decode()

    assert "Firefox · Windows" in page
    assert "清晨的河" in page


def test_draft_the_phone_came_from_is_chosen_already(computer, phone, draft):
    make_draft(draft.contest, author=draft.author)
    code = code_shown(computer)

    form = phone.get(f"/continue/{code}/?draft={draft.pk}").context["form"]

    assert form.initial == {"draft": draft}


def test_nothing_happens_before_the_button_is_pressed(computer, phone):
    code = code_shown(computer)

    phone.get(f"/continue/{code}/")

    assert computer.get("/continue/state/").json() == {"state": "seen"}
    assert computer.post("/continue/enter/").url == "/continue/"


def test_draft_of_somebody_else_cannot_be_opened(computer, phone, draft):
    other = make_draft(draft.contest, author=CitizenFactory())
    code = code_shown(computer)

    answer = phone.post(f"/continue/{code}/", {"draft": other.pk})

    assert list(answer.context["form"].errors) == ["draft"]
    assert computer.get("/continue/state/").json() == {"state": "seen"}


def test_stranger_signs_in_before_confirming(computer, db):
    code = code_shown(computer)

    answer = Client().get(f"/continue/{code}/")

    assert answer.url == f"/accounts/login/?next=/continue/{code}/"


def test_unknown_digits_lead_back_with_a_sentence(phone):
    answer = phone.get("/continue/00000000/", follow=True)

    assert answer.redirect_chain == [("/continue/phone/", 302)]
    assert [str(each) for each in answer.context["messages"]] != []


def test_digits_of_the_wrong_length_are_told(phone):
    answer = phone.post("/continue/phone/", {"code": "1234"})

    assert answer.context["form"].errors.get_json_data()["code"][0]["code"] == (
        "code_malformed"
    )


def test_worker_is_told_to_sign_in_with_both_factors(computer, draft):
    worker = make_worker(draft.contest, Role.JUDGE)
    own = make_draft(draft.contest, author=worker)
    code = code_shown(computer)

    signed_in(worker).post(f"/continue/{code}/", {"draft": own.pk})

    assert computer.get("/continue/state/").json() == {"state": "waiting"}


def test_too_many_codes_from_one_address_are_refused(computer, monkeypatch, db):
    monkeypatch.setattr(hand_off, "CODES_PER_ADDRESS", 0)

    assert computer.get("/continue/").status_code == 429


def test_entering_needs_the_token_of_the_page(db):
    computer = Client(enforce_csrf_checks=True)
    computer.get("/continue/")

    assert computer.post("/continue/enter/").status_code == 403


def test_files_step_shows_the_way_to_the_phone(phone, draft):
    page = phone.get(step_url(draft, "files"))

    assert page.context["phone_qr"].startswith("data:image/svg+xml;base64,")
    assert page.context["phone_qr"] in page.content.decode()
