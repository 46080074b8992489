"""Signing programs in and out. The way and its limits are those of the website."""

from allauth.core import ratelimit
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
)
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.status import (
    HTTP_201_CREATED,
    HTTP_202_ACCEPTED,
    HTTP_204_NO_CONTENT,
)

from accounts import services
from accounts.api.serializers import (
    AgreementSerializer,
    CodeEntrySerializer,
    CodeRequestSerializer,
    CodeSentSerializer,
    NewTokenSerializer,
    PersonSerializer,
    SignInSerializer,
    TokenSerializer,
)
from accounts.models import AccessToken
from accounts.requests import client_ip
from accounts.sign_in import ProgramSignIn
from accounts.tokens import revoke_token, tokens_of
from contests.models import Contest

A_MINUTE = 60


def open_to_all(view):
    """Without a look at who calls: these calls come before anybody is known."""
    return authentication_classes([])(permission_classes([AllowAny])(view))


def _book():
    contest = Contest.objects.current()
    return contest.rulebook if contest and contest.current_version else None


def _declarations(book):
    """The texts that are agreed to on signing in."""
    return (
        [each for each in book.declarations if each.moment == "sign_in"] if book else []
    )


def _spare_the_door(request):
    """Not more tries from one address than the website's own door allows."""
    if not ratelimit.consume(request._request, action="login"):
        raise Throttled(wait=A_MINUTE)


@extend_schema(operation_id="agreements", responses=AgreementSerializer(many=True))
@api_view(["GET"])
@open_to_all
def agreements(request):
    """The texts to agree to before a code is asked for."""
    declarations = _declarations(_book())
    context = {"request": request}
    return Response(AgreementSerializer(declarations, many=True, context=context).data)


@extend_schema(
    operation_id="request_code",
    request=CodeRequestSerializer,
    responses={202: CodeSentSerializer},
)
@api_view(["POST"])
@open_to_all
def request_code(request):
    """Sends a code to a number; the answer is the same for every number."""
    _spare_the_door(request)
    book = _book()
    serializer = CodeRequestSerializer(
        data=request.data, declarations=_declarations(book)
    )
    serializer.is_valid(raise_exception=True)
    wanted = serializer.validated_data
    process = ProgramSignIn.begin(
        request._request,
        phone=wanted["phone"],
        channel=wanted["channel"],
        agreements=[services.Agreement.to(each, book) for each in wanted["agreements"]],
    )
    return Response(CodeSentSerializer.of(process), status=HTTP_202_ACCEPTED)


@extend_schema(
    operation_id="send_code_again",
    request=SignInSerializer,
    responses={202: CodeSentSerializer},
)
@api_view(["POST"])
@open_to_all
def send_code_again(request):
    """Another code for the same number; the one before is void."""
    _spare_the_door(request)
    serializer = SignInSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    handle = serializer.validated_data["sign_in"]
    process = ProgramSignIn.under_way(request._request, handle)
    process.resend()
    return Response(CodeSentSerializer.of(process), status=HTTP_202_ACCEPTED)


@extend_schema(
    operation_id="sign_in",
    request=CodeEntrySerializer,
    responses={201: NewTokenSerializer},
)
@api_view(["POST"])
@open_to_all
def sign_in(request):
    """The code for a token; whoever is new has an account from now on."""
    _spare_the_door(request)
    serializer = CodeEntrySerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    entered = serializer.validated_data
    process = ProgramSignIn.under_way(request._request, entered["sign_in"])
    process.check(entered["code"])
    token, secret = process.complete()
    told = {"token": secret, "channel": token.channel, "expiry": token.expiry}
    return Response(NewTokenSerializer(told).data, status=HTTP_201_CREATED)


@extend_schema(operation_id="tokens", responses=TokenSerializer(many=True))
@api_view(["GET"])
def tokens(request):
    """The programs in which one is signed in."""
    context = {"request": request}
    own = tokens_of(request.user)
    return Response(TokenSerializer(own, many=True, context=context).data)


@extend_schema(operation_id="revoke_token", request=None, responses={204: None})
@api_view(["POST"])
def revoke(request, public_id):
    """Signs one of the own programs out."""
    token = get_object_or_404(tokens_of(request.user), public_id=public_id)
    revoke_token(token=token, by=request.user, ip=client_ip(request))
    return Response(status=HTTP_204_NO_CONTENT)


@extend_schema(operation_id="sign_out", request=None, responses={204: None})
@api_view(["POST"])
def sign_out(request):
    """Ends the token that the call carries; a session ends on the website."""
    if isinstance(request.auth, AccessToken):
        revoke_token(token=request.auth, by=request.user, ip=client_ip(request))
    return Response(status=HTTP_204_NO_CONTENT)


@extend_schema(operation_id="me", responses=PersonSerializer)
@api_view(["GET"])
def me(request):
    """The person who is signed in."""
    return Response(PersonSerializer(request.user).data)
