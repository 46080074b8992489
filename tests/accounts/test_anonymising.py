"""Accounts that go some time after the last contest their owners took part in."""

import datetime as dt

import pytest

from accounts import anonymising
from accounts.anonymising_tasks import forget_accounts_after_contests
from accounts.models import AuditEntry, Consent, Erasure, Role
from contests import clock
from submissions.states import State
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.submissions import make_contest, make_handed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("media_folder"),
]

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def contest():
    return make_contest(defaults={"entries_kept_days": 365})


@pytest.fixture
def over(contest):
    return clock.end_of(contest.ends_on + dt.timedelta(days=365))


def took_part(contest, user=None):
    user = user or CitizenFactory(full_name="王小荷")
    Consent.objects.create(
        user=user,
        contest=contest,
        key="privacy",
        version=1,
        text_sha256="0" * 64,
        given_at=clock.start_of(contest.starts_on),
    )
    return user


def test_an_account_goes_when_the_days_are_over_and_not_before(contest, over):
    user = took_part(contest)

    early = anonymising.forget_due(at=over - SECOND)
    counts = [anonymising.forget_due(at=over) for _run in range(2)]

    user.refresh_from_db()
    assert (early, counts) == (0, [1, 0])
    assert (user.phone, user.full_name, user.is_active) == (None, "", False)
    assert Erasure.objects.get().user == user
    assert AuditEntry.objects.get(action="account.anonymised").actor_id is None


def test_an_accepted_work_keeps_its_credit_line(contest, over):
    work = make_handed_in(contest, author=took_part(contest), state=State.ACCEPTED)

    anonymising.forget_due(at=over)

    work.refresh_from_db()
    assert (work.state, work.authors.get().name) == (State.ACCEPTED, "王小荷")


def test_who_takes_part_in_a_lasting_contest_stays(contest, over):
    lasting = make_contest(defaults={"entries_kept_days": 3000})
    by_consent = took_part(lasting, took_part(contest))
    by_work = took_part(contest)
    make_handed_in(lasting, author=by_work)

    assert list(anonymising.due(at=over)) == []
    by_consent.refresh_from_db()
    assert by_consent.is_active


def test_who_works_for_a_contest_stays(contest, over):
    took_part(contest, make_worker(contest, Role.REVIEWER))

    assert anonymising.forget_due(at=over) == 0


def test_a_run_is_bounded_and_the_next_goes_on(contest, over):
    for _person in range(3):
        took_part(contest)

    assert [anonymising.forget_due(at=over, most=2) for _run in range(3)] == [2, 1, 0]


def test_beat_asks_by_the_clock_of_the_contest(contest, settings):
    user = took_part(contest)
    settings.DEMO_TODAY = contest.ends_on + dt.timedelta(days=366)

    forget_accounts_after_contests()

    user.refresh_from_db()
    assert not user.is_active
