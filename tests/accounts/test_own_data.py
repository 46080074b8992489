"""A copy of everything, and being forgotten: what a person owns, and what stays."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts import archive, own_data, services, tasks, tokens
from accounts.models import AuditEntry, Consent, DataExport, Erasure, Role, User
from accounts.personal_data import holdings, prospect
from contests.errors import RuleViolation
from notifications.kinds import Kind
from notifications.models import Message
from notifications.services import choose_channels
from submissions.models import (
    Attachment,
    Finding,
    LikenessRuling,
    MediaFile,
    OriginalRequest,
    Receipt,
    Submission,
    Upload,
    Waiver,
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
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.notifications import tell
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_complete_draft,
    make_contest,
    make_draft,
    make_handed_in,
    make_reviewer,
    make_screening,
)

pytestmark = pytest.mark.django_db

PHONE = "+8619900007771"
NAME = "王小荷示例"


# Tables a citizen without a role or an award has nothing in.
OF_OTHERS = {"membership", "award", "importbatch", "importrow"}


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def citizen():
    return CitizenFactory(phone=PHONE, full_name=NAME, email="xiaohe.wang@example.org")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Runs what waits for the commit, as the end of a request does."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


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


def everything_of(citizen, contest):
    """One row at least in every table that is told, the name in every text."""
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
    in_screening = make_complete_draft(
        contest, author=citizen, title=NAME, story=PHONE, entrant_name=NAME
    )
    in_screening = submit(submission=in_screening, by=citizen, at=COLLECTING)
    Finding.objects.create(
        inspection=in_screening.media_files.get().inspection,
        code="SET-FILE-KNOWN",
        severity=Severity.WARNING,
    )
    make_screening(in_screening, reason=f"请 {NAME} 看看")
    LikenessRuling.objects.create(
        submission=make_draft(contest),  # somebody else's
        other=in_screening,
        verdict=LikenessVerdict.ALLOWED,
        reason=f"{NAME} 的另一张",
        ruled_by=make_reviewer(contest),
        ruled_at=COLLECTING,
    )
    request = OriginalRequest.objects.create(
        submission=in_screening,
        state=RequestState.ANSWERED,
        reason="原片",
        answer=NAME,
        answered_at=COLLECTING,
        asked_by=make_reviewer(contest),
        asked_at=COLLECTING,
        due_at=TOO_LATE,
    )
    attach(in_screening, Attachment.Purpose.ORIGINAL, original_request=request)
    accepted = make_handed_in(
        contest, author=citizen, state=State.ACCEPTED, title="收工以后"
    )
    attach(accepted)
    accepted.media_files.update(original_name=f"{NAME}.jpg")
    tell(citizen, Kind.RETURNED, contest=contest, reason=NAME)
    return draft, in_screening, accepted


def cells_holding(*words):
    """(table, column) of every cell of the database in which a word stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            as_text = model._base_manager.annotate(
                cell=Cast(F(field.attname), TextField())
            )
            for word in words:
                if as_text.filter(cell__contains=word).exists():
                    found.add((model._meta.db_table, field.column))
    return sorted(found)


def stored_files(submission):
    """Names in the storage of all a work has there."""
    names = [each.file.name for each in submission.attachments.all()]
    for file in submission.media_files.all():
        names.append(file.file.name)
        names += [copy.file.name for copy in file.derivatives.all()]
    return names


# --- A copy ------------------------------------------------------------------
def open_archive(export):
    export.refresh_from_db()
    with export.file.open("rb") as stored:
        return zipfile.ZipFile(BytesIO(stored.read()))


def test_the_archive_holds_the_rows_of_every_table(contest, citizen, committed):
    everything_of(citizen, contest)
    everything_of(CitizenFactory(), contest)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    told = json.loads(open_archive(export).read("data.json"))
    for holding in holdings():
        for table in holding.tables:
            # The archive was written before it was ready, and before it was told of.
            if table.name in {"dataexport", "message", "delivery"}:
                continue
            rows = json.loads(json.dumps(table.told_of(citizen), cls=DjangoJSONEncoder))
            assert told[holding.app][table.name] == rows, table.name
            if table.name not in OF_OTHERS:
                assert rows, table.name
    assert told["accounts"]["user"][0]["phone"] == PHONE
    assert [row["kind"] for row in told["notifications"]["message"]] == [
        row.kind for row in Message.objects.filter(recipient=citizen).order_by("pk")
    ][:-1]


