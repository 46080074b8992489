"""Telling people, in the transaction of what they are told of; and the outbox."""

import datetime as dt

import pytest
from django.db import transaction

from accounts.models import AuditEntry
from contests import clock
from contests.errors import RuleViolation
from notifications import services
from notifications.kinds import Kind
from notifications.models import Message
from notifications.states import Cause, DeliveryState
from tests.factories.accounts import CitizenFactory
from tests.factories.notifications import make_delivery, tell
from tests.factories.submissions import COLLECTING, make_contest

pytestmark = pytest.mark.django_db


def states_of(message):
    """(channel, state, cause) of each delivery, by channel."""
    return list(
        message.deliveries.order_by("channel").values_list("channel", "state", "cause")
    )


# --- Telling -----------------------------------------------------------------
def test_notify_writes_the_message_and_a_delivery_for_each_way(contest):
    citizen = CitizenFactory(email="wang@example.org")

    message = tell(citizen, Kind.ACCEPTED, contest=contest, work="Morning")

    assert Message.objects.get() == message
    assert message.params == {"work": "Morning"}
    assert states_of(message) == [("email", "queued", ""), ("sms", "queued", "")]


def test_moments_and_days_keep_what_they_are(contest, citizen):
    due = dt.datetime(2031, 5, 25, 16, 0, tzinfo=dt.UTC)

    message = tell(citizen, Kind.RETURNED, contest=contest, due=due, reason="Dark.")

    assert message.params["due"] == {"moment": "2031-05-25T16:00:00+00:00"}


def test_a_transaction_that_fails_tells_nobody(contest, citizen, gateway):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(citizen, contest=contest)
        raise RuntimeError

    assert not Message.objects.exists()
    assert gateway.sent == []


def test_a_queue_that_is_away_only_delays_what_is_sent(
    contest, django_capture_on_commit_callbacks, monkeypatch
):
    def refuse(**asked):
        raise ConnectionError

    monkeypatch.setattr(services.send_delivery, "delay", refuse)
    citizen = CitizenFactory(email="wang@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        message = tell(citizen, contest=contest)

    assert states_of(message) == [("email", "queued", ""), ("sms", "queued", "")]


def test_a_missing_parameter_is_found_at_once(contest, citizen):
    with pytest.raises(TypeError, match="reason"):
        services.notify(
            recipient=citizen,
            kind=Kind.REJECTED,
            at=COLLECTING,
            contest=contest,
            work="Morning",
        )


def test_without_a_contest_it_is_the_current_one(contest, citizen):
    message = services.notify(
        recipient=citizen, kind=Kind.ACCEPTED, at=COLLECTING, work="Morning"
    )

    assert message.contest == contest


def test_whoever_left_the_portal_is_told_nothing(contest):
    citizen = CitizenFactory(is_active=False)

    told = tell(citizen, contest=contest)

    assert told is None
    assert not Message.objects.exists()


def test_a_small_step_stays_in_the_portal(contest, citizen):
    message = tell(citizen, Kind.SCREENING_BEGUN, contest=contest)

    assert states_of(message) == []


def test_a_person_without_a_number_gets_no_sms(contest, organiser):
    message = tell(organiser, Kind.ACCEPTED, contest=contest)

    assert states_of(message) == [("sms", "skipped", "no_address")]


def test_what_is_told_of_days_gone_by_rings_no_phone(contest, citizen):
    message = tell(citizen, contest=contest, at=clock.now() - dt.timedelta(days=2))

    assert states_of(message) == [("sms", "skipped", "too_old")]


def test_switched_off_channels_are_left_out(contest):
    citizen = CitizenFactory(email="wang@example.org")
    services.choose_channels(user=citizen, by_sms=False, by_email=True)

    message = tell(citizen, Kind.ACCEPTED, contest=contest)

    assert states_of(message) == [
        ("email", "queued", ""),
        ("sms", "skipped", "switched_off"),
    ]


def test_what_must_be_told_goes_out_all_the_same(contest, citizen):
    services.choose_channels(user=citizen, by_sms=False, by_email=False)

    message = tell(citizen, Kind.RETURNED, contest=contest)

    assert states_of(message) == [("sms", "queued", "")]


def test_sms_wait_where_an_organiser_releases_them(contest, organiser):
    citizen = CitizenFactory(email="wang@example.org")
    services.set_sms_policy(contest=contest, needs_approval=True, by=organiser)

    message = tell(citizen, Kind.ACCEPTED, contest=contest)

    assert states_of(message) == [
        ("email", "queued", ""),
        ("sms", "held", "needs_approval"),
    ]


def test_the_policy_of_one_contest_is_not_that_of_another(contest, organiser, citizen):
    services.set_sms_policy(contest=make_contest(), needs_approval=True, by=organiser)

    message = tell(citizen, Kind.ACCEPTED, contest=contest)

    assert states_of(message) == [("sms", "queued", "")]


# --- Reading -----------------------------------------------------------------
def test_a_message_is_read_once(contest, citizen):
    message = tell(citizen, contest=contest)
    services.mark_read(message)
    message.refresh_from_db()
    first = message.read_at

    services.mark_read(message)

    message.refresh_from_db()
    assert first is not None
    assert message.read_at == first


def test_all_read_leaves_those_of_others(contest, citizen):
    mine = tell(citizen, contest=contest)
    theirs = tell(CitizenFactory(), contest=contest)

    count = services.mark_all_read(citizen)

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (count, mine.read_at is None, theirs.read_at) == (1, False, None)


# --- The outbox --------------------------------------------------------------
@pytest.mark.parametrize("verb", sorted(services.MOVABLE))
@pytest.mark.parametrize("state", DeliveryState)
def test_staff_move_a_delivery_only_from_where_it_may_go(
    contest, citizen, organiser, verb, state
):
    delivery = make_delivery(tell(citizen, contest=contest), state=state)
    move = getattr(services, verb)
    ends = {
        "hold": (DeliveryState.HELD, Cause.HELD_BY_STAFF),
        "release": (DeliveryState.QUEUED, ""),
        "send_again": (DeliveryState.QUEUED, ""),
        "drop": (DeliveryState.SKIPPED, Cause.DROPPED),
    }

    if state in services.MOVABLE[verb]:
        move(delivery=delivery, by=organiser)
        expected = ends[verb]
    else:
        with pytest.raises(RuleViolation):
            move(delivery=delivery, by=organiser)
        expected = (state, "")

    delivery.refresh_from_db()
    assert (delivery.state, delivery.cause) == expected


def test_every_move_is_in_the_audit_log(contest, citizen, organiser):
    delivery = make_delivery(tell(citizen, contest=contest))

    services.hold(delivery=delivery, by=organiser)

    entry = AuditEntry.objects.get(action="message.hold")
    assert (entry.actor_id, entry.target, entry.contest_key) == (
        organiser.pk,
        f"notifications.delivery:{delivery.pk}",
        contest.key,
    )


def test_releasing_all_releases_what_is_held(contest, citizen, organiser):
    held = make_delivery(tell(citizen, contest=contest), state=DeliveryState.HELD)
    failed = make_delivery(tell(citizen, contest=contest), state=DeliveryState.FAILED)

    count = services.release_all(
        deliveries=type(held).objects.order_by("pk"), by=organiser
    )

    held.refresh_from_db()
    failed.refresh_from_db()
    assert (count, held.state, failed.state) == (1, "queued", "failed")
