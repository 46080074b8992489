"""Who sends a request: by the API's own ways, without touching the body."""

from django.http import HttpRequest
from rest_framework.exceptions import NotAuthenticated
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.settings import api_settings

from accounts.models import User


class BodyLeftAlone(BaseParser):
    """The check of the CSRF token asks for form fields; here are none to read."""

    media_type = "*/*"

    def parse(self, stream, media_type=None, parser_context=None):
        return {}


def caller(request: HttpRequest) -> User:
    """A token's owner, or the session's with the page's CSRF token; else refused."""
    asked = Request(
        request,
        parsers=[BodyLeftAlone()],
        authenticators=[way() for way in api_settings.DEFAULT_AUTHENTICATION_CLASSES],
    )
    if not asked.user.is_authenticated:
        raise NotAuthenticated
    return asked.user