def test_the_archive_holds_every_own_file_byte_for_byte(contest, citizen, committed):
    _draft, _in_screening, accepted = everything_of(citizen, contest)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    opened = open_archive(export)
    names = [name for name in opened.namelist() if name.startswith("files/")]
    own = MediaFile.objects.filter(submission__author=citizen).count()
    papers = Attachment.objects.filter(submission__author=citizen).count()
    receipts = Receipt.objects.filter(submission__author=citizen).count()
    assert opened.testzip() is None
    assert len(names) == own + papers + receipts
    assert receipts == 1
    file = accepted.media_files.get()
    assert opened.read(f"files/{accepted.number}/1-{NAME}.jpg") == file.file.read()


def test_the_page_in_the_archive_can_be_read(contest, citizen, committed):
    everything_of(citizen, contest)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    page = open_archive(export).read("index.html").decode()
    assert PHONE in page
    assert "收工以后" in page


def test_the_archive_hides_secrets_and_who_decided(contest, citizen, committed):
    _draft, in_screening, _accepted = everything_of(citizen, contest)
    reviewer = in_screening.screenings.get().reviewer

    with committed():
        export = own_data.ask_for_export(user=citizen)

    text = open_archive(export).read("data.json").decode()
    assert "password" not in text
    assert "digest" not in text
    assert "reviewer" not in text
    assert reviewer.username not in text


def test_a_file_that_is_lost_is_named_and_stops_nothing(contest, citizen, committed):
    work = make_handed_in(contest, author=citizen)
    file = work.media_files.get()
    default_storage.delete(file.file.name)

    with committed():
        export = own_data.ask_for_export(user=citizen)

    opened = open_archive(export)
    assert [name for name in opened.namelist() if "DSC" in name] == []
    assert "1-DSC_0001.jpg" in opened.read("index.html").decode()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("V-1/1-a.jpg", "V-1/1-a.jpg"),
        ("V-1/../../etc/passwd", "V-1/_/_/etc/passwd"),
        ("V-1/1-a\\b:c.jpg", "V-1/1-a_b_c.jpg"),
        ("V-1/1-\x00\n.jpg", "V-1/1-__.jpg"),
    ],
)
def test_no_file_climbs_out_of_its_folder(path, kept):
    assert archive._free(path, set()) == kept


def test_files_of_one_name_stand_side_by_side():
    used = set()

    paths = [archive._free("V-1/a.jpg", used) for _time in range(3)]

    assert paths == ["V-1/a.jpg", "V-1/a-2.jpg", "V-1/a-3.jpg"]


def test_only_one_archive_is_made_at_a_time(citizen):
    own_data.ask_for_export(user=citizen)

    with pytest.raises(RuleViolation) as refused:
        own_data.ask_for_export(user=citizen)

    assert refused.value.code == "export_under_way"


def test_the_fourth_archive_of_a_day_is_refused(citizen):
    for _time in range(3):
        own_data.ask_for_export(user=citizen)
        DataExport.objects.update(state=DataExport.State.FAILED)

    with pytest.raises(RuleViolation) as refused:
        own_data.ask_for_export(user=citizen)

    assert refused.value.code == "export_too_often"


def test_building_twice_builds_once(citizen, committed):
    with committed():
        export = own_data.ask_for_export(user=citizen)
    export.refresh_from_db()
    first = (export.file.name, export.attempts)

    tasks.build_export(export_id=export.pk)

    export.refresh_from_db()
    assert (export.file.name, export.attempts) == first


def test_a_failure_of_ours_is_tried_again_and_then_told(citizen, monkeypatch):
    export = own_data.ask_for_export(user=citizen)
    monkeypatch.setattr(archive, "write_archive", lambda user, target: 1 / 0)
    states = []

    for _time in range(archive.MAX_ATTEMPTS):
        tasks.sweep_own_data()
        export.refresh_from_db()
        states.append(export.state)

    assert states == ["asked", "asked", "failed"]


def test_a_run_that_died_is_taken_up_once_its_lease_is_over(citizen):
    export = own_data.ask_for_export(user=citizen)
    held = timezone.now() + timedelta(minutes=1)
    DataExport.objects.update(leased_until=held, attempts=1)
    tasks.sweep_own_data()
    export.refresh_from_db()
    while_held = export.state
    DataExport.objects.update(leased_until=timezone.now())

    tasks.sweep_own_data()

    export.refresh_from_db()
    assert (while_held, export.state) == ("asked", "ready")


def test_after_a_week_the_archive_is_gone(citizen, committed):
    with committed():
        export = own_data.ask_for_export(user=citizen)
    export.refresh_from_db()
    name = export.file.name
    DataExport.objects.update(expires_at=timezone.now())

    tasks.sweep_own_data()

    export.refresh_from_db()
    assert (export.state, export.file.name) == ("gone", "")
    assert not default_storage.exists(name)


