"""Content credentials (C2PA): who signed what a file says of its making.

Read and verified with what the file itself holds: nothing is fetched, neither a
manifest that lies elsewhere nor a list of whom to trust nor a certificate's standing.
So a good signature says that the file is as it was signed, and by whom in their own
words; whether the signer is known is said only where the operator gives a list (trust).
"""

import json
from dataclasses import replace
from typing import BinaryIO

import c2pa

from submissions.media.facts import Credentials
from submissions.media.provenance.origins import MADE_UP

MAX_REPORT_CHARS = 4 << 20
MAX_MANIFESTS = 100
MAX_ACTIONS = 200
MAX_TEXT = 120

OFFLINE = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": []},
}
CHANGED = (".mismatch", "claimSignature.missing")
ABOUT_SIGNER = ("signingCredential.", "claimSignature.outsideValidity")
STATES = {"Trusted": "valid", "Valid": "untrusted", "Invalid": "invalid"}


def read_credentials(
    file: BinaryIO, mime_type: str, *, anchors: str = ""
) -> Credentials:
    """What a file's manifest says and is worth; `anchors` are roots to trust, as PEM.

    The reader is native code, so a file that is not ours is read behind the fence only.
    """
    file.seek(0)
    settings = OFFLINE | ({"trust": {"trust_anchors": anchors}} if anchors else {})
    unreadable = Credentials(c2pa_state="unreadable")
    try:
        with c2pa.Reader(
            mime_type, file, context=c2pa.Context.from_dict(settings)
        ) as reader:
            told = reader.json()
        report = json.loads(told) if len(told) <= MAX_REPORT_CHARS else None
    except c2pa.C2paError as error:
        is_remote = str(error).startswith("Remote")
        return replace(unreadable, c2pa_state="remote") if is_remote else unreadable
    except (ValueError, RecursionError):
        return unreadable
    return _facts(report) if isinstance(report, dict) else unreadable


def _facts(report: dict) -> Credentials:
    manifests = _dict(report.get("manifests"))
    active = _dict(manifests.get(report.get("active_manifest")))
    signature = _dict(active.get("signature_info"))
    actions = [
        action
        for manifest in list(manifests.values())[:MAX_MANIFESTS]
        for action in _actions(_dict(manifest))
    ][:MAX_ACTIONS]
    return Credentials(
        c2pa_state=_state(report),
        c2pa_signer=_text(signature.get("issuer") or signature.get("common_name")),
        c2pa_signed_at=_text(signature.get("time")),
        c2pa_generator=_generator(active),
        c2pa_source_type=_source_type(actions),
        c2pa_actions=tuple(
            dict.fromkeys(_text(action.get("action")) for action in actions)
        ),
    )


def _state(report: dict) -> str:
    """A file that was changed is told from a signer unknown or out of date, and both
    from a claim that is merely not made as it should be."""
    state = STATES.get(report.get("validation_state"), "unreadable")
    results = _dict(_dict(report.get("validation_results")).get("activeManifest"))
    failures = [str(_dict(each).get("code")) for each in _list(results.get("failure"))]
    if state != "invalid" or any(each.endswith(CHANGED) for each in failures):
        return state
    is_about_signer = all(each.startswith(ABOUT_SIGNER) for each in failures)
    return "untrusted" if failures and is_about_signer else "unreadable"


def _actions(manifest: dict) -> list[dict]:
    """What was done, step by step, in the claim's own words."""
    return [
        _dict(action)
        for assertion in _list(manifest.get("assertions"))
        if str(_dict(assertion).get("label", "")).startswith("c2pa.actions")
        for action in _list(_dict(_dict(assertion).get("data")).get("actions"))
    ]


def _source_type(actions: list[dict]) -> str:
    """The origin that says most: one that tells of AI before any other."""
    types = [
        _text(action.get("digitalSourceType")).rpartition("/")[2] for action in actions
    ]
    told = [kind for kind in MADE_UP if kind in types]
    return next(iter(told + list(filter(None, types))), "")


def _generator(manifest: dict) -> str:
    """The claim's program and its version, from the newer or the older field."""
    info = next(iter(_list(manifest.get("claim_generator_info"))), None)
    if isinstance(info, dict):
        return _text(f"{info.get('name', '')} {info.get('version', '')}")
    return _text(manifest.get("claim_generator"))


def _text(value: object) -> str:
    text = "".join(char for char in str(value or "") if char.isprintable())
    return text.strip()[:MAX_TEXT]


def _dict(value: object) -> dict:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list:
    return value if isinstance(value, list) else []
