"""Signatures under receipts: Ed25519, so anybody can check one without our secrets.

A signature names its key, so receipts outlive a change of keys: the public half of an
old one stays in RECEIPT_RETIRED_KEYS, or follows from SECRET_KEY_FALLBACKS.
"""

import base64
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

PURPOSE = b"contest portal: receipts"
KEY_BYTES = 32


def canonical(document: dict) -> bytes:
    """The one spelling of a document that is signed and checked."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def sign(document: dict) -> str:
    """`ed25519:<key>:<signature>`, in URL-safe base64."""
    key = _signing_key()
    signature = base64.urlsafe_b64encode(key.sign(canonical(document))).decode()
    return f"ed25519:{key_name(key.public_key())}:{signature}"


def is_genuine(document: dict, signature: str) -> bool:
    """Whether one of our keys made this signature under exactly this document."""
    try:
        method, name, encoded = signature.split(":")
        made = base64.urlsafe_b64decode(encoded)
    except ValueError:
        return False
    key = public_keys().get(name)
    if method != "ed25519" or key is None:
        return False
    try:
        key.verify(made, canonical(document))
    except InvalidSignature:
        return False
    return True


def public_keys() -> dict[str, Ed25519PublicKey]:
    """Every key whose signatures count, by name, the one in use first."""
    keys = [
        _signing_key().public_key(),
        *(_derived(secret).public_key() for secret in settings.SECRET_KEY_FALLBACKS),
        *(
            Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded))
            for encoded in settings.RECEIPT_RETIRED_KEYS
        ),
    ]
    return {key_name(key): key for key in keys}


def pem_of(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def key_name(key: Ed25519PublicKey) -> str:
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:12]


def _signing_key():
    if settings.RECEIPT_SIGNING_KEY:
        seed = base64.b64decode(settings.RECEIPT_SIGNING_KEY)
        return Ed25519PrivateKey.from_private_bytes(seed)
    return _derived(settings.SECRET_KEY)


def _derived(secret):
    """A key of its own purpose from a secret that is there anyway."""
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(derive.derive(secret.encode()))
