"""What tusd asks and tells, where it receives uploads in place of the portal.

It stores straight into the object store; whether an upload may begin, and what it
becomes when it has arrived, is decided by the same code as here.
"""

import base64
import json
from io import BytesIO

import structlog
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework.exceptions import APIException

from contests import clock
from contests.errors import RuleViolation
from submissions.models import Upload
from submissions.states import UploadState
from submissions.uploads import beginning, ending, receiving
from submissions.uploads.callers import caller
from submissions.uploads.errors import BadRequest, answer_to

log = structlog.get_logger(__name__)

USER = "tusd"


@csrf_exempt  # no browser comes here: tusd proves who it is by the shared secret
@require_POST
def tusd(request):
    """One event; what is answered is JSON, as tusd demands of every hook."""
    if not _knows_the_secret(request):
        raise Http404
    try:
        message = json.loads(request.body)
        event = message["Event"]
        handle = HOOKS.get(message["Type"], _ignore)
        answer = handle(event["Upload"], event["HTTPRequest"], request)
    except (ValueError, KeyError, TypeError):
        log.exception("this is no hook of tusd")
        return HttpResponseBadRequest()
    return JsonResponse(answer)


def _knows_the_secret(request):
    """Sent as a password, since tusd takes it from the address it is given."""
    secret = settings.TUSD_HOOK_SECRET
    expected = base64.b64encode(f"{USER}:{secret}".encode()).decode()
    given = request.headers.get("Authorization", "")
    return bool(secret) and constant_time_compare(given, f"Basic {expected}")


def _begin(upload, asked, request):
    """The caller's own request stands in the event, with its cookies or its token."""
    try:
        by = caller(_request_of(asked, request))
        if upload.get("SizeIsDeferred") or upload.get("IsPartial"):
            raise BadRequest(_("The length must be known, and the file come in one."))
        announcement = beginning.announced(
            upload["MetaData"] or {},
            size_bytes=upload["Size"],
            by=by,
            metadata=_header(asked, "Upload-Metadata"),
        )
        new = beginning.begin(
            announcement, by=by, at=clock.now(), store=Upload.Store.TUSD
        )
    except (RuleViolation, APIException, Http404) as error:
        return _rejection(error)
    return {"ChangeFileInfo": {"ID": str(new.token)}}


def _rejection(error):
    status, body, headers = answer_to(error)
    return {
        "RejectUpload": True,
        "HTTPResponse": {
            "StatusCode": status,
            "Body": json.dumps(body, ensure_ascii=False),
            "Header": {"Content-Type": "application/json", **headers},
        },
    }


def _note(upload, asked, request):
    """How far it is, and under which address; an upload given up is stopped."""
    found = _found(upload)
    if found is None or found.state == UploadState.ENDED:
        return {"StopUpload": True}
    if found.store_key != upload["ID"]:
        Upload.objects.filter(pk=found.pk).update(store_key=upload["ID"])
    if upload["Offset"] < found.size_bytes:  # the end is told by a hook of its own
        receiving.note_progress(found, upload["Offset"], at=clock.now())
    return {}


def _arrived(upload, asked, request):
    found = _found(upload)
    if found is not None and upload["Offset"] == found.size_bytes:
        receiving.note_progress(found, found.size_bytes, at=clock.now())
    return {}


def _ended(upload, asked, request):
    found = _found(upload)
    if found is not None:
        ending.end(found, at=clock.now())
    return {}


def _ignore(upload, asked, request):
    return {}


HOOKS = {
    "pre-create": _begin,
    "post-create": _note,
    "post-receive": _note,
    "post-finish": _arrived,
    "post-terminate": _ended,
}


def _found(upload):
    """By our token; the store puts the number of its own upload behind it."""
    token = upload["ID"].partition("+")[0]
    return Upload.objects.filter(store=Upload.Store.TUSD, token=token).first()


def _header(asked, name):
    values = asked["Header"].get(name) or [""]
    return values[0]


def _request_of(asked, request):
    """The request that tusd received, as far as knowing its sender goes."""
    headers = {
        f"HTTP_{name.upper().replace('-', '_')}": "; ".join(values)
        for name, values in asked["Header"].items()
    }
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": asked["URI"],
        "SERVER_NAME": request.META["SERVER_NAME"],
        "SERVER_PORT": request.META["SERVER_PORT"],
        "REMOTE_ADDR": asked.get("RemoteAddr", "").rpartition(":")[0],
        "wsgi.input": BytesIO(),
        **headers,
    }
    original = WSGIRequest(environ)
    SessionMiddleware(_nothing).process_request(original)
    AuthenticationMiddleware(_nothing).process_request(original)
    return original


def _nothing(request):
    return None
