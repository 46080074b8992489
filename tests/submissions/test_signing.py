"""Signatures under receipts: what they cover, and how long they last."""

import base64
import json
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from submissions.signing import canonical, is_genuine, pem_of, public_keys, sign

DOCUMENT = {
    "number": "V-0001",
    "unit": "江河",
    "files": [{"size_bytes": 5_000_000_000}],
}


def new_key():
    return Ed25519PrivateKey.generate()


def seed_of(key):
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return base64.b64encode(raw).decode()


def public_half_of(key):
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def test_a_document_and_its_signature_belong_together():
    signature = sign(DOCUMENT)

    assert is_genuine(DOCUMENT, signature)
    assert len(signature) <= 200


def test_the_order_in_which_a_database_keeps_keys_does_not_matter():
    signature = sign(DOCUMENT)

    assert is_genuine(json.loads(json.dumps(DOCUMENT, sort_keys=True)), signature)


@pytest.mark.parametrize(
    "changed",
    [
        DOCUMENT | {"number": "V-0002"},
        DOCUMENT | {"unit": ""},
        DOCUMENT | {"more": 1},
        {},
    ],
)
def test_any_change_of_the_document_breaks_it(changed):
    assert not is_genuine(changed, sign(DOCUMENT))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signature: "",
        lambda signature: "ed25519",
        lambda signature: signature[:-4],
        lambda signature: signature.replace("ed25519", "rsa"),
        lambda signature: signature.replace(":", ":0", 1),
        lambda signature: ":".join([*signature.split(":")[:2], "AAAA"]),
        lambda signature: ":".join([*signature.split(":")[:2], "A"]),
    ],
)
def test_no_other_signature_fits(spoil):
    assert not is_genuine(DOCUMENT, spoil(sign(DOCUMENT)))


def test_a_signature_by_a_key_that_is_not_ours_does_not_count(settings):
    settings.RECEIPT_SIGNING_KEY = seed_of(new_key())
    foreign = sign(DOCUMENT)

    settings.RECEIPT_SIGNING_KEY = ""

    assert not is_genuine(DOCUMENT, foreign)


def test_receipts_outlive_a_new_key_when_the_old_public_half_is_kept(settings):
    old = new_key()
    settings.RECEIPT_SIGNING_KEY = seed_of(old)
    signature = sign(DOCUMENT)

    settings.RECEIPT_SIGNING_KEY = seed_of(new_key())
    settings.RECEIPT_RETIRED_KEYS = [public_half_of(old)]

    assert is_genuine(DOCUMENT, signature)


def test_receipts_outlive_a_new_secret_key_that_names_the_old_one(settings):
    signature = sign(DOCUMENT)

    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret " * 5
    assert not is_genuine(DOCUMENT, signature)

    settings.SECRET_KEY_FALLBACKS = [old]
    assert is_genuine(DOCUMENT, signature)


def test_anybody_can_check_with_the_published_key_alone():
    _method, name, encoded = sign(DOCUMENT).split(":")

    key = load_pem_public_key(pem_of(public_keys()[name]).encode())

    key.verify(base64.urlsafe_b64decode(encoded), canonical(DOCUMENT))


def test_openssl_agrees(tmp_path):
    _method, name, encoded = sign(DOCUMENT).split(":")
    (tmp_path / "key.pem").write_text(pem_of(public_keys()[name]))
    (tmp_path / "text").write_bytes(canonical(DOCUMENT))
    (tmp_path / "signature").write_bytes(base64.urlsafe_b64decode(encoded))

    answer = subprocess.run(
        [
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "key.pem",
            "-rawin",
            "-in",
            "text",
            "-sigfile",
            "signature",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Verified Successfully" in answer.stdout
