"""Files and papers of a work: sent whole, ordered, captioned, removed.

Large files come in pieces, by tus 1.0 under /uploads/.
"""

from django.conf import settings
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.status import (
    HTTP_201_CREATED,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
)
from rest_framework.views import APIView

from contests import clock
from submissions import services
from submissions.api.serializers.drafts import CaptionSerializer, PlaceSerializer
from submissions.api.serializers.files import (
    MediaFileSerializer,
    ProofSerializer,
    RefusalSerializer,
)
from submissions.api.views.works import DETAIL_OR_REFUSAL, detail, own_work
from submissions.models import Attachment, MediaFile
from submissions.uploads import Receiver, quotas

FILE_OR_REFUSAL = {201: MediaFileSerializer, 409: RefusalSerializer}
PROOF_OR_REFUSAL = {201: ProofSerializer, 409: RefusalSerializer}
ONE_FILE = {
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "description": "The field of the file may have any name.",
    }
}
A_FILE_AND_ITS_CAPTION = {
    "multipart/form-data": {
        "type": "object",
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "caption": {"type": "string"},
        },
        "description": "The field of the file may have any name.",
    }
}


class TooLargeAtOnce(APIException):
    status_code = HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "file_too_large_at_once"


class OneFile(APIView):
    """A call that carries one file, under any field name, straight to disk."""

    parser_classes = [MultiPartParser]

    def initial(self, request, *args, **kwargs):
        """Bound what the body may bring before a session's token is looked for in it.

        Nothing of it is read for those who are not known.
        """
        self.began_at = clock.now()
        self.receiver = Receiver(request._request, max_file_mb=settings.API_FILE_MAX_MB)
        super().initial(request, *args, **kwargs)

    def received(self):
        """The file, once it is here whole."""
        if not self.request.content_type.startswith("multipart/form-data"):
            raise UnsupportedMediaType(self.request.content_type)
        try:
            return self.receiver.files()[0]
        except services.FileRefused:
            if self.receiver.is_too_large:
                raise TooLargeAtOnce(_too_large()) from None
            raise


def _too_large():
    return _(
        "One call carries at most %(limit)s MB. Please send larger files in pieces."
    ) % {"limit": settings.API_FILE_MAX_MB}


class AddFile(OneFile):
    """Adds one small file; the work may then be handed in while it is still being
    inspected."""

    @extend_schema(
        operation_id="add_file",
        request=A_FILE_AND_ITS_CAPTION,
        responses=FILE_OR_REFUSAL,
    )
    def post(self, request, pk):
        work = own_work(request, pk)
        upload = self.received()
        defaults = work.rulebook_version.rulebook.defaults
        captions = CaptionSerializer(data=request.data, defaults=defaults)
        captions.is_valid(raise_exception=True)
        by, at = request.user, clock.now()
        quotas.check_sent_whole(by, size_bytes=upload.size)
        with transaction.atomic():
            added = services.add_file(
                submission=work, upload=upload, by=by, at=at, began_at=self.began_at
            )
            if caption := captions.validated_data.get("caption"):
                services.caption_file(media_file=added, by=by, at=at, caption=caption)
        return Response(MediaFileSerializer(added).data, status=HTTP_201_CREATED)


class ReplaceFile(OneFile):
    """Puts one small file in the place of another, under its caption."""

    @extend_schema(
        operation_id="replace_file", request=ONE_FILE, responses=FILE_OR_REFUSAL
    )
    def post(self, request, pk):
        media_file = _own_file(request, pk)
        upload = self.received()
        quotas.check_sent_whole(request.user, size_bytes=upload.size)
        replacement = services.replace_file(
            media_file=media_file,
            upload=upload,
            by=request.user,
            at=clock.now(),
            began_at=self.began_at,
        )
        return Response(MediaFileSerializer(replacement).data, status=HTTP_201_CREATED)


def _own_file(request, pk) -> MediaFile:
    return get_object_or_404(
        MediaFile.objects.select_related("submission__rulebook_version").filter(
            submission__author=request.user
        ),
        pk=pk,
    )


@extend_schema(operation_id="remove_file", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def remove_file(request, pk):
    """Takes a file out of a draft."""
    media_file = _own_file(request, pk)
    services.remove_file(media_file=media_file, by=request.user, at=clock.now())
    return detail(request, media_file.submission)


@extend_schema(
    operation_id="move_file", request=PlaceSerializer, responses=DETAIL_OR_REFUSAL
)
@api_view(["POST"])
def move_file(request, pk):
    """Puts a file at a place in the order; the first one is the cover."""
    media_file = _own_file(request, pk)
    serializer = PlaceSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    services.move_file(
        media_file=media_file,
        by=request.user,
        at=clock.now(),
        **serializer.validated_data,
    )
    return detail(request, media_file.submission)


@extend_schema(
    operation_id="caption_file",
    request=CaptionSerializer,
    responses=DETAIL_OR_REFUSAL,
)
@api_view(["POST"])
def caption_file(request, pk):
    """Writes the caption of a file; an empty one takes it away."""
    media_file = _own_file(request, pk)
    defaults = media_file.submission.rulebook_version.rulebook.defaults
    serializer = CaptionSerializer(data=request.data, defaults=defaults)
    serializer.is_valid(raise_exception=True)
    caption = serializer.validated_data.get("caption", "")
    services.caption_file(
        media_file=media_file, by=request.user, at=clock.now(), caption=caption
    )
    return detail(request, media_file.submission)


class AddProof(OneFile):
    """Adds a paper of a kind the rule book asks for: a PDF or a picture of it."""

    @extend_schema(
        operation_id="add_proof", request=ONE_FILE, responses=PROOF_OR_REFUSAL
    )
    def post(self, request, pk, key):
        added = services.add_proof(
            submission=own_work(request, pk),
            proof_key=key,
            file=self.received(),
            by=request.user,
            at=clock.now(),
        )
        return Response(ProofSerializer(added).data, status=HTTP_201_CREATED)


@extend_schema(operation_id="remove_proof", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def remove_proof(request, pk):
    """Takes a paper away."""
    own = Attachment.objects.select_related("submission__rulebook_version").filter(
        submission__author=request.user, purpose=Attachment.Purpose.PROOF
    )
    proof = get_object_or_404(own, pk=pk)
    services.remove_proof(attachment=proof, by=request.user, at=clock.now())
    return detail(request, proof.submission)
