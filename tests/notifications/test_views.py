"""The reader's notifications, the choice of channels, and the organisers' outbox."""

import re

import pytest
from django.core import mail

from accounts.models import AuditEntry, Role
from notifications import sending, services
from notifications.kinds import WORDINGS, Kind
from notifications.states import Channel, DeliveryState
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.notifications import DAYTIME, make_delivery, tell
from tests.notifications.conftest import PHONE

pytestmark = pytest.mark.django_db

INBOX = "/messages/"
SETTINGS = "/messages/settings/"
OUTBOX = "/outbox/"


@pytest.fixture
def reader(client, citizen):
    client.force_login(citizen)
    return citizen


@pytest.fixture
def runner(client, organiser):
    client.force_login(organiser)
    return organiser


# --- The reader's own --------------------------------------------------------
def test_strangers_are_asked_to_sign_in(client):
    for address in (INBOX, SETTINGS, OUTBOX):
        assert client.get(address).url == f"/accounts/login/?next={address}"


def test_the_reader_sees_own_messages_the_newest_first(client, reader, contest):
    tell(reader, Kind.RECEIVED, contest=contest, work="Morning")
    tell(reader, Kind.ACCEPTED, contest=contest, work="Morning")
    tell(CitizenFactory(), contest=contest, work="Elsewhere")

    page = client.get(INBOX, headers={"accept-language": "en"})

    assert [sentences.title for _message, sentences in page.context["told"]] == [
        "“Morning” is accepted",
        "“Morning” has arrived",
    ]
    assert "Elsewhere" not in page.content.decode()


def test_the_top_bar_counts_what_is_unread(client, reader, contest):
    first = tell(reader, contest=contest)
    tell(reader, contest=contest)
    services.mark_read(first)

    page = client.get("/works/")

    assert page.context["site"].unread_count == 1


def test_following_a_message_reads_it_and_leads_to_the_work(client, reader, contest):
    message = tell(reader, contest=contest, link="/submissions/7/")

    answer = client.get(f"/messages/{message.pk}/")

    message.refresh_from_db()
    assert answer.url == "/submissions/7/"
    assert message.read_at is not None


def test_messages_of_others_are_not_there(client, reader, contest):
    message = tell(CitizenFactory(), contest=contest)

    answer = client.get(f"/messages/{message.pk}/")

    message.refresh_from_db()
    assert answer.status_code == 404
    assert message.read_at is None


def test_all_can_be_read_at_once(client, reader, contest):
    message = tell(reader, contest=contest)

    client.post("/messages/read/")

    message.refresh_from_db()
    assert message.read_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_asks_the_database_as_often_for_many(
    client, reader, contest, count, django_assert_num_queries
):
    for _number in range(count):
        tell(reader, contest=contest)

    with django_assert_num_queries(10):
        client.get(INBOX)


def test_channels_are_chosen(client, reader):
    client.post(SETTINGS, {"by_email": "on"})

    preference = services.Preference.objects.get(user=reader)
    assert (preference.by_sms, preference.by_email) == (False, True)


def test_an_address_counts_once_its_code_came_back(client, reader):
    client.post("/messages/settings/email/", {"email": "wang@example.org"})
    reader.refresh_from_db()
    before = reader.email
    code = re.search(r"\d{6}", mail.outbox[0].subject)[0]

    client.post("/messages/settings/email/code/", {"code": code})

    reader.refresh_from_db()
    assert (before, reader.email) == ("", "wang@example.org")
    entry = AuditEntry.objects.get(action="email.given")
    assert (entry.actor_id, entry.detail) == (reader.pk, {})


def test_a_wrong_code_is_refused_and_wears_out(client, reader):
    client.post("/messages/settings/email/", {"email": "wang@example.org"})
    code = re.search(r"\d{6}", mail.outbox[0].subject)[0]
    wrong = "000000" if code != "000000" else "111111"

    first = client.post("/messages/settings/email/code/", {"code": wrong})
    for _try in range(4):
        client.post("/messages/settings/email/code/", {"code": wrong})
    last = client.post("/messages/settings/email/code/", {"code": code})

    reader.refresh_from_db()
    assert first.context["code_form"].has_error("code", "email_code_wrong")
    assert last.context["code_form"].has_error("code", "email_code_expired")
    assert reader.email == ""


def test_the_sixth_code_of_an_hour_is_refused(client, reader):
    for _time in range(5):
        client.post("/messages/settings/email/", {"email": "wang@example.org"})

    answer = client.post("/messages/settings/email/", {"email": "wang@example.org"})

    assert answer.context["email_form"].has_error("email", "email_too_many")
    assert len(mail.outbox) == 5