def test_the_person_is_told_when_it_is_ready(contest, citizen, committed):
    with committed():
        own_data.ask_for_export(user=citizen)

    message = Message.objects.get(recipient=citizen)
    assert (message.kind, message.link) == ("export_ready", "/accounts/data/")


# --- Being forgotten ---------------------------------------------------------
def erase(citizen, committed, **given):
    with committed():
        return own_data.erase_account(user=citizen, at=COLLECTING, **given)


def test_nothing_in_the_database_tells_the_number_or_the_name(
    contest, citizen, committed
):
    everything_of(citizen, contest)
    before = cells_holding(PHONE, NAME, "xiaohe.wang")

    erase(citizen, committed)

    assert len(before) > 10
    assert cells_holding(PHONE, PHONE[3:], NAME, "xiaohe.wang", "王小荷") == []


def test_a_work_kept_by_choice_keeps_its_credit_and_nothing_else_of_the_name(
    contest, citizen, committed
):
    _draft, _in_screening, accepted = everything_of(citizen, contest)

    erase(citizen, committed, kept=[accepted.pk])

    accepted.refresh_from_db()
    assert accepted.state == "accepted"
    assert [author.name for author in accepted.authors.all()] == ["王小荷"]
    assert all(default_storage.exists(name) for name in stored_files(accepted))
    assert cells_holding(PHONE, PHONE[3:], "xiaohe.wang") == []
    assert cells_holding("王小荷") == [
        ("submissions_attachment", "original_name"),
        ("submissions_submission", "entrant_name"),
        ("submissions_submissionauthor", "name"),
    ]


def test_every_file_leaves_the_storage(contest, citizen, committed):
    works = everything_of(citizen, contest)
    with committed():
        export = own_data.ask_for_export(user=citizen)
    export.refresh_from_db()
    names = [name for work in works for name in stored_files(work)]
    names.append(export.file.name)
    assert all(default_storage.exists(name) for name in names)

    erasure = erase(citizen, committed)

    erasure.refresh_from_db()
    assert [name for name in names if default_storage.exists(name)] == []
    assert erasure.files_left == []
    assert erasure.files_gone_at is not None


def test_files_wait_for_the_commit_and_are_deleted_though_the_worker_was_gone(
    contest, citizen
):
    work = make_handed_in(contest, author=citizen)
    names = stored_files(work)
    own_data.erase_account(user=citizen, at=COLLECTING)
    before = [default_storage.exists(name) for name in names]

    tasks.sweep_own_data()

    assert before == [True] * len(names)
    assert [default_storage.exists(name) for name in names] == [False] * len(names)


def test_erasing_twice_is_erasing_once(contest, citizen, committed):
    everything_of(citizen, contest)

    first = erase(citizen, committed)
    second = erase(citizen, committed)

    assert second == first
    assert Erasure.objects.count() == 1
    assert AuditEntry.objects.filter(action="account.erased").count() == 1


