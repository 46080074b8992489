"""One delivery goes out at most once, by day, and staff hear of what is unclear."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from contests import clock
from notifications import sending, tasks
from notifications.kinds import WORDINGS, Kind
from notifications.models import Delivery, Message
from notifications.rendering import pack, sms_text
from notifications.states import Cause, Channel, DeliveryState
from tests.factories.accounts import CitizenFactory
from tests.factories.notifications import DAYTIME, NIGHT, make_delivery, tell
from tests.notifications.conftest import PHONE

pytestmark = pytest.mark.django_db

EARLIER = DAYTIME - dt.timedelta(hours=1)


@pytest.fixture
def sms(contest, citizen, gateway):
    """An SMS that is due."""
    return make_delivery(tell(citizen, contest=contest, work="晨"), not_before=EARLIER)


def outcome(delivery):
    delivery.refresh_from_db()
    return (delivery.state, delivery.cause, delivery.attempts)


def test_an_sms_goes_out_with_the_sender_and_is_marked_as_sent(sms, gateway):
    sending.send(sms, now=DAYTIME)

    text = sms_text(Kind.ACCEPTED, {"work": "晨"}, sender="Valley pictures")
    assert [(phone, words) for phone, words in gateway.sent] == [(PHONE, text)]
    assert outcome(sms) == ("sent", "", 1)
    assert sms.sent_at is not None


def test_sending_twice_sends_once(sms, gateway):
    tasks.send_delivery(delivery_id=sms.pk)
    sending.send(sms, now=DAYTIME)
    sending.send(sms, now=DAYTIME)

    assert len(gateway.sent) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_once(sms, gateway):
    def work():
        sending.send(Delivery.objects.get(pk=sms.pk), now=DAYTIME)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work), pool.submit(work)]:
            done.result()

    assert len(gateway.sent) == 1


def test_the_row_says_sending_before_the_gateway_is_called(sms, gateway, monkeypatch):
    seen = []
    monkeypatch.setattr(
        gateway,
        "send",
        lambda self, **given: seen.append(Delivery.objects.get(pk=sms.pk).state),
    )

    sending.send(sms, now=DAYTIME)

    assert seen == ["sending"]


def test_a_refusal_is_tried_again_later(sms, gateway, refusal):
    gateway.refusals = [refusal]

    sending.send(sms, now=DAYTIME)

    assert outcome(sms) == ("queued", "gateway", 1)
    assert sms.not_before > timezone.now()


def test_pauses_grow_and_the_last_refusal_ends_it(sms, gateway, refusal):
    gateway.refusals = [refusal] * sending.MAX_ATTEMPTS
    pauses = []

    for _attempt in range(sending.MAX_ATTEMPTS):
        Delivery.objects.filter(pk=sms.pk).update(not_before=EARLIER)
        sending.send(sms, now=DAYTIME)
        sms.refresh_from_db()
        pauses.append(
            round((sms.not_before - timezone.now()) / dt.timedelta(minutes=1))
        )

    assert pauses[:-1] == [1, 4, 16, 64, 256]
    assert outcome(sms) == ("failed", "gateway", sending.MAX_ATTEMPTS)


def test_no_answer_leaves_it_to_a_person(sms, gateway, silence):
    gateway.refusals = [silence]

    sending.send(sms, now=DAYTIME)
    sending.send(sms, now=DAYTIME)

    assert outcome(sms) == ("unclear", "no_answer", 1)


def test_a_worker_that_died_leaves_it_to_a_person(sms, gateway):
    long_ago = timezone.now() - sending.STUCK_AFTER - dt.timedelta(seconds=1)
    Delivery.objects.filter(pk=sms.pk).update(
        state=DeliveryState.SENDING, started_at=long_ago, attempts=1
    )

    tasks.sweep_outbox()

    assert outcome(sms) == ("unclear", "worker_gone", 1)
    assert gateway.sent == []


def test_one_under_way_is_left_alone(sms, gateway):
    Delivery.objects.filter(pk=sms.pk).update(
        state=DeliveryState.SENDING, started_at=timezone.now(), attempts=1
    )

    tasks.sweep_outbox()

    assert outcome(sms) == ("sending", "", 1)


def test_the_sweep_takes_up_what_was_lost(sms):
    Delivery.objects.filter(pk=sms.pk).update(not_before=timezone.now())

    assert sending.due_deliveries() == [sms.pk]


def test_the_sweep_leaves_what_is_held_or_not_due(sms):
    Delivery.objects.filter(pk=sms.pk).update(
        not_before=timezone.now() + dt.timedelta(minutes=1)
    )

    assert sending.due_deliveries() == []


@pytest.mark.parametrize(
    ("hour", "morning"), [(22, 11), (23, 11), (0, 10), (7, 10), (8, None), (21, None)]
)
def test_no_sms_leaves_between_22_and_8(sms, gateway, hour, morning):
    now = clock.start_of(dt.date(2031, 4, 10)) + dt.timedelta(hours=hour, minutes=59)
    Delivery.objects.filter(pk=sms.pk).update(not_before=now)

    sending.send(sms, now=now)

    sms.refresh_from_db()
    if morning is None:
        assert sms.state == "sent"
    else:
        assert (sms.state, sms.not_before, gateway.sent) == (
            "queued",
            clock.start_of(dt.date(2031, 4, morning)) + dt.timedelta(hours=8),
            [],
        )


def test_mail_goes_out_at_night(contest):
    citizen = CitizenFactory(email="wang@example.org")
    message = tell(citizen, Kind.RECEIVED, contest=contest, work="晨", number="V-0001")
    delivery = make_delivery(message, channel=Channel.EMAIL, not_before=EARLIER)

    sending.send(delivery, now=NIGHT)

    assert delivery.message.deliveries.get().state == "sent"
    sent = mail.outbox[0]
    assert sent.to == ["wang@example.org"]
    assert "晨" in sent.subject
    assert "V-0001" in sent.body
    assert "Valley pictures" in sent.body


def test_mail_no_server_takes_is_tried_again(contest, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    citizen = CitizenFactory(email="wang@example.org")
    message = tell(citizen, Kind.RECEIVED, contest=contest)
    delivery = make_delivery(message, channel=Channel.EMAIL, not_before=EARLIER)

    sending.send(delivery, now=DAYTIME)

    assert outcome(delivery) == ("queued", "gateway", 1)


@pytest.mark.parametrize("change", [{"is_active": False}, {"phone": None}])
def test_who_can_no_longer_be_reached_is_left_out(sms, citizen, gateway, change):
    type(citizen).objects.filter(pk=citizen.pk).update(username="x", **change)

    sending.send(sms, now=DAYTIME)

    assert outcome(sms) == ("skipped", Cause.NO_ADDRESS, 0)
    assert gateway.sent == []


@pytest.mark.parametrize(
    "kind", [kind for kind, wording in WORDINGS.items() if wording.sms]
)
def test_every_sms_is_one_or_two_parts_long(kind):
    text = sms_text(
        kind,
        pack(dict(WORDINGS[kind].sample) | {"work": "很长的标题" * 20}),
        sender="志愿善城",
        link="/submissions/123456/edit/track/",
    )

    assert len(text) <= 2 * 67


def test_what_was_told_more_than_a_year_ago_is_forgotten(contest, citizen):
    old, recent = (tell(citizen, contest=contest) for _ in range(2))
    year = dt.timedelta(days=365)
    for message, age in ((old, year), (recent, year - dt.timedelta(minutes=1))):
        Message.objects.filter(pk=message.pk).update(written_at=timezone.now() - age)

    tasks.forget_old_messages()

    assert Message.objects.get() == recent
    assert set(Delivery.objects.values_list("message", flat=True)) == {recent.pk}


def test_a_title_of_several_lines_adds_no_header_and_keeps_no_mail_back(contest):
    citizen = CitizenFactory(email="wang@example.org")
    title = "River\r\nBcc: everybody@example.org"
    message = tell(citizen, contest=contest, work=title)
    delivery = make_delivery(message, channel=Channel.EMAIL, not_before=EARLIER)

    sending.send(delivery, now=DAYTIME)

    assert outcome(delivery) == ("sent", "", 1)
    [sent] = mail.outbox
    assert "River Bcc: everybody@example.org" in sent.subject
    assert sent.recipients() == ["wang@example.org"]
