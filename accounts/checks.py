"""Settings of this app that cannot work, said at the start."""

import json

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _


@register
def check_sms_gateway(app_configs, **kwargs):
    """The HTTP gateway has an address and a body that is JSON."""
    if settings.SMS_BACKEND != "accounts.sms.HttpBackend":
        return []
    errors = []
    if not settings.SMS_HTTP_URL.startswith(("http://", "https://")):
        message = _("SMS_HTTP_URL must be the http(s) address of the SMS gateway.")
        errors.append(Error(message, id="accounts.E001"))
    try:
        json.loads(settings.SMS_HTTP_BODY)
    except ValueError as error:
        message = _("SMS_HTTP_BODY is not JSON: %(error)s") % {"error": error}
        errors.append(Error(message, id="accounts.E002"))
    return errors
