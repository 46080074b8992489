"""A refusal is 409 with a stable code; every other error has a code as well."""

import pytest
from django.http import Http404
from rest_framework import exceptions

from contest_portal.api.errors import answer_refusal
from contests.errors import RuleViolation


class Closed(RuleViolation):
    code = "collection_closed"


def answered(error):
    response = answer_refusal(error, {})
    return response.status_code, response.data


def test_a_refusal_is_409_with_its_code_and_sentence():
    assert answered(Closed("The collection is over.")) == (
        409,
        {"code": "collection_closed", "detail": "The collection is over."},
    )


def test_a_refusal_carries_its_fields_and_findings():
    error = Closed(
        "Look again.", fields={"title": ["Too long."]}, findings=[{"code": "IMG"}]
    )

    assert answered(error) == (
        409,
        {
            "code": "collection_closed",
            "detail": "Look again.",
            "fields": {"title": ["Too long."]},
            "findings": [{"code": "IMG"}],
        },
    )


def test_wrong_information_names_its_fields():
    status, body = answered(exceptions.ValidationError({"title": ["Too long."]}))

    assert (status, body["code"], body["fields"]) == (
        400,
        "invalid",
        {"title": ["Too long."]},
    )


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (exceptions.Throttled(), 429, "throttled"),
    ],
)
def test_other_errors_have_a_code(error, status, code):
    found, body = answered(error)

    assert (found, body["code"]) == (status, code)


def test_a_bug_is_not_answered():
    assert answer_refusal(ZeroDivisionError(), {}) is None
