"""Exceptions asked for before handing in, and originals that a reviewer asks for."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from contests import clock
from submissions.api.serializers.files import RefusalSerializer
from submissions.api.serializers.requests import (
    AskSerializer,
    OriginalRequestSerializer,
    WaiverSerializer,
    WordsSerializer,
)
from submissions.api.views.files import ONE_FILE, OneFile
from submissions.api.views.works import own_work
from submissions.models import OriginalRequest, Waiver
from submissions.services import originals
from submissions.services.waivers import ask_for_waiver, take_back_waiver

KINDS = {kind.replace("_", "-"): Waiver.Kind(kind) for kind in Waiver.Kind.values}
WAIVER_OR_REFUSAL = {201: WaiverSerializer, 409: RefusalSerializer}
ORIGINAL_OR_REFUSAL = {200: OriginalRequestSerializer, 409: RefusalSerializer}


@extend_schema(operation_id="waivers", responses=WaiverSerializer(many=True))
@api_view(["GET"])
def waivers(request, pk):
    """The exceptions asked for with a work."""
    asked = own_work(request, pk).waivers.all()
    return Response(WaiverSerializer(asked, many=True).data)


@extend_schema(
    operation_id="ask_for_waiver",
    parameters=[OpenApiParameter("kind", str, "path", enum=sorted(KINDS))],
    request=AskSerializer,
    responses=WAIVER_OR_REFUSAL,
)
@api_view(["POST"])
def ask(request, pk, kind):
    """Asks the committee for a longer film, a labelled picture, or to hand in late."""
    serializer = AskSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    waiver = ask_for_waiver(
        submission=own_work(request, pk),
        kind=KINDS[kind],
        by=request.user,
        at=clock.now(),
        **serializer.validated_data,
    )
    return Response(WaiverSerializer(waiver).data, status=HTTP_201_CREATED)


@extend_schema(
    operation_id="take_back_waiver",
    request=None,
    responses={200: WaiverSerializer, 409: RefusalSerializer},
)
@api_view(["POST"])
def take_back(request, pk):
    """Takes a request back before it is answered."""
    waiver = get_object_or_404(Waiver, pk=pk, submission__author=request.user)
    waiver = take_back_waiver(waiver=waiver, by=request.user, at=clock.now())
    return Response(WaiverSerializer(waiver).data)


@extend_schema(
    operation_id="original_requests", responses=OriginalRequestSerializer(many=True)
)
@api_view(["GET"])
def original_requests(request, pk):
    """What reviewers asked of a work, the last one at the end."""
    asked = own_work(request, pk).original_requests.all()
    return Response(OriginalRequestSerializer(asked, many=True).data)


def _own_request(request, pk) -> OriginalRequest:
    return get_object_or_404(OriginalRequest, pk=pk, submission__author=request.user)


@extend_schema(
    operation_id="answer_original_in_words",
    request=WordsSerializer,
    responses=ORIGINAL_OR_REFUSAL,
)
@api_view(["POST"])
def answer_in_words(request, pk):
    """Says why there is no original, or something about it."""
    serializer = WordsSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    asked = originals.answer_in_words(
        original_request=_own_request(request, pk),
        by=request.user,
        at=clock.now(),
        **serializer.validated_data,
    )
    return Response(OriginalRequestSerializer(asked).data)


class AnswerWithFile(OneFile):
    """Sends one small file as the answer; large ones come in pieces."""

    @extend_schema(
        operation_id="answer_original_with_file",
        request=ONE_FILE,
        responses={201: OriginalRequestSerializer, 409: RefusalSerializer},
    )
    def post(self, request, pk):
        asked = _own_request(request, pk)
        originals.answer_with_file(
            original_request=asked,
            upload=self.received(),
            by=request.user,
            at=clock.now(),
        )
        asked.refresh_from_db()
        return Response(OriginalRequestSerializer(asked).data, status=HTTP_201_CREATED)
