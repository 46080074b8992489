"""Being forgotten: what goes, what stays, and what is told of it before."""

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db.models import F, TextField
from django.db.models.functions import Cast

from accounts import own_data, services, tasks
from accounts.models import AuditEntry, Consent, Erasure, Role, User
from accounts.personal_data import prospect
from contests.errors import RuleViolation
from notifications.kinds import Kind
from notifications.models import Message
from submissions.models import Receipt, Submission
from submissions.states import State
from tests.accounts.belongings import (
    NAME,
    PHONE,
    everything_of,
    make_owner,
    stored_files,
)
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.notifications import tell
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_contest,
    make_draft,
    make_handed_in,
    make_reviewer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def citizen():
    return make_owner()


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
