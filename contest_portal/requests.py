"""What no request may be, whatever page it is for."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import UnreadablePostError

NUL = "\0"
MEGABYTE = 1024 * 1024


class PlainRequestMiddleware:
    """Refuses a NUL in an address or a form: no page has one, no database takes one.

    JSON is looked at where it is parsed. Fields that come along with files are read by
    the view that stores the files; what of them reaches the database is refused there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _has_nul_in_address(request) or _has_nul_in_form(request):
            raise BadRequest("NUL in the request")
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, ValueError) and "NUL (0x00)" in str(error):
            raise BadRequest("NUL in the request") from error


def _has_nul_in_address(request):
    return NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", "")


def _has_nul_in_form(request):
    if request.content_type != "application/x-www-form-urlencoded":
        return False
    try:
        body = request.body
    except UnreadablePostError as error:
        raise BadRequest("the connection broke off") from error
    return b"%00" in body or b"\0" in body


class SmallFilesHandler(TemporaryFileUploadHandler):
    """Receives files where no page has its own receiver: a few megabytes, no more.

    Anybody may send a form to any address, so nobody may fill the disk by it.
    """

    received_bytes = 0

    def receive_data_chunk(self, raw_data, start):
        self.received_bytes += len(raw_data)
        if self.received_bytes > settings.FILE_UPLOAD_MAX_MB * MEGABYTE:
            self.upload_interrupted()
            raise RequestDataTooBig("FILE_UPLOAD_MAX_MB exceeded")
        super().receive_data_chunk(raw_data, start)
