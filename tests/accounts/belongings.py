"""Everything a person can own here, with the name in it."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts import services, tokens
from notifications.kinds import Kind
from notifications.services import choose_channels
from submissions.models import (
    Attachment,
    Finding,
    LikenessRuling,
    OriginalRequest,
    Upload,
    Waiver,
    WinnerForm,
    WorkLink,
)
from submissions.services import submit
from submissions.states import (
    LikenessVerdict,
    RequestState,
    Severity,
    State,
    WaiverState,
)
from tests.factories.accounts import CitizenFactory
from tests.factories.notifications import tell
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_complete_draft,
    make_draft,
    make_handed_in,
    make_reviewer,
    make_screening,
)

PHONE = "+8619900007771"
NAME = "王小荷示例"


def make_owner():
    return CitizenFactory(phone=PHONE, full_name=NAME, email="xiaohe.wang@example.org")


def everything_of(citizen, contest):
    """One row at least in every table that is told, the name in every text."""
    _account(citizen, contest)
    works = (
        _draft(citizen, contest),
        _work_in_screening(citizen, contest),
        _accepted_work(citizen, contest),
    )
    tell(citizen, Kind.RETURNED, contest=contest, reason=NAME)
    return works


def stored_files(submission):
    """Names in the storage of all a work has there."""
    names = [each.file.name for each in submission.attachments.all()]
    for file in submission.media_files.all():
        names.append(file.file.name)
        names += [copy.file.name for copy in file.derivatives.all()]
    return names


def attach(submission, purpose=Attachment.Purpose.PROOF, **fields):
    paper = Attachment(
        submission=submission,
        purpose=purpose,
        proof_key="music" if purpose == Attachment.Purpose.PROOF else "",
        original_name=f"{NAME}.pdf",
        size_bytes=5,
        sha256="a" * 64,
        content_type="pdf",
        uploaded_by=submission.author,
        uploaded_at=COLLECTING,
        **fields,
    )
    paper.file.save("paper", ContentFile(b"paper"), save=True)
    return paper


def upload_to(submission):
    return Upload.objects.create(
        owner=submission.author,
        submission=submission,
        original_name=f"{NAME}.mp4",
        size_bytes=9,
        created_at=COLLECTING,
        touched_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )


def _account(citizen, contest):
    services.record_agreements(
        user=citizen,
        contest=contest,
        agreements=[services.Agreement("privacy", 1, "0" * 64)],
        at=COLLECTING,
        ip="192.0.2.7",
    )
    choose_channels(user=citizen, by_sms=False, by_email=True)
    tokens.issue_token(user=citizen, channel="wechat_mini_program")
    Authenticator.objects.create(user=citizen, type="totp", data={"secret": "x"})


def _draft(citizen, contest):
    draft = make_complete_draft(
        contest, author=citizen, title=f"草稿 {NAME}", story=NAME, entrant_name=NAME
    )
    attach(draft)
    upload_to(draft)
    WorkLink.objects.create(submission=draft, position=1, url="https://example.org/1")
    Waiver.objects.create(
        submission=draft,
        kind=Waiver.Kind.LATE_ENTRY,
        state=WaiverState.ASKED,
        reason=f"{NAME} {PHONE}",
        asked_by=citizen,
        asked_at=COLLECTING,
    )
    return draft


def _work_in_screening(citizen, contest):
    work = make_complete_draft(
        contest, author=citizen, title=NAME, story=PHONE, entrant_name=NAME
    )
    work = submit(submission=work, by=citizen, at=COLLECTING)
    Finding.objects.create(
        inspection=work.media_files.get().inspection,
        code="SET-FILE-KNOWN",
        severity=Severity.WARNING,
    )
    make_screening(work, reason=f"请 {NAME} 看看")
    LikenessRuling.objects.create(
        submission=make_draft(contest),  # somebody else's
        other=work,
        verdict=LikenessVerdict.ALLOWED,
        reason=f"{NAME} 的另一张",
        ruled_by=make_reviewer(contest),
        ruled_at=COLLECTING,
    )
    request = OriginalRequest.objects.create(
        submission=work,
        state=RequestState.ANSWERED,
        reason="原片",
        answer=NAME,
        answered_at=COLLECTING,
        asked_by=make_reviewer(contest),
        asked_at=COLLECTING,
        due_at=TOO_LATE,
    )
    attach(work, Attachment.Purpose.ORIGINAL, original_request=request)
    return work


def _accepted_work(citizen, contest):
    work = make_handed_in(
        contest, author=citizen, state=State.ACCEPTED, title="收工以后"
    )
    attach(work)
    work.media_files.update(original_name=f"{NAME}.jpg")
    WinnerForm.objects.create(
        submission=work,
        award="最美瞬间奖",
        version=1,
        text="……",
        asked_at=COLLECTING,
        due_at=TOO_LATE,
        reason=f"{NAME} 的签名看不清",
    )
    return work
