"""Addresses of a work: found in what people paste, ordered, removed."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.status import HTTP_201_CREATED

from contests import clock
from submissions import services
from submissions.api.serializers.drafts import PlaceSerializer
from submissions.api.serializers.files import RefusalSerializer
from submissions.api.serializers.links import SharedTextSerializer
from submissions.api.serializers.works import SubmissionDetailSerializer
from submissions.api.views.works import DETAIL_OR_REFUSAL, detail, own_work
from submissions.models import WorkLink


@extend_schema(
    operation_id="add_links",
    request=SharedTextSerializer,
    responses={201: SubmissionDetailSerializer, 409: RefusalSerializer},
)
@api_view(["POST"])
def add_links(request, pk):
    """Adds the addresses that stand in a share text; all of them or none."""
    work = own_work(request, pk)
    serializer = SharedTextSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    services.add_links(
        submission=work, by=request.user, at=clock.now(), **serializer.validated_data
    )
    return detail(request, work, status=HTTP_201_CREATED)


def _own_link(request, pk) -> WorkLink:
    return get_object_or_404(
        WorkLink.objects.select_related("submission__rulebook_version").filter(
            submission__author=request.user
        ),
        pk=pk,
    )


@extend_schema(operation_id="remove_link", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def remove_link(request, pk):
    """Takes an address out of a draft."""
    link = _own_link(request, pk)
    services.remove_link(link=link, by=request.user, at=clock.now())
    return detail(request, link.submission)


@extend_schema(
    operation_id="move_link", request=PlaceSerializer, responses=DETAIL_OR_REFUSAL
)
@api_view(["POST"])
def move_link(request, pk):
    """Puts an address at a place in the order."""
    link = _own_link(request, pk)
    serializer = PlaceSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    services.move_link(
        link=link, by=request.user, at=clock.now(), **serializer.validated_data
    )
    return detail(request, link.submission)
