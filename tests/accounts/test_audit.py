import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry
from tests.factories.accounts import CitizenFactory, WorkAccountFactory, make_contest

pytestmark = pytest.mark.django_db


def told(entry):
    return (
        entry.actor_id,
        entry.actor_label,
        entry.action,
        entry.target,
        entry.contest_key,
        entry.ip_address,
        entry.detail,
    )


def test_line_tells_who_did_what_to_which_row_of_which_contest():
    contest = make_contest()
    worker = WorkAccountFactory(username="worker-a")

    entry = audit.record(
        "unit.renamed",
        by=worker,
        target=contest.units.first(),
        ip="192.0.2.1",
        name="River",
    )

    entry.refresh_from_db()
    assert told(entry) == (
        worker.pk,
        "worker-a",
        "unit.renamed",
        f"contests.unit:{contest.units.first().pk}",
        contest.key,
        "192.0.2.1",
        {"name": "River"},
    )


def test_line_about_a_citizen_holds_no_personal_data():
    citizen = CitizenFactory(full_name="王小荷")

    entry = audit.record("account.renamed", by=citizen, target=citizen)

    assert told(entry) == (
        citizen.pk,
        "",
        "account.renamed",
        f"accounts.user:{citizen.pk}",
        "",
        None,
        {},
    )


def test_line_without_an_actor_can_be_written_for_another_time():
    at = timezone.now() - timezone.timedelta(days=1)

    entry = audit.record("clock.checked", by=None, target="clock", at=at)

    assert (entry.actor_id, entry.at, entry.target) == (None, at, "clock")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(action="other"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: entry.save(),
    ],
    ids=["update", "delete", "save"],
)
def test_line_can_neither_be_changed_nor_deleted(attempt):
    entry = audit.record("sign_in.done", by=None)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempt(entry)

    assert AuditEntry.objects.get().action == "sign_in.done"
