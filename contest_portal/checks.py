"""What must not reach production, said before it starts."""

import os

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.utils.translation import gettext as _

from contest_portal import env
from submissions.media.fence import ways
from submissions.media.provenance import trust


def register_all():
    register(check_production, Tags.security)
    register(check_mail, Tags.security, deploy=True)
    register(check_media_delivery, Tags.files)
    register(check_trust_list, Tags.files)
    register(check_media_tools, Tags.files)


def check_production(app_configs, **kwargs):
    """Nothing made for the demonstration is in force in production."""
    if not settings.IN_PRODUCTION:
        return []
    return [
        Error(message, id=f"contest_portal.{code}")
        for code, is_wrong, message in _production_rules()
        if is_wrong
    ]


def check_mail(app_configs, **kwargs):
    """Mail that is only printed reaches nobody."""
    is_printed = settings.EMAIL_BACKEND.endswith("console.EmailBackend")
    message = _("EMAIL_URL is not set, so mail is printed instead of sent.")
    return [Warning(message, id="contest_portal.W001")] if is_printed else []


def check_media_delivery(app_configs, **kwargs):
    """Only an object store can sign addresses."""
    is_wrong = (
        settings.MEDIA_DELIVERY == "signed-url" and env.media_storage_kind() != "s3"
    )
    message = _("MEDIA_DELIVERY=signed-url needs MEDIA_STORAGE=s3.")
    return [Error(message, id="contest_portal.E010")] if is_wrong else []


def check_trust_list(app_configs, **kwargs):
    """Whom the operator means to trust is trusted."""
    try:
        trust.anchors()
    except trust.Unusable as error:
        message = _("C2PA_TRUST_LIST is no file of certificates: %(error)s.")
        return [Error(message % {"error": error}, id="contest_portal.E011")]
    return []


def check_media_tools(app_configs, **kwargs):
    """What the operator chose instead of the packages' own knows all that is asked."""
    chosen = [os.environ.get(f"{name}_BINARY", "") for name in ("FFMPEG", "FFPROBE")]
    message = _("%(tool)s is not there, or older than ffmpeg 6.")
    return [
        Error(message % {"tool": tool}, id="contest_portal.E012")
        for tool in filter(None, chosen)
        if not ways.reads_open_files(tool)
    ]


def _production_rules():
    return [
        (
            "E001",
            settings.DEMO_TODAY is not None,
            _("DEMO_TODAY shifts the contest's clock; production must not set it."),
        ),
        (
            "E002",
            settings.SECRET_KEY.startswith(env.DEMONSTRATION_SECRET),
            _("SECRET_KEY is the demonstration's; production needs one of its own."),
        ),
        (
            "E003",
            settings.SMS_BACKEND == "accounts.sms.ConsoleBackend",
            _("SMS_BACKEND prints sign-in codes; production needs one that sends."),
        ),
        (
            "E004",
            "*" in settings.ALLOWED_HOSTS,
            _("ALLOWED_HOSTS must name the hosts in production."),
        ),
    ]
