"""Receipts: what they say, that they say it about the work as it was, and to whom."""

import datetime as dt
import json
from hashlib import sha256

import pytest

from submissions.models import Receipt, WorkLink
from submissions.receipts import Standing, standing_of
from submissions.services import Incomplete, reopen, submit, withdraw
from submissions.services.receipts import receipt_document
from submissions.signing import is_genuine
from submissions.states import State
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_contest,
    make_draft,
    make_handed_in,
)

pytestmark = pytest.mark.django_db


def handed_in(draft, *, at=COLLECTING):
    submit(submission=draft, by=draft.author, at=at)
    draft.refresh_from_db()
    return draft.receipts.last()


def test_a_receipt_says_number_time_with_zone_files_and_rule_book():
    draft = make_complete_draft(make_contest(), files=2)
    first, second = draft.media_files.all()

    receipt = handed_in(draft)

    assert receipt.document == {
        "format": 1,
        "code": receipt.code,
        "contest": draft.contest.key,
        "number": "V-0001",
        "handing_in": 1,
        "handed_in_at": "2031-04-10T10:00:00+08:00",
        "unit": "The river of the valley",
        "track": "Open track",
        "category": "Series",
        "files": [
            {"position": 1, "size_bytes": first.size_bytes, "sha256": first.sha256},
            {"position": 2, "size_bytes": second.size_bytes, "sha256": second.sha256},
        ],
        "links": [],
        "rulebook": draft.rulebook_version.digest,
    }
    assert is_genuine(receipt.document, receipt.signature)
    assert (receipt.cycle, receipt.issued_at) == (1, COLLECTING)


def test_a_link_which_may_lead_to_a_person_is_there_as_its_sum():
    work = make_handed_in(make_contest())
    WorkLink.objects.create(
        submission=work, position=1, url="https://videos.example/v/1"
    )

    document = receipt_document(work, code="abc", at=COLLECTING)

    assert document["links"] == [sha256(b"https://videos.example/v/1").hexdigest()]


def test_a_receipt_names_nobody_and_gives_no_words_of_theirs():
    draft = make_complete_draft(make_contest(), title="小荷的早晨")
    draft.media_files.update(caption="外婆", original_name="王小荷.jpg")

    receipt = handed_in(draft)

    written = json.dumps(receipt.document, ensure_ascii=False)
    private = ["王小荷", "小荷的早晨", "外婆", draft.story, draft.author.phone]
    assert [words for words in private if words in written] == []


def test_a_refused_handing_in_leaves_no_receipt_and_no_number():
    contest = make_contest()
    draft = make_draft(contest)

    with pytest.raises(Incomplete):
        submit(submission=draft, by=draft.author, at=COLLECTING)

    assert not Receipt.objects.exists()
    assert handed_in(make_complete_draft(contest)).document["number"] == "V-0001"


def test_each_handing_in_has_its_own_receipt_and_the_last_one_stands():
    draft = make_complete_draft(make_contest())
    first = handed_in(draft)
    reopen(submission=draft, by=draft.author, at=COLLECTING)
    second = handed_in(draft, at=COLLECTING + dt.timedelta(hours=1))

    standings = [standing_of(each) for each in draft.receipts.all()]

    assert standings == [Standing.REPLACED, Standing.VALID]
    assert first.code != second.code
    assert first.document["number"] == second.document["number"]


def test_a_receipt_of_a_work_taken_back_to_change_it_is_not_current():
    draft = make_complete_draft(make_contest())
    receipt = handed_in(draft)

    reopen(submission=draft, by=draft.author, at=COLLECTING)

    receipt.refresh_from_db()
    assert standing_of(receipt) == Standing.OPENED


def test_a_receipt_of_a_withdrawn_work_is_not_current():
    draft = make_complete_draft(make_contest())
    receipt = handed_in(draft)

    withdraw(submission=draft, by=draft.author, at=COLLECTING)

    receipt.refresh_from_db()
    assert standing_of(receipt) == Standing.GONE


@pytest.mark.parametrize(
    "state",
    [
        state
        for state in State
        if state not in {State.DRAFT, State.WITHDRAWN, State.DISQUALIFIED}
    ],
)
def test_screening_changes_nothing_about_what_was_handed_in(state):
    draft = make_complete_draft(make_contest())
    receipt = handed_in(draft)

    receipt.submission.state = state

    assert standing_of(receipt) == Standing.VALID


@pytest.mark.parametrize("key", ["number", "handed_in_at", "rulebook", "code"])
def test_a_receipt_changed_behind_the_portal_s_back_is_found_out(key):
    receipt = handed_in(make_complete_draft(make_contest()))

    receipt.document[key] = receipt.document[key][:-1] + "!"

    assert standing_of(receipt) == Standing.FORGED


def test_a_genuine_document_under_another_code_is_found_out():
    contest = make_contest()
    one = handed_in(make_complete_draft(contest))
    other = handed_in(make_complete_draft(contest))

    other.document, other.signature = one.document, one.signature

    assert standing_of(other) == Standing.FORGED
