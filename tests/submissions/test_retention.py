"""What goes by itself after a contest, to the day, and what stays."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from accounts.models import AuditEntry
from contests import clock
from notifications.kinds import Kind
from notifications.models import Message
from submissions import keeping, retention
from submissions.models import (
    Attachment,
    ImportBatch,
    OriginalRequest,
    Submission,
)
from submissions.retention_tasks import forget_after_contests
from submissions.services.proofs import add_proof
from submissions.states import ERASED, State
from tests.factories.accounts import OrganisationFactory
from tests.factories.notifications import tell
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_contest,
    make_handed_in,
    make_organiser,
    make_reviewer,
)
from tests.submissions.media.papers import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

PROOFS = [{"key": "music", "label": "Licence of the music", "categories": ["series"]}]
DAYS = {"drafts_kept_days": 30, "entries_kept_days": 365}
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def contest():
    return make_contest(proofs=PROOFS, defaults=DAYS)


def days_after(contest, days):
    return clock.end_of(contest.ends_on + dt.timedelta(days=days))


def add_paper(draft):
    paper = ContentFile(pdf_bytes(), name="licence.pdf")
    return add_proof(
        submission=draft, proof_key="music", file=paper, by=draft.author, at=COLLECTING
    )


def with_paper(contest, state):
    """A work in this state with a proof beside it."""
    work = make_handed_in(contest, state=State.DRAFT)
    add_paper(work)
    Submission.objects.filter(pk=work.pk).update(
        state=state, correct_by=COLLECTING if state == State.RETURNED else None
    )
    return work


def make_original(work):
    request = OriginalRequest.objects.create(
        submission=work,
        reason="Please show the original.",
        asked_by=make_reviewer(work.contest),
        asked_at=COLLECTING,
        due_at=COLLECTING,
    )
    original = Attachment(
        submission=work,
        purpose=Attachment.Purpose.ORIGINAL,
        original_request=request,
        sha256="0" * 64,
        size_bytes=3,
        uploaded_by=work.author,
        uploaded_at=COLLECTING,
    )
    original.file.save("a.raw", ContentFile(b"raw"))
    return original


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_draft_goes_with_its_files_when_its_days_are_over(contest, tmp_path):
    draft = make_complete_draft(contest)
    add_paper(draft)
    tell(draft.author, Kind.ACCEPTED, contest=contest, submission_id=draft.pk)
    ends = days_after(contest, 30)

    retention.forget_after(contest, at=ends - SECOND)
    assert draft.media_files.exists()
    retention.forget_after(contest, at=ends)

    assert not Submission.objects.exists()
    assert not Message.objects.exists()
    assert files_in(tmp_path) == []


def test_a_handed_in_work_outlives_the_drafts(contest):
    work = with_paper(contest, State.REJECTED)

    retention.forget_after(contest, at=days_after(contest, 365) - SECOND)

    work.refresh_from_db()
    assert work.title != ERASED
    assert work.attachments.count() == work.media_files.count() == 1


@pytest.mark.parametrize("state", sorted(retention.OUT_OF_IT))
def test_of_a_work_that_is_out_only_its_number_stays(contest, state, tmp_path):
    work = with_paper(contest, state)
    number = work.number

    for _run in range(2):
        retention.forget_after(contest, at=days_after(contest, 365))

    work.refresh_from_db()
    assert (work.state, work.number, work.title) == (state, number, ERASED)
    assert (work.entrant_name, work.authors.count()) == ("", 0)
    assert files_in(tmp_path) == []


@pytest.fixture
def awarded(monkeypatch):
    """Every accepted work is needed by the list of awards."""
    monkeypatch.setattr(
        keeping, "_sources", [lambda works: set(works.values_list("pk", flat=True))]
    )


def test_an_awarded_work_keeps_its_proofs_and_loses_its_originals(contest, awarded):
    work = with_paper(contest, State.ACCEPTED)
    original = make_original(work)
    stored, name = original.file.storage, original.file.name

    retention.forget_after(contest, at=days_after(contest, 365))

    work.refresh_from_db()
    kept = work.attachments.get()
    assert kept.purpose == Attachment.Purpose.PROOF
    assert kept.file.storage.exists(kept.file.name)
    assert (work.title, stored.exists(name)) == ("Morning by the river", False)


def test_an_imported_table_keeps_its_digest_and_nobody_s_name(contest):
    batch = ImportBatch.objects.create(
        contest=contest,
        organisation=OrganisationFactory(contest=contest),
        made_by=make_organiser(contest),
        original_name="recommended.xlsx",
        size_bytes=9,
        sha256="1" * 64,
        head={"contact": "王小荷"},
        made_at=COLLECTING,
    )
    row = batch.rows.create(line=4, cells={"name": "王小荷"}, values={"a": "王小荷"})

    retention.forget_after(contest, at=days_after(contest, 365))

    batch.refresh_from_db()
    row.refresh_from_db()
    assert (batch.head, batch.original_name, batch.sha256) == ({}, "—", "1" * 64)
    assert (row.cells, row.values) == ({}, {})


def test_another_contest_loses_nothing(contest):
    other = make_contest(defaults={"drafts_kept_days": 3000})
    draft = make_complete_draft(other)

    retention.forget_after(contest, at=days_after(contest, 400))

    assert Submission.objects.get() == draft


def test_beat_asks_every_contest(contest, settings):
    make_complete_draft(contest)
    make_complete_draft(make_contest())
    settings.DEMO_TODAY = contest.ends_on + dt.timedelta(days=31)

    forget_after_contests()

    assert not Submission.objects.exists()


def test_of_a_work_that_won_nothing_only_its_number_stays(
    contest, monkeypatch, tmp_path
):
    monkeypatch.setattr(keeping, "_sources", [])
    work = with_paper(contest, State.ACCEPTED)

    retention.forget_after(contest, at=days_after(contest, 365) - SECOND)
    before = list(Submission.objects.public())
    for _run in range(2):
        retention.forget_after(contest, at=days_after(contest, 365))

    work.refresh_from_db()
    assert (before, list(Submission.objects.public())) == ([work], [])
    assert (work.state, work.title, work.authors.count()) == ("accepted", ERASED, 0)
    assert files_in(tmp_path) == []


def test_what_went_is_noted_once_by_its_numbers(contest):
    make_complete_draft(contest)

    for _run in range(2):
        retention.forget_after(contest, at=days_after(contest, 31))

    entry = AuditEntry.objects.get(action="retention.applied")
    assert (entry.contest_key, entry.detail) == (contest.key, {"drafts": 1})


def test_the_prospect_counts_what_will_go(contest, monkeypatch):
    monkeypatch.setattr(keeping, "_sources", [])
    make_complete_draft(contest)
    with_paper(contest, State.REJECTED)
    make_handed_in(contest, state=State.ACCEPTED)

    found = retention.prospect(contest)

    assert [each.rows.count() for each in found] == [1, 1, 1, 1]
    assert [each.goes_at for each in found] == [
        days_after(contest, days) for days in (30, 365, 365, 365)
    ]
