"""Receives files of a request: streamed to disk, never held in memory."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.services.files import MEGABYTE, FileRefused

# What Django says of the lines above a file's bytes; only its name can be so long.
LONG_NAME = "Request max total header size exceeded."


class Receiver(TemporaryFileUploadHandler):
    """Keeps no more than the limit of all files together, and notes when a body was
    cut short.

    Must be in place before anything reads the request's POST data.
    """

    def __init__(self, request: HttpRequest, *, max_file_mb: int):
        super().__init__(request)
        self.max_file_mb = max_file_mb
        self.received_bytes = 0
        self.was_cut = False
        self.has_long_name = False
        self.is_too_large = False
        request.upload_handlers = [self]

    def receive_data_chunk(self, raw_data, start):
        self.received_bytes += len(raw_data)
        if self.received_bytes > self.max_file_mb * MEGABYTE:
            self.is_too_large = True
            self.file.close()
            # The rest is read and forgotten, so that the browser hears the answer.
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def upload_interrupted(self):
        self.was_cut = True
        super().upload_interrupted()

    def files(self) -> list[UploadedFile]:
        """What arrived whole, under any field name; else says what went wrong."""
        try:
            found = [
                file for _name, files in self.request.FILES.lists() for file in files
            ]
        except UnreadablePostError:
            self.was_cut, found = True, []
        except MultiPartParserError as error:
            self.has_long_name = str(error) == LONG_NAME
            self.was_cut, found = not self.has_long_name, []
        if self.is_too_large:
            raise FileRefused(
                render(Code.FRM_FILE_LARGE, {"limit": self.max_file_mb}),
                code=Code.FRM_FILE_LARGE,
            )
        if self.has_long_name:
            raise FileRefused(
                _(
                    "The name of this file is too long to be sent. Please give it a "
                    "shorter name and choose it again."
                ),
                code="file_name_long",
            )
        if self.was_cut:
            raise FileRefused(
                _(
                    "The upload broke off half-way. Nothing is lost: your draft is "
                    "kept, please send the file once more."
                ),
                code="upload_cut",
            )
        if not found:
            raise FileRefused(_("Please choose a file first."), code="file_missing")
        return found
