"""Reads what a tus request says in its headers; what makes no sense is 400."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from submissions.uploads.errors import BadRequest

ALGORITHMS = ("sha1", "sha256", "md5")
METADATA_MAX_CHARACTERS = 4096
WHOLE = re.compile(r"[0-9]{1,18}")
KEY = re.compile(r"[!-+\--~]+")  # printable ASCII without space and comma


@dataclass
class Checksum:
    """The sum announced for a chunk, and the sum of what has come so far."""

    algorithm: str
    announced: bytes
    _sum: "hashlib._Hash" = field(init=False)

    def __post_init__(self):
        self._sum = hashlib.new(self.algorithm, usedforsecurity=False)

    def update(self, block: bytes) -> None:
        self._sum.update(block)

    @property
    def matches(self) -> bool:
        return self._sum.digest() == self.announced


def whole_number(request: HttpRequest, name: str) -> int:
    """A header that must be there and be a number of bytes."""
    value = request.headers.get(name, "")
    if not WHOLE.fullmatch(value):
        raise BadRequest(
            _("The header %(name)s must be a whole number.") % {"name": name}
        )
    return int(value)


def metadata(header: str) -> dict[str, str]:
    """The pairs of an Upload-Metadata header; a key may stand without a value."""
    if len(header) > METADATA_MAX_CHARACTERS:
        raise BadRequest(_("Upload-Metadata is too long."))
    found = {}
    for pair in header.split(",") if header else []:
        key, _space, value = pair.strip(" ").partition(" ")
        if not KEY.fullmatch(key) or key in found:
            raise BadRequest(_("Upload-Metadata has a wrong or repeated key."))
        found[key] = _text(value)
    return found


def _text(value):
    try:
        text = base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise BadRequest(_("A value in Upload-Metadata is not base64.")) from None
    if "\0" in text:
        raise BadRequest(_("A value in Upload-Metadata is not base64."))
    return text


def checksum(request: HttpRequest) -> Checksum | None:
    """What Upload-Checksum announces for the chunk that follows."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _space, value = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest(
            _("This checksum is not known here; use one of %(names)s.")
            % {"names": ", ".join(ALGORITHMS)},
            code="checksum_unknown",
        )
    try:
        announced = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise BadRequest(_("The value of Upload-Checksum is not base64.")) from None
    return Checksum(algorithm, announced)
