"""The entrant's page for an original that was asked for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.services import originals
from submissions.states import RequestState
from tests.factories.submissions import COLLECTING, make_handed_in

RAW = b"FUJIFILMCCD-RAW 0201" + b"\x00" * 64


@pytest.fixture
def work(contest, citizen):
    return make_handed_in(contest, author=citizen)


@pytest.fixture
def asked(work, reviewer):
    return originals.ask(
        submission=work, by=reviewer, at=COLLECTING, reason="To compare the sky."
    )


@pytest.fixture
def address(work, asked):
    return f"/submissions/{work.pk}/original/"


def test_the_entrant_reads_why_and_until_when(visit, citizen, address):
    text = visit(citizen).get(address).content.decode()

    assert "To compare the sky." in text
    assert "13 April 24:00" in text


def test_a_file_answers_and_the_reviewer_fetches_it_as_it_was(
    visit, citizen, reviewer, stranger, asked, address
):
    file = SimpleUploadedFile("DSCF0001.RAF", RAW)

    answer = visit(citizen).post(address, {"file": file, "answer": ""})
    attachment = asked.attachments.get()
    fetched = visit(reviewer).get(f"/attachments/{attachment.token}/")
    refused = visit(stranger).get(f"/attachments/{attachment.token}/")

    asked.refresh_from_db()
    assert answer["Location"] == address
    assert asked.state == RequestState.ANSWERED
    assert b"".join(fetched.streaming_content) == RAW
    assert "attachment" in fetched["Content-Disposition"]
    assert "DSCF0001" not in fetched["Content-Disposition"]
    assert refused.status_code == 404


def test_a_program_gets_json(visit, citizen, asked, address):
    file = SimpleUploadedFile("DSCF0001.RAF", RAW)
    headers = {"Accept": "application/json"}

    taken = visit(citizen).post(address, {"file": file}, headers=headers)
    empty = visit(citizen).post(address, {}, headers=headers)

    assert taken.status_code == 201
    assert (empty.status_code, empty.json()["code"]) == (409, "answer_missing")


def test_words_answer_as_well(visit, citizen, asked, address):
    visit(citizen).post(address, {"answer": "The card is lost."})

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (RequestState.ANSWERED, "The card is lost.")


def test_a_refusal_keeps_the_page(visit, citizen, asked, address):
    asked.state = RequestState.CLOSED
    asked.save()

    response = visit(citizen).post(address, {"answer": "Here."})

    assert response.status_code == 409
    assert "do not need the original any more" in response.content.decode()


def test_what_is_wrong_is_told_where_it_is(visit, citizen, asked, address):
    empty = visit(citizen).post(address, {"answer": ""})
    broken = visit(citizen).post(address, {"file": SimpleUploadedFile("a.raf", b"")})

    assert (empty.status_code, broken.status_code) == (409, 409)
    assert empty.context["form"].has_error("answer")
    assert broken.context["form"].non_field_errors()
    assert 'id="original-error"' in broken.content.decode()
    assert not asked.attachments.exists()


def test_only_the_entrant_has_the_page(visit, stranger, reviewer, address):
    for user in (stranger, reviewer):
        assert visit(user).get(address).status_code == 404
        assert visit(user).post(address, {"answer": "x"}).status_code == 404
    assert visit().get(address).status_code == 302


def test_where_nothing_was_asked_there_is_no_page(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen)

    assert visit(citizen).get(f"/submissions/{work.pk}/original/").status_code == 404
