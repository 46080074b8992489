"""The tus 1.0 endpoint: core, creation, creation-with-upload, termination, checksum,
expiration; and, for people's pages, where each upload stands as JSON.

Plain Django, as nothing may read the body before it goes to the staging file.
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException

from contests import clock
from contests.arrivals import came_at
from contests.errors import RuleViolation
from contests.models import Contest
from submissions.models import Upload
from submissions.states import UploadState
from submissions.uploads import beginning, ending, headers, receiving
from submissions.uploads.bodies import Body
from submissions.uploads.callers import caller
from submissions.uploads.errors import BadRequest, Refused, answer_to
from submissions.uploads.staging import Staged
from submissions.uploads.status import address_of, status_of

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
CONTENT_TYPE = "application/offset+octet-stream"
SPEAK_NO_TUS = {"OPTIONS", "GET"}


@csrf_exempt  # the caller's own check asks for the token, but not for the body
def uploads(request):
    """POST creates, GET lists, OPTIONS says what is understood here."""
    return _answer(request, {"POST": _create, "GET": _list, "OPTIONS": _options})


@csrf_exempt
def upload(request, token):
    """One upload of the caller; somebody else's does not exist."""
    handlers = {
        "HEAD": _head,
        "PATCH": _patch,
        "DELETE": _delete,
        "GET": _status,
        "OPTIONS": _options,
    }
    return _answer(request, handlers, token)


@csrf_exempt
def upload_in_store(request, token, number):
    """Where an upload stands that tusd receives; the proxy brings it all the rest."""
    return _answer(request, {"GET": _status, "OPTIONS": _options}, token)


def _answer(request, handlers, *args):
    method = request.method
    if method == "POST":
        method = request.headers.get("X-HTTP-Method-Override", method).upper()
    body = None
    try:
        if method not in handlers:
            raise Refused(_("There is nothing like this here."), status=405)
        if method not in SPEAK_NO_TUS:
            _require_version(request)
        body = Body(request)
        response = handlers[method](request, body, *args)
    except (RuleViolation, APIException, Http404) as error:
        if body is not None:
            body.drain()
        response = _error(error)
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    return response


def _require_version(request):
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Refused(
            _("This server speaks tus %(version)s.") % {"version": VERSION},
            code="tus_version",
            status=412,
            headers={"Tus-Version": VERSION},
        )


def _error(error):
    status, body, told = answer_to(error)
    return JsonResponse(body, status=status, headers=told)


def _options(request, body, token=None):
    return HttpResponse(
        status=204,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(_max_size()),
            "Tus-Checksum-Algorithm": ",".join(headers.ALGORITHMS),
        },
    )


def _max_size():
    contest = Contest.objects.current()
    largest = contest.rulebook.defaults.max_file_mb if contest else 0
    return largest * 1024 * 1024


def _create(request, body):
    by, at = caller(request), came_at(request)
    if "Upload-Defer-Length" in request.headers or "Upload-Concat" in request.headers:
        raise BadRequest(_("The length must be known, and the file come in one."))
    size_bytes = headers.whole_number(request, "Upload-Length")
    described = request.headers.get("Upload-Metadata", "")
    has_bytes = bool(body.length) or body.length is None
    if has_bytes:
        _require_content_type(request)
        checksum = headers.checksum(request)
    announcement = beginning.announced(
        headers.metadata(described), size_bytes=size_bytes, by=by, metadata=described
    )
    new = beginning.begin(announcement, by=by, at=at)
    if has_bytes:
        receiving.receive(new, body, offset=0, at=at, checksum=checksum)
    response = HttpResponse(status=201, headers=_progress(new))
    response["Location"] = address_of(new)
    return response


def _head(request, body, token):
    """Where to go on. Who asks has given up what was under way before."""
    found = _own(request, token)
    if found.state == UploadState.RECEIVING and found.store == Upload.Store.STAGING:
        offset = Staged(found.token).settle()
        if offset == found.size_bytes:
            receiving.note_progress(found, offset, at=clock.now())
        found.offset_bytes = offset
    response = HttpResponse(status=200, headers=_progress(found))
    response["Upload-Length"] = str(found.size_bytes)
    if found.metadata:
        response["Upload-Metadata"] = found.metadata
    return response


def _patch(request, body, token):
    found = _own(request, token)
    _require_content_type(request)
    offset = headers.whole_number(request, "Upload-Offset")
    checksum = headers.checksum(request)
    if found.state != UploadState.RECEIVING:
        _require_at_the_end(found, offset)
    else:
        receiving.receive(found, body, offset=offset, at=clock.now(), checksum=checksum)
    return HttpResponse(status=204, headers=_progress(found))


def _require_at_the_end(found, offset):
    """All has arrived: an empty piece at the end is as good as none."""
    if offset != found.size_bytes:
        raise Refused(
            _("All of this file has arrived already."),
            code="offset_wrong",
            status=409,
            headers={"Upload-Offset": str(found.size_bytes)},
        )


def _delete(request, body, token):
    found = _own(request, token)
    if not ending.end(found, at=clock.now()):
        raise Refused(
            _("This file has arrived. Remove it from the work instead."),
            code="upload_finished",
        )
    return HttpResponse(status=204)


def _status(request, body, token):
    by = caller(request)
    found = Upload.objects.owned_by(by).filter(token=token).first()
    if found is None:
        raise Http404
    return JsonResponse(status_of(found))


def _list(request, body):
    """Open and recent uploads, of one work if `submission` names it."""
    found = Upload.objects.owned_by(caller(request)).recent()
    wanted = request.GET.get("submission", "")
    if wanted:
        is_number = wanted.isdecimal() and len(wanted) < 18
        found = found.filter(submission=wanted if is_number else None)
    return JsonResponse({"results": [status_of(each) for each in found[:200]]})


def _own(request, token):
    """The caller's upload; what was given up or ran out is gone."""
    found = (
        Upload.objects.owned_by(caller(request))
        .select_related("submission")
        .filter(token=token)
        .first()
    )
    if found is None:
        raise Http404
    if found.state == UploadState.ENDED or found.has_run_out:
        raise Refused(
            _("This upload was given up or ran out. Please choose the file again."),
            code="upload_ended",
            status=410,
        )
    return found


def _require_content_type(request):
    if request.content_type != CONTENT_TYPE:
        raise Refused(
            _("The bytes of a file come as %(type)s.") % {"type": CONTENT_TYPE},
            code="content_type",
            status=415,
        )


def _progress(found):
    told = {"Upload-Offset": str(found.offset_bytes)}
    if found.state == UploadState.RECEIVING:
        told["Upload-Expires"] = http_date(found.expires_at.timestamp())
    return told
