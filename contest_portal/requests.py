"""What no request may be, whatever page it is for."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

NUL = "\0"
MEGABYTE = 1024 * 1024


class PlainAddressMiddleware:
    """Refuses a NUL in an address: no page has one, and no database takes one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


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
