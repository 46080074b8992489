"""A phone lets a computer in: once, for a while, and no other computer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import RequestFactory

from accounts import hand_off
from accounts.hand_off import HandOffRefused
from accounts.models import AuditEntry, Role
from tests.factories.accounts import CitizenFactory, make_contest, make_worker

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)
COMPUTER, PHONE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def citizen(db):
    return CitizenFactory()


@pytest.fixture
def computer(db):
    """A browser nobody is signed in to, with a session of its own."""
    return browser(ip=COMPUTER)


def browser(*, ip, user=None, session=None):
    request = RequestFactory().post("/", REMOTE_ADDR=ip, headers={"User-Agent": CHROME})
    request.session = session or SessionStore()
    if session is None:
        request.session.save()
    request.user = user or AnonymousUser()
    return request


def phone_of(user):
    return browser(ip=PHONE, user=user)


def refusal_code(action, *args, **kwargs):
    with pytest.raises(HandOffRefused) as refused:
        action(*args, **kwargs)
    return refused.value.code


def test_computer_is_signed_in_once_the_phone_has_confirmed(computer, citizen):
    code = hand_off.ask(computer)
    hand_off.allow(phone_of(citizen), code=code, draft_id=5)

    entry = hand_off.enter(computer)

    assert (entry.user, entry.draft_id) == (citizen, 5)
    assert computer.session["_auth_user_id"] == str(citizen.pk)
    assert computer.session.get_expiry_age() == 12 * 3600


def test_states_follow_what_the_phone_does(computer, citizen):
    code = hand_off.ask(computer)
    states = [hand_off.state(computer)]
    hand_off.asker_of(phone_of(citizen), code)
    states.append(hand_off.state(computer))
    hand_off.allow(phone_of(citizen), code=code, draft_id=5)
    states.append(hand_off.state(computer))
    hand_off.enter(computer)
    states.append(hand_off.state(computer))

    assert states == ["waiting", "seen", "allowed", "over"]


def test_phone_sees_which_browser_asks_and_from_where(computer, citizen):
    asker = hand_off.asker_of(phone_of(citizen), hand_off.ask(computer))

    assert asker.browser == "Chrome · Windows"
    assert asker.network == "203.0.113.0/24"


def test_both_devices_leave_their_line_in_the_log(computer, citizen):
    hand_off.allow(phone_of(citizen), code=hand_off.ask(computer), draft_id=5)
    hand_off.enter(computer)

    lines = AuditEntry.objects.filter(action__startswith="hand_off").order_by("pk")
    assert [(line.action, line.actor_id, line.ip_address) for line in lines] == [
        ("hand_off.allowed", citizen.pk, PHONE),
        ("hand_off.entered", citizen.pk, COMPUTER),
    ]


# --- Who tries ---------------------------------------------------------------------
def test_nobody_enters_before_the_phone_has_confirmed(computer):
    hand_off.ask(computer)

    assert refusal_code(hand_off.enter, computer) == "hand_off_not_confirmed"


def test_another_computer_does_not_enter_by_a_confirmation(computer, citizen):
    hand_off.allow(phone_of(citizen), code=hand_off.ask(computer), draft_id=5)
    other = browser(ip=COMPUTER)

    assert refusal_code(hand_off.enter, other) == "hand_off_over"


def test_confirmation_opens_once(computer, citizen):
    hand_off.allow(phone_of(citizen), code=hand_off.ask(computer), draft_id=5)
    copied = SessionStore()
    copied.update(computer.session)
    hand_off.enter(computer)

    twin = browser(ip=COMPUTER, session=copied)

    assert refusal_code(hand_off.enter, twin) == "hand_off_over"


def test_code_is_confirmed_once(computer, citizen):
    code = hand_off.ask(computer)
    hand_off.allow(phone_of(citizen), code=code, draft_id=5)

    second = phone_of(CitizenFactory())

    assert (
        refusal_code(hand_off.allow, second, code=code, draft_id=6) == "hand_off_over"
    )


def test_planted_session_does_not_get_in(computer, citizen):
    hand_off.ask(computer)
    planted = computer.session.session_key
    victim = browser(ip=COMPUTER, session=SessionStore(planted))
    hand_off.allow(phone_of(citizen), code=hand_off.ask(victim), draft_id=5)

    attacker = browser(ip=COMPUTER, session=SessionStore(planted))

    assert victim.session.session_key != planted
    assert refusal_code(hand_off.enter, attacker) == "hand_off_over"


def test_session_gets_a_new_key_on_signing_in(computer, citizen):
    hand_off.allow(phone_of(citizen), code=hand_off.ask(computer), draft_id=5)
    before = computer.session.session_key

    hand_off.enter(computer)

    assert computer.session.session_key != before


def test_code_runs_out(computer, citizen, monkeypatch):
    monkeypatch.setattr(hand_off, "LIVES_SECONDS", 0)

    code = hand_off.ask(computer)

    assert refusal_code(hand_off.asker_of, phone_of(citizen), code) == "hand_off_over"


def test_digits_stand_neither_in_the_cache_nor_in_the_session(computer):
    code = hand_off.ask(computer)

    assert cache.get(f"hand-off-asked:{code}") is None
    assert code not in str(dict(computer.session))


def test_same_digits_stay_while_they_live(computer):
    assert hand_off.ask(computer) == hand_off.ask(computer)


def test_guesses_are_counted(citizen):
    codes = [
        refusal_code(hand_off.asker_of, phone_of(citizen), f"{number:08d}")
        for number in range(hand_off.LOOKS_PER_PERSON + 1)
    ]

    assert codes == ["hand_off_over"] * hand_off.LOOKS_PER_PERSON + [
        "hand_off_too_many"
    ]


def test_an_address_gets_only_so_many_codes(db, monkeypatch):
    monkeypatch.setattr(hand_off, "CODES_PER_ADDRESS", 2)
    for _number in range(2):
        hand_off.ask(browser(ip=COMPUTER))

    assert refusal_code(hand_off.ask, browser(ip=COMPUTER)) == "hand_off_too_many"
    assert len(hand_off.ask(browser(ip=PHONE))) == 8


# --- Who may not ---------------------------------------------------------------------
def test_worker_lets_no_computer_in(computer, db):
    worker = make_worker(make_contest(), Role.REVIEWER)
    code = hand_off.ask(computer)

    refused = refusal_code(hand_off.allow, phone_of(worker), code=code, draft_id=5)

    assert refused == "hand_off_not_for_workers"


def test_role_given_meanwhile_closes_the_door(computer, citizen):
    hand_off.allow(phone_of(citizen), code=hand_off.ask(computer), draft_id=5)
    citizen.is_staff = True
    citizen.save()

    assert refusal_code(hand_off.enter, computer) == "hand_off_not_for_workers"


def test_closed_account_is_not_signed_in(computer, citizen):
    hand_off.allow(phone_of(citizen), code=hand_off.ask(computer), draft_id=5)
    citizen.is_active = False
    citizen.save()

    assert refusal_code(hand_off.enter, computer) == "hand_off_over"
