"""Papers wait for a virus scanner with nothing locked; of malware staff are told."""

from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import AuditEntry
from contests import clock
from contests.errors import RuleViolation
from notifications.kinds import Kind
from notifications.models import Message
from outreach.services import attach_scan
from submissions.models import Attachment
from submissions.services import add_proof, originals, winner_forms
from submissions.states import State, UploadState
from submissions.uploads import finishing
from tests.factories import outreach
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
    make_organiser,
    make_reviewer,
)
from tests.submissions import scanner
from tests.submissions.media.papers import pdf_bytes
from tests.submissions.uploads.protocol import Tus, row_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("media_folder"),
]

PROOFS = [{"key": "music", "label": "Licence of the music", "categories": ["series"]}]
LICENCE = {
    "declaration": "own",
    "basis": "Shown for the public benefit",
    "winner_form": {
        "name": "The winner's form",
        "text": "winner-rights",
        "version": 1,
        "rule": "80",
        "within_days": 10,
        "max_files": 2,
    },
}


def paper():
    return ContentFile(pdf_bytes(), name="paper.pdf")


def proof():
    draft = make_draft(make_contest(proofs=PROOFS))
    return draft, lambda: add_proof(
        submission=draft,
        proof_key="music",
        file=paper(),
        by=draft.author,
        at=COLLECTING,
    )


def asked_original():
    work = make_handed_in(make_contest())
    reviewer = make_reviewer(work.contest)
    return originals.ask(submission=work, by=reviewer, at=COLLECTING, reason="Why")


def original():
    asked = asked_original()
    return asked.submission, lambda: originals.answer_with_file(
        original_request=asked,
        upload=paper(),
        by=asked.submission.author,
        at=COLLECTING,
    )


def winner_form():
    contest = make_contest(licence=LICENCE, texts={"winner-rights": "# The form"})
    work = make_handed_in(contest, state=State.ACCEPTED)
    form = winner_forms.ask(submission=work, award="Gold", at=COLLECTING)
    return work, lambda: winner_forms.send(
        form=form, files=[paper()], by=work.author, at=COLLECTING
    )


def scan():
    contest = outreach.make_contest()
    table = outreach.make_table(outreach.district_of(contest), stamped=False)
    return table, lambda: attach_scan(
        recommendation=table,
        upload=SimpleUploadedFile("paper.pdf", outreach.PDF),
        by=outreach.make_centre_worker(table.organisation),
        at=outreach.BEFORE_DUE,
    )


def uploaded(client, work, **details):
    client.force_login(work.author)
    tus = Tus(client, work)
    content = pdf_bytes()
    url = tus.begun(len(content), details={"filename": "paper.pdf"} | details)
    tus.patch(url, 0, content)
    upload = row_of(url)
    assert upload.state == UploadState.FINISHING
    return work, lambda: finishing.finish(upload.pk, at=COLLECTING)


def uploaded_proof(client):
    draft = make_draft(make_contest(proofs=PROOFS))
    return uploaded(client, draft, purpose="proof", proof="music")


def uploaded_original(client):
    asked = asked_original()
    return uploaded(
        client, asked.submission, purpose="original", original_request=str(asked.pk)
    )


WAYS = {
    "a proof": lambda client: proof(),
    "an original": lambda client: original(),
    "a winner's form": lambda client: winner_form(),
    "a stamped copy": lambda client: scan(),
    "a proof in pieces": uploaded_proof,
    "an original in pieces": uploaded_original,
}


@pytest.fixture(params=WAYS)
def sent(request, client, settings, monkeypatch, tmp_path):
    """The row a paper is sent for, and a call that keeps it."""
    settings.UPLOAD_STAGING_DIR = tmp_path / "staging"
    settings.DEMO_TODAY = clock.day_of(COLLECTING)
    monkeypatch.setattr(
        "submissions.uploads.tasks.finish_upload.apply_async", lambda **options: None
    )
    return WAYS[request.param](client)


def test_while_the_scanner_looks_nobody_waits_for_the_work(sent, monkeypatch):
    about, keep = sent

    with scanner.watching(monkeypatch, about) as locked:
        keep()

    assert locked == []


def test_a_lock_would_be_seen(monkeypatch):
    draft, keep = proof()

    with scanner.watching(monkeypatch, draft) as locked, transaction.atomic():
        type(draft).objects.select_for_update().get(pk=draft.pk)
        keep()

    assert locked == ["submission"]


def test_of_malware_those_who_run_the_contest_are_told(sent, monkeypatch):
    about, keep = sent
    organiser = make_organiser(about.contest)

    with scanner.watching(monkeypatch, infected=True):
        for _time in range(2):
            with suppress(RuleViolation):
                keep()

    message = Message.objects.get(kind=Kind.PAPER_INFECTED)
    assert message.recipient == organiser
    assert message.link == "/admin/accounts/auditentry/?what=paper.infected"
    assert message.params == {"file": "paper.pdf", "virus": "Eicar-Signature"}
    lines = AuditEntry.objects.filter(action="paper.infected")
    assert {(line.target, line.detail["virus"]) for line in lines} == {
        (f"{about._meta.label_lower}:{about.pk}", "Eicar-Signature")
    }
    assert not Attachment.objects.exists()
