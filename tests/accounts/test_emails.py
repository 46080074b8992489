"""E-mail addresses that people prove."""

import re

import pytest
from django.core import mail

from accounts import emails
from contests.errors import RuleViolation
from tests.factories.accounts import CitizenFactory
from tests.submissions.services.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_guesses_at_the_same_moment_are_no_more_than_five(rf):
    owner = CitizenFactory()
    emails.send_proof(rf.post("/"), user=owner, email="somebody@example.org")
    code = re.search(r"\d{6}", mail.outbox[0].subject)[0]
    wrong = "000000" if code != "000000" else "111111"

    outcomes = at_once([lambda: emails.prove(user=owner, code=wrong)] * 12)

    assert outcomes == ["email_code_expired"] * 7 + ["email_code_wrong"] * 5
    with pytest.raises(RuleViolation):
        emails.prove(user=owner, code=code)
