"""Who calls: the token of a program, else the session of the website."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from accounts.permissions import needs_second_factor


class ProgramToken(TokenAuthentication):
    """`Authorization: Token …`; opens nothing for those who hold a role."""

    def authenticate_credentials(self, token):
        if not token.isalnum():
            raise AuthenticationFailed
        return super().authenticate_credentials(token)

    def validate_user(self, auth_token):
        user, auth_token = super().validate_user(auth_token)
        if needs_second_factor(user):
            raise AuthenticationFailed
        return user, auth_token


class ProgramTokenScheme(KnoxTokenScheme):
    """How the schema describes it."""

    target_class = ProgramToken
    name = "token"


class SiteSession(SessionAuthentication):
    """The website's own scripts: cookies, so a change needs the CSRF token."""

    def enforce_csrf(self, request):
        try:
            super().enforce_csrf(request)
        except PermissionDenied as refusal:
            raise PermissionDenied(
                _("The page is too old. Please load it again, then try once more."),
                code="csrf_failed",
            ) from refusal


class SiteSessionScheme(SessionScheme):
    target_class = SiteSession
    name = "session"
