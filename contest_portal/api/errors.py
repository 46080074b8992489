"""How the API refuses: with a stable code and a sentence, whatever went wrong.

A refusal by a rule of the contest is 409.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.status import (
    HTTP_409_CONFLICT,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
)
from rest_framework.views import exception_handler, set_rollback

from contests.errors import RuleViolation

PREFIX = "/api/"

# What DRF says of these is meant for makers of frameworks; ours is for people.
SENTENCES = {
    "parse_error": gettext_lazy(
        "The request could not be read. Please send JSON in UTF-8."
    ),
    "not_authenticated": gettext_lazy("Please sign in first."),
    "authentication_failed": gettext_lazy(
        "You are not signed in any more. Please sign in again."
    ),
    "permission_denied": gettext_lazy("You have no access to this."),
    "not_found": gettext_lazy("There is nothing at this address, or it is not yours."),
    "method_not_allowed": gettext_lazy(
        "This address takes no such call. Please use GET to read and POST to change."
    ),
    "not_acceptable": gettext_lazy("Answers are JSON. Please ask for JSON."),
    "unsupported_media_type": gettext_lazy(
        "This address takes another kind of content. Please see the guide."
    ),
    "bad_sign": gettext_lazy(
        "There is a sign in the text that cannot be kept. Please type it anew."
    ),
    "bad_request": gettext_lazy("The request could not be understood."),
    "request_too_large": gettext_lazy(
        "This is more than one call may carry. Please send less at a time."
    ),
    "server_error": gettext_lazy(
        "Something went wrong on our side. Please try again in a moment."
    ),
}


def answer_refusal(error, context):
    """DRF's exception handler, with a `code` in every body."""
    if isinstance(error, RuleViolation):
        return _refusal(error)
    if isinstance(error, RequestDataTooBig):
        body = told("request_too_large")
        return Response(body, status=HTTP_413_REQUEST_ENTITY_TOO_LARGE)
    response = exception_handler(error, context)
    if isinstance(error, exceptions.ValidationError):
        response.data = {
            "code": "invalid",
            "detail": _("Some of the information is missing or wrong."),
            "fields": response.data,
            "codes": error.get_codes(),
        }
    elif isinstance(error, exceptions.Throttled):
        response.data = {"code": "throttled", "detail": _patience(error.wait)}
    elif response is not None:
        response.data = told(response.data["detail"].code, response.data["detail"])
    return response


def told(code, otherwise="") -> dict[str, str]:
    """The body of an error: our sentence for the code, else what was said."""
    return {"code": code, "detail": str(SENTENCES.get(code, otherwise))}


def answer(code, *, status) -> JsonResponse:
    """The same body where no API view was reached."""
    return JsonResponse(
        told(code), status=status, json_dumps_params={"ensure_ascii": False}
    )


def is_for_programs(request) -> bool:
    return request is not None and request.path_info.startswith(PREFIX)


def _patience(wait):
    if wait is None:
        return _("That was a little fast. Please wait a moment.")
    return ngettext(
        "That was a little fast. Please wait %(seconds)s second.",
        "That was a little fast. Please wait %(seconds)s seconds.",
        round(wait),
    ) % {"seconds": round(wait)}


def _refusal(violation):
    set_rollback()
    body = {"code": violation.code, "detail": str(violation.message)}
    if violation.findings:
        body["findings"] = violation.findings
    if violation.fields:
        body["fields"] = violation.fields
    return Response(body, status=HTTP_409_CONFLICT)
