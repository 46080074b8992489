"""Why a request of an upload is not answered with success."""

from http import HTTPStatus

from contests.errors import RuleViolation

CHECKSUM_MISMATCH = 460  # of tus; no name in the standard library


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
