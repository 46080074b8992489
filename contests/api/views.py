"""The rule book for programs."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
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
from contests.wording import full_digest, told

A_YEAR = 365 * 24 * 3600
FOR_GOOD = {"public": True, "max_age": A_YEAR, "immutable": True}
A_BOOK = {(200, "application/json"): OpenApiTypes.OBJECT}


@extend_schema(operation_id="rulebook", responses=A_BOOK)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def rulebook(request, digest):
    """A published rule book with the sentence of every finding.

    The digest is the book's own, a hyphen, and the digest of the sentences: then the
    answer never changes. With the book's digest alone the sentences are those of today,
    to be asked for again.

    `sentences` holds for every code its usual severity, its rule, the line of the rule
    list it belongs to, how each named placeholder is written, and by language the
    plural forms (CLDR names) of its message, of the message's variants, and why there
    is such a finding. `words` holds the patterns those writings use.
    """
    version = get_object_or_404(RuleBookVersion, digest=digest.partition("-")[0])
    current = full_digest(version)
    response = HttpResponse(told(version), content_type="application/json")
    if digest == current:
        patch_cache_control(response, **FOR_GOOD)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    response["ETag"] = f'"{current}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


@extend_schema(operation_id="rulebook_document", responses=A_BOOK)
@cache_control(**FOR_GOOD)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def document(request, digest):
    """A published rule book as it was published; its SHA-256 is the digest."""
    version = get_object_or_404(RuleBookVersion, digest=digest)
    return HttpResponse(version.document, content_type="application/json")