def test_a_failure_half_way_leaves_everything_as_it_was(
    contest, citizen, committed, monkeypatch
):
    draft, in_screening, _accepted = everything_of(citizen, contest)
    names = stored_files(draft)
    monkeypatch.setattr(own_data, "_forget_who", lambda user: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erase(citizen, committed)

    citizen.refresh_from_db()
    in_screening.refresh_from_db()
    assert (citizen.phone, in_screening.state) == (PHONE, "submitted")
    assert all(default_storage.exists(name) for name in names)
    assert not Erasure.objects.exists()


def test_a_draft_is_gone_and_a_handed_in_work_leaves_its_number(
    contest, citizen, committed
):
    draft, in_screening, accepted = everything_of(citizen, contest)
    number = in_screening.number

    erase(citizen, committed)

    assert not Submission.objects.filter(pk=draft.pk).exists()
    in_screening.refresh_from_db()
    accepted.refresh_from_db()
    assert (in_screening.number, in_screening.state, in_screening.title) == (
        number,
        "withdrawn",
        "—",
    )
    assert accepted.state == "withdrawn"
    assert Receipt.objects.filter(submission=in_screening).count() == 1
    assert in_screening.screenings.count() == 1


@pytest.mark.parametrize("state", sorted({*State} - {State.DRAFT}))
def test_only_an_accepted_work_can_stay(contest, citizen, committed, state):
    work = make_handed_in(contest, author=citizen, state=state)

    erase(citizen, committed, kept=[work.pk])

    work.refresh_from_db()
    ends = {"accepted": "accepted", "rejected": "rejected"} | {
        "disqualified": "disqualified"
    }
    assert work.state == ends.get(state, "withdrawn")
    assert (work.title == "—") == (state != State.ACCEPTED)
    assert work.media_files.exists() == (state == State.ACCEPTED)


def test_a_draft_taken_back_after_its_number_leaves_its_number(
    contest, citizen, committed
):
    work = make_handed_in(contest, author=citizen, state=State.DRAFT)

    erase(citizen, committed)

    work.refresh_from_db()
    assert (work.state, work.title) == ("withdrawn", "—")


def test_after_the_deadline_an_accepted_work_stays(contest, citizen, committed):
    work = make_handed_in(contest, author=citizen, state=State.ACCEPTED)

    with committed():
        own_data.erase_account(user=citizen, at=TOO_LATE)

    work.refresh_from_db()
    assert (work.state, work.entrant_name) == ("accepted", "王小荷")


def test_others_lose_nothing(contest, citizen, committed):
    other = CitizenFactory()
    works = everything_of(other, contest)
    names = [name for work in works for name in stored_files(work)]
    messages = Message.objects.filter(recipient=other).count()

    erase(citizen, committed)

    other.refresh_from_db()
    assert other.is_active
    assert all(default_storage.exists(name) for name in names)
    assert Submission.objects.filter(author=other).count() == 3
    assert Message.objects.filter(recipient=other).count() == messages


def test_what_staff_were_told_of_the_work_goes_too(contest, citizen, committed):
    work = make_handed_in(contest, author=citizen)
    tell(
        make_reviewer(contest),
        Kind.ORIGINAL_ANSWERED,
        contest=contest,
        work=NAME,
        submission_id=work.pk,
    )

    erase(citizen, committed)

    assert not Message.objects.exists()


def test_consent_stays_as_text_and_time(contest, citizen, committed):
    everything_of(citizen, contest)

    erase(citizen, committed)

    consent = Consent.objects.get(user=citizen.pk)
    assert (consent.key, consent.text_sha256, consent.ip_address) == (
        "privacy",
        "0" * 64,
        None,
    )
    assert consent.given_at == COLLECTING


def test_the_account_opens_no_more_and_the_number_is_free(contest, citizen, committed):
    session = SessionStore()
    session["_auth_user_id"] = str(citizen.pk)
    session.create()

    erase(citizen, committed)

    again = services.enter_by_phone(phone=PHONE)
    citizen.refresh_from_db()
    assert not Session.objects.filter(pk=session.session_key).exists()
    assert (citizen.is_active, citizen.phone, citizen.username) == (False, None, None)
    assert again.pk != citizen.pk
    assert not Submission.objects.filter(author=again).exists()


@pytest.mark.parametrize("role", [Role.JUDGE, Role.REVIEWER, Role.ORGANISER])
def test_whoever_holds_a_role_is_released_first(contest, role):
    worker = make_worker(contest, role)

    with pytest.raises(RuleViolation) as refused:
        own_data.erase_account(user=worker, at=COLLECTING)

    worker.refresh_from_db()
    assert refused.value.code == "still_holds_a_role"
    assert worker.is_active


def test_the_audit_log_keeps_a_number_that_names_nobody(contest, citizen, committed):
    erase(citizen, committed, ip="192.0.2.9")

    entry = AuditEntry.objects.get(action="account.erased")
    assert (entry.actor_id, entry.actor_label, entry.detail) == (citizen.pk, "", {})


# --- Told before -------------------------------------------------------------
def test_the_person_is_told_what_goes_and_what_stays(contest, citizen):
    everything_of(citizen, contest)
    settled = make_contest()
    make_handed_in(settled, author=citizen, state=State.REJECTED)
    make_draft(contest, author=citizen)

    coming = prospect(citizen, at=COLLECTING)

    assert [choice.label for choice in coming.choices] == [
        f"{work.number} 收工以后"
        for work in Submission.objects.filter(title="收工以后")
    ]
    assert len(coming.goes) == 5
    assert len(coming.stays) == 3


def test_after_the_deadline_nothing_is_offered_to_choose(contest, citizen):
    make_handed_in(contest, author=citizen, state=State.ACCEPTED)

    coming = prospect(citizen, at=TOO_LATE)

    assert coming.choices == []
    assert len(coming.stays) == 3


def test_the_erased_user_shows_nobody_in_lists(contest, citizen, committed):
    erase(citizen, committed)

    assert User.objects.get(pk=citizen.pk).label == "—"
