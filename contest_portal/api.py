"""How the API answers: a refusal is 409 with a stable code and a sentence."""

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.status import HTTP_409_CONFLICT
from rest_framework.views import exception_handler, set_rollback

from contests.errors import RuleViolation


def answer_refusal(error, context):
    """DRF's exception handler, with a `code` in every body."""
    if isinstance(error, RuleViolation):
        return _refusal(error)
    response = exception_handler(error, context)
    if isinstance(error, exceptions.ValidationError):
        response.data = {
            "code": "invalid",
            "detail": _("Some of the information is missing or wrong."),
            "fields": response.data,
            "codes": error.get_codes(),
        }
    elif response is not None:
        response.data["code"] = response.data["detail"].code
    return response


def _refusal(violation):
    set_rollback()
    body = {"code": violation.code, "detail": str(violation.message)}
    if violation.findings:
        body["findings"] = violation.findings
    if violation.fields:
        body["fields"] = violation.fields
    return Response(body, status=HTTP_409_CONFLICT)
