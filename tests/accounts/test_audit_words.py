"""Every line of the audit log can be read without knowing our codes."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse

from accounts import audit
from accounts.audit_words import ACTIONS, words_of
from accounts.models import Role
from notifications.services import MOVABLE
from submissions.states import WaiverState
from tests.factories.accounts import make_contest, make_worker

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "submissions", "notifications", "judging", "outreach", "contests")
WRITERS = {"record", "_record", "_log", "_note", "_note_authenticator"}


def codes_in(path):
    """The first argument of each call that writes a line, where it is a plain text."""
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and call.args:
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            code = getattr(call.args[0], "value", None)
            if name in WRITERS and isinstance(code, str) and "." in code:
                yield code


def test_every_code_that_is_written_has_its_words():
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    written = {code for path in files for code in codes_in(path)}
    written |= {f"message.{verb}" for verb in MOVABLE}
    written |= {f"waiver.{state}" for state in (WaiverState.GRANTED, "refused")}

    assert len(written) > 30
    assert written - set(ACTIONS) == set()


def test_a_code_nobody_knows_is_shown_as_it_is():
    assert words_of("old.code") == "old.code"


@pytest.mark.django_db
def test_the_list_and_its_filter_say_what_happened(client):
    contest = make_contest()
    organiser = make_worker(contest, Role.ORGANISER)
    audit.record("list.exported", by=organiser, contest=contest)
    audit.record("draft.reminded", by=organiser, contest=contest)
    client.force_login(organiser)
    address = reverse("admin:accounts_auditentry_changelist")

    page = client.get(address, {"what": "list.exported"})

    assert [entry.action for entry in page.context["cl"].result_list] == [
        "list.exported"
    ]
    assert str(ACTIONS["list.exported"]) in page.content.decode()
    assert str(ACTIONS["draft.reminded"]) in page.content.decode()  # in the filter