def test_an_address_can_be_deleted(client, reader):
    reader.email = "wang@example.org"
    reader.save()

    client.post("/messages/settings/email/remove/")

    reader.refresh_from_db()
    assert reader.email == ""


# --- The outbox --------------------------------------------------------------
@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.JUDGE, Role.SUPERVISOR])
def test_nobody_but_organisers_sees_the_outbox(client, contest, role):
    client.force_login(make_worker(contest, role) if role else CitizenFactory())

    for address in (OUTBOX, "/outbox/wording/"):
        assert client.get(address).status_code == 404
    assert client.post("/outbox/policy/").status_code == 404


def test_organisers_read_exactly_what_is_said_and_no_whole_number(
    client, runner, citizen, contest
):
    delivery = make_delivery(tell(citizen, contest=contest, work="晨"))

    listed = client.get(OUTBOX).content.decode()
    shown = client.get(f"/outbox/{delivery.pk}/").content.decode()

    for text in (listed, shown):
        assert "【Valley pictures】" in text
        assert "晨" in text
        assert "199****1234" in text
        assert PHONE[3:] not in text


def test_an_email_is_shown_as_it_leaves(client, runner, contest):
    citizen = CitizenFactory(email="wang@example.org")
    message = tell(citizen, contest=contest, link="/submissions/7/", work="晨")
    delivery = make_delivery(message, channel=Channel.EMAIL)
    sending.send(delivery, now=DAYTIME)

    page = client.get(f"/outbox/{delivery.pk}/")

    assert (page.context["said"].title, page.context["said"].body) == (
        mail.outbox[0].subject,
        mail.outbox[0].body,
    )
    text = page.content.decode()
    assert "w***@example.org" in text
    assert "wang@example.org" not in text


def test_filters_stand_in_the_address(client, runner, citizen, contest):
    tell(citizen, Kind.ACCEPTED, contest=contest)
    returned = make_delivery(
        tell(citizen, Kind.RETURNED, contest=contest), state=DeliveryState.FAILED
    )
    tell(citizen, Kind.RETURNED, contest=contest)

    page = client.get(f"{OUTBOX}?kind=returned&state=failed&channel=sms")

    assert [delivery for delivery, _said in page.context["rows"]] == [returned]


def test_an_organiser_holds_releases_and_drops(client, runner, citizen, contest):
    delivery = make_delivery(tell(citizen, contest=contest))
    states = []

    for verb in ("hold", "release", "drop", "send-again"):
        client.post(f"/outbox/{delivery.pk}/{verb}/")
        delivery.refresh_from_db()
        states.append(delivery.state)

    assert states == ["held", "queued", "skipped", "queued"]


def test_a_move_that_came_too_late_says_so(client, runner, citizen, contest):
    delivery = make_delivery(tell(citizen, contest=contest), state=DeliveryState.SENT)

    page = client.post(f"/outbox/{delivery.pk}/hold/", follow=True)

    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert [str(toast.level_tag) for toast in page.context["messages"]] == ["error"]


def test_deliveries_of_another_contest_are_not_there(client, runner, citizen):
    delivery = make_delivery(tell(citizen, contest=None))
    type(delivery.message).objects.update(contest=None)

    assert client.get(f"/outbox/{delivery.pk}/").status_code == 404
    assert client.post(f"/outbox/{delivery.pk}/hold/").status_code == 404


def test_the_policy_is_set_and_what_it_held_is_released(
    client, runner, citizen, contest
):
    client.post("/outbox/policy/", {"needs_approval": "1"})
    held = make_delivery(tell(citizen, contest=contest))
    client.post("/outbox/policy/", {"needs_approval": "0"})
    state_before = held.state

    client.post("/outbox/release/")

    held.refresh_from_db()
    assert (state_before, held.state) == ("held", "queued")
    assert not services.sms_needs_approval(contest.pk)


def test_every_wording_can_be_read(client, runner):
    page = client.get("/outbox/wording/")

    assert [kind for kind, _wording, _said in page.context["samples"]] == list(WORDINGS)


@pytest.mark.parametrize("count", [1, 3])
def test_outbox_asks_the_database_as_often_for_many(
    client, runner, contest, count, django_assert_num_queries
):
    for _number in range(count):
        tell(CitizenFactory(), contest=contest)

    with django_assert_num_queries(16):
        client.get(OUTBOX)
