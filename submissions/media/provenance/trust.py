"""Whose signatures of content credentials are believed: C2PA_TRUST_LIST, a file of
root certificates (PEM) that the operator chooses, such as the C2PA's own list."""

import os
from pathlib import Path

from cryptography import x509


class Unusable(Exception):
    """The list is named, and cannot be read as one."""


def anchors() -> str:
    """The certificates as PEM; empty when no list is named."""
    name = os.environ.get("C2PA_TRUST_LIST", "")
    if not name:
        return ""
    try:
        listed = Path(name).read_bytes()
        x509.load_pem_x509_certificates(listed)
        return listed.decode()
    except (OSError, ValueError) as error:
        raise Unusable(f"{name}: {error}") from error
