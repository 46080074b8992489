"""The rule book for programs."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
)
from rest_framework.permissions import AllowAny

from contests.models import RuleBookVersion

A_YEAR = 365 * 24 * 3600


@extend_schema(
    operation_id="rulebook", responses={(200, "application/json"): OpenApiTypes.OBJECT}
)
@cache_control(public=True, max_age=A_YEAR, immutable=True)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def rulebook(request, digest):
    """A published rule book, whole; the SHA-256 of the answer is its digest."""
    version = get_object_or_404(RuleBookVersion, digest=digest)
    return HttpResponse(version.document, content_type="application/json")
