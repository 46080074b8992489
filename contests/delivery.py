"""Sends a stored file: by Django with Range, by the proxy, or from the store itself.

Who may see it is the caller's business. What goes out is never taken for a page: its
type comes from what was found in it, and it runs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header, parse_etags

BLOCK_BYTES = 256 * 1024
SIGNED_FOR_S = 900
CACHED_FOR_S = 300
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
INLINE_TYPES = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/avif",
        "video/mp4",
        "video/quicktime",
    }
)


@dataclass(frozen=True)
class Part:
    """Bytes first to last of a file, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """A range that begins behind the file's end."""


def respond_with_file(
    request: HttpRequest,
    field_file: FieldFile,
    *,
    content_type: str,
    filename: str,
    public: bool,
    download: bool = False,
    is_paper: bool = False,
) -> HttpResponseBase:
    """The file, the part of it that was asked for, or where to fetch it.

    Only pictures and videos are shown in place; everything else is saved as `filename`.
    Papers about people are kept by no cache: the device may be anybody's.
    """
    as_attachment = download or content_type not in INLINE_TYPES
    headers = {
        "Content-Type": content_type,
        "Content-Disposition": content_disposition_header(as_attachment, filename),
        "Cache-Control": _caching(public=public, is_paper=is_paper),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    send = _SENDERS[settings.MEDIA_DELIVERY]
    return send(request, field_file, headers)


def _caching(*, public, is_paper):
    if is_paper:
        return "private, no-store"
    return f"{'public' if public else 'private'}, max-age={CACHED_FOR_S}"


def requested_part(value: str, size: int) -> Part | None:
    """The one part a Range header asks for; None for the whole file.

    Several parts at once may be answered by the whole, and so they are.
    """
    match = RANGE.fullmatch(value.replace(" ", ""))
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return _last_bytes(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return Part(int(first), min(int(last), size - 1) if last else size - 1)


def _last_bytes(count, size):
    if count == 0 or size == 0:
        raise Unsatisfiable
    return Part(max(size - count, 0), size - 1)


def _send(request, field_file, headers):
    """Django itself reads the file, in blocks."""
    try:
        size = field_file.size
    except FileNotFoundError:
        raise Http404 from None
    # A stored file's name is never given to other bytes.
    etag = f'"{sha256(field_file.name.encode()).hexdigest()[:32]}"'
    headers |= {"ETag": etag, "Accept-Ranges": "bytes"}
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=headers)
    try:
        part = _part(request, size, etag)
    except Unsatisfiable:
        return HttpResponse(
            status=416, headers=headers | {"Content-Range": f"bytes */{size}"}
        )
    return _answer(request, field_file, part, size, headers)


def _part(request, size, etag):
    wanted = request.headers.get("Range", "")
    if_range = request.headers.get("If-Range", etag)
    return requested_part(wanted, size) if if_range == etag else None


def _answer(request, field_file, part, size, headers):
    status = 200
    if part is not None:
        status = 206
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    part = part or Part(0, size - 1)
    headers["Content-Length"] = str(part.length)
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(
        _blocks(field_file, part), status=status, headers=headers
    )


def _blocks(field_file: FieldFile, part: Part) -> Iterator[bytes]:
    with field_file.storage.open(field_file.name, "rb") as file:
        file.seek(part.first)
        left = part.length
        while left and (block := file.read(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block


def _hand_to_proxy(request, field_file, headers):
    """The reverse proxy reads the file; it answers Range itself."""
    path = iri_to_uri(f"{settings.MEDIA_ACCEL_PREFIX}{field_file.name}")
    return HttpResponse(headers=headers | {"X-Accel-Redirect": path})


def _point_to_store(request, field_file, headers):
    """The browser fetches it from the object store, by an address that runs out."""
    url = field_file.storage.url(
        field_file.name,
        parameters={
            "ResponseContentType": headers["Content-Type"],
            "ResponseContentDisposition": headers["Content-Disposition"],
        },
        expire=SIGNED_FOR_S,
    )
    return HttpResponseRedirect(url, headers={"Cache-Control": "private, no-store"})


_SENDERS = {
    "django": _send,
    "accel": _hand_to_proxy,
    "signed-url": _point_to_store,
}
