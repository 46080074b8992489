"""Signs made pictures and films with content credentials by a chain of our own."""

import datetime as dt
import io
import json
from functools import cache

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNER = "Example Cameras"
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
SETTINGS = {
    "verify": {
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
        "verify_after_sign": False,
    },
    "builder": {"thumbnail": {"enabled": False}},
}
PEM = serialization.Encoding.PEM


def _certificate(key, *, name, signed_by, is_root):
    def named(common):
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, SIGNER),
                x509.NameAttribute(NameOID.COMMON_NAME, common),
            ]
        )

    since = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
    usage = dict.fromkeys(
        (
            *("content_commitment", "key_encipherment", "data_encipherment"),
            *("key_agreement", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named("Example Root"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + dt.timedelta(days=36500))
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root, key_cert_sign=is_root, **usage
            ),
            critical=True,
        )
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()),
            critical=False,
        )
    )
    if not is_root:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]),
            critical=False,
        )
    return builder.sign(signed_by, hashes.SHA256()).public_bytes(PEM)


@cache
def chain() -> tuple[bytes, bytes, bytes]:
    """A camera's certificate, its root's, and the camera's key."""
    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _each in range(2))
    key = leaf.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (
        _certificate(leaf, name="Example Camera", signed_by=root, is_root=False),
        _certificate(root, name="Example Root", signed_by=root, is_root=True),
        key,
    )


def action(name: str, source_type: str = "") -> dict:
    kind = {"digitalSourceType": SOURCE_TYPES + source_type} if source_type else {}
    return {"action": f"c2pa.{name}"} | kind


def signed(
    data: bytes,
    *actions: dict,
    mime_type: str = "image/jpeg",
    lies_at: str = "",
) -> bytes:
    """The same picture with credentials inside it, or only the address of some."""
    leaf, root, key = chain()
    info = c2pa.C2paSignerInfo(b"es256", leaf + root, key, None)
    manifest = {
        "claim_generator_info": [{"name": "Example Firmware", "version": "1.2"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}],
    }
    builder = c2pa.Builder(
        json.dumps(manifest), context=c2pa.Context.from_dict(SETTINGS)
    )
    if lies_at:
        builder.set_remote_url(lies_at)
        builder.set_no_embed()
    out = io.BytesIO()
    builder.sign(c2pa.Signer.from_info(info), mime_type, io.BytesIO(data), out)
    return out.getvalue()
