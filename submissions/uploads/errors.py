"""Why a request of an upload is not answered with success."""

from http import HTTPStatus

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotAuthenticated

from contests.errors import RuleViolation
from submissions.media.codes import Code

CHECKSUM_MISMATCH = 460  # of tus; no name in the standard library
STATUS_OF = {Code.FRM_FILE_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE}


class Refused(RuleViolation):
    """A refusal with the status that the protocol, or the kind of lack, asks for."""

    code = "upload_refused"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, message, *, status=None, headers=None, **details):
        super().__init__(message, **details)
        self.status = status or self.status
        self.headers = headers or {}


class BadRequest(Refused):
    code = "upload_invalid"
    status = HTTPStatus.BAD_REQUEST


class NoRoom(Refused):
    """Ours, not theirs: the same request may succeed a little later."""

    code = "disk_full"
    status = HTTPStatus.INSUFFICIENT_STORAGE


def answer_to(error: RuleViolation | APIException | Http404) -> tuple[int, dict, dict]:
    """Status, {code, detail} as everywhere in the API, and headers.

    A rule's refusal is 403: a tus client sends again what was answered with 409, and
    the rule will not have changed its mind.
    """
    if isinstance(error, Http404):
        return 404, _body("not_found", _("There is no such upload.")), {}
    if isinstance(error, APIException):
        status = 401 if isinstance(error, NotAuthenticated) else error.status_code
        return status, _body(error.detail.code, error.detail), {}
    status = getattr(error, "status", None) or STATUS_OF.get(
        error.code, HTTPStatus.FORBIDDEN
    )
    headers = getattr(error, "headers", {})
    return int(status), _body(error.code, error.message), headers


def _body(code, detail):
    return {"code": str(code), "detail": str(detail)}
