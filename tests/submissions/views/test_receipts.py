"""The owner's receipt, its paper, and the address where anybody checks it."""

import json

import pypdfium2
import pytest
from django.core.cache import cache

from submissions import receipts
from submissions.models import Receipt
from submissions.services import submit
from submissions.signing import is_genuine
from tests.factories.submissions import COLLECTING, make_complete_draft, make_handed_in


@pytest.fixture(autouse=True)
def nobody_has_asked():
    cache.clear()


@pytest.fixture
def receipt(contest, citizen):
    draft = make_complete_draft(contest, author=citizen, files=2, title="清晨的河")
    submit(submission=draft, by=citizen, at=COLLECTING)
    return draft.receipts.get()


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_owner_reads_it_with_the_code_to_scan(visit, citizen, receipt):
    page = visit(citizen).get(f"/submissions/{receipt.submission_id}/receipt/")

    words = page.content.decode()
    assert receipt.document["number"] in words
    assert "data:image/svg+xml;base64," in words
    assert f"/receipts/{receipt.code}/" in words
    assert "2031-04-10" not in words
    assert "10:00:00 (UTC+08:00)" in words


def test_a_work_without_a_receipt_has_no_page(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen)

    assert visit(citizen).get(f"/submissions/{work.pk}/receipt/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/submissions/{work}/receipt/", "/receipts/{code}/receipt.pdf"]
)
def test_a_stranger_sees_neither_page_nor_paper(visit, stranger, receipt, address):
    address = address.format(work=receipt.submission_id, code=receipt.code)

    assert visit(stranger).get(address).status_code == 404


def test_the_paper_says_the_same_as_the_page(visit, citizen, receipt):
    answer = visit(citizen).get(f"/receipts/{receipt.code}/receipt.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="V-0001-1.pdf"'
    words = text_of(answer.content)
    expected = ["V-0001", "清晨的河", f"/receipts/{receipt.code}/"]
    expected += [file["sha256"] for file in receipt.document["files"]]
    assert [each for each in expected if each not in words] == []


def test_anybody_sees_that_it_stands_and_nothing_of_a_person(visit, citizen, receipt):
    page = visit().get(f"/receipts/{receipt.code}/")

    words = page.content.decode()
    assert "Valid: this is how the work was handed in." in words
    assert receipt.document["files"][1]["sha256"] in words
    private = ["清晨的河", "王小荷", citizen.phone, "DSC_0001.jpg"]
    assert [each for each in private if each in words] == []
    assert page["X-Robots-Tag"] == "noindex"


def test_the_digests_a_file_is_compared_with_are_in_the_page(visit, receipt):
    page = visit().get(f"/receipts/{receipt.code}/")

    digests = [file["sha256"] for file in receipt.document["files"]]
    assert json.dumps(digests) in page.content.decode()


@pytest.mark.parametrize("end", ["", "receipt.pdf", "signed.json"])
def test_a_changed_code_leads_nowhere(visit, citizen, receipt, end):
    changed = receipt.code[:-1] + ("a" if receipt.code[-1] != "a" else "b")

    assert visit(citizen).get(f"/receipts/{changed}/{end}").status_code == 404


def test_a_wrong_signature_is_said_plainly(visit, receipt):
    Receipt.objects.filter(pk=receipt.pk).update(
        document=receipt.document | {"number": "V-9999"}
    )

    page = visit().get(f"/receipts/{receipt.code}/")

    assert "The signature does not fit what the receipt says." in page.content.decode()


def test_the_signed_text_can_be_taken_away_and_checked_elsewhere(visit, receipt):
    answer = visit().get(f"/receipts/{receipt.code}/signed.json").json()

    assert json.loads(answer["signed_text"]) == answer["document"]
    assert is_genuine(answer["document"], answer["signature"])
    assert answer["signature"].split(":")[1] in answer["public_keys"]


def test_a_paper_asked_for_again_is_not_made_again(
    visit, citizen, receipt, monkeypatch
):
    made = []

    def render(*given):
        made.append(given)
        return b"%PDF"

    monkeypatch.setattr(receipts, "render_pdf", render)
    browser = visit(citizen)

    papers = [browser.get(f"/receipts/{receipt.code}/receipt.pdf") for _ in range(2)]
    receipt.submission.title = "傍晚的河"
    receipt.submission.save()
    browser.get(f"/receipts/{receipt.code}/receipt.pdf")

    assert [paper.content for paper in papers] == [b"%PDF", b"%PDF"]
    assert len(made) == 2


@pytest.mark.parametrize("end", ["", "receipt.pdf", "signed.json"])
def test_nobody_asks_for_receipts_without_end(visit, citizen, receipt, end, settings):
    settings.PAGE_CALLS = dict.fromkeys(settings.PAGE_CALLS, "2/min")
    browser = visit(citizen)

    answers = [browser.get(f"/receipts/{receipt.code}/{end}") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Please wait a little, then try again." in answers[2].content.decode()
