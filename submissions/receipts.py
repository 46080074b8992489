"""Reading receipts: whether one still stands, and how it looks on paper."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from documents.pdf import render_pdf
from documents.qr import qr_svg
from submissions.models import Receipt
from submissions.signing import is_genuine
from submissions.states import State

TEMPLATE = Path(__file__).parent / "receipt.typ"
GONE = {State.WITHDRAWN, State.DISQUALIFIED}


class Standing(models.TextChoices):
    """What the public address says of a receipt, and nothing more."""

    VALID = "valid", gettext_lazy("Valid: this is how the work was handed in.")
    FORGED = (
        "forged",
        gettext_lazy(
            "The signature does not fit what the receipt says. Please do not rely on "
            "it."
        ),
    )
    REPLACED = (
        "replaced",
        gettext_lazy(
            "No longer current: the work was handed in again later, with a new receipt."
        ),
    )
    OPENED = (
        "opened",
        gettext_lazy("No longer current: the work was taken back to change something."),
    )
    GONE = (
        "gone",
        gettext_lazy(
            "No longer current: the work does not take part in the contest any more."
        ),
    )


def standing_of(receipt: Receipt) -> Standing:
    submission = receipt.submission
    if not is_genuine(receipt.document, receipt.signature):
        return Standing.FORGED
    if receipt.document["code"] != receipt.code:
        return Standing.FORGED
    if submission.state in GONE:
        return Standing.GONE
    if submission.cycle != receipt.cycle:
        return Standing.REPLACED
    return Standing.OPENED if submission.state == State.DRAFT else Standing.VALID


def address_of(receipt: Receipt) -> str:
    """Where anybody can check it; what the QR code says."""
    return settings.SITE_URL + reverse("submissions:receipt-check", args=[receipt.code])


def handed_in_words(receipt: Receipt) -> str:
    """The server's time with its zone, to the second."""
    moment = localtime(parse_datetime(receipt.document["handed_in_at"]))
    zone = moment.strftime("%z")
    return f"{date_format(moment)} {moment:%H:%M:%S} (UTC{zone[:3]}:{zone[3:]})"


def facts_of(receipt: Receipt) -> list[tuple[str, str]]:
    document = receipt.document
    return [
        (_("Time of handing in"), handed_in_words(receipt)),
        (_("Unit"), document["unit"]),
        (_("Track"), document["track"]),
        (_("Category"), document["category"]),
        (_("Handing-in"), str(document["handing_in"])),
    ]


def receipt_pdf(receipt: Receipt) -> bytes:
    """The owner's copy on paper: beside what is signed, the work's title."""
    return render_pdf(TEMPLATE, _paper_of(receipt))


def kept_receipt_pdf(receipt: Receipt) -> bytes:
    """The same, made once in a while only, as long as it says the same."""
    paper = _paper_of(receipt)
    said = json.dumps(paper, sort_keys=True, ensure_ascii=False)
    return cache.get_or_set(
        f"receipt-paper-{hashlib.sha256(said.encode()).hexdigest()}",
        lambda: render_pdf(TEMPLATE, paper),
        timeout=settings.RECEIPT_PAPER_KEPT_SECONDS,
    )


def _paper_of(receipt):
    return {
        "lang": (get_language() or "zh").split("-")[0],
        "contest": receipt.submission.contest.title_full,
        "number": receipt.document["number"],
        "work": receipt.submission.title,
        "rows": facts_of(receipt),
        "files": list(_paper_files(receipt.document)),
        "rulebook": receipt.document["rulebook"],
        "signature": receipt.signature,
        "address": address_of(receipt),
        "qr": qr_svg(address_of(receipt)),
        "words": _paper_words(),
    }


def _paper_files(document):
    for file in document["files"]:
        yield {
            "position": str(file["position"]),
            "size": filesizeformat(file["size_bytes"]),
            "sha256": file["sha256"],
        }
    for number, digest in enumerate(document["links"], start=1):
        yield {"position": str(number), "size": _("Link"), "sha256": digest}


def _paper_words():
    return {
        "title": _("Receipt"),
        "scan": _("Scan to check it"),
        "rulebook": _("Rule book version"),
        "files": _("Files and their SHA-256"),
        "signature": _("Signature"),
        "explanation": _(
            "Anybody can check this receipt at the address below. The page shows no "
            "personal data."
        ),
        "foot": _(
            "The receipt says what arrived and when, not whether it is admitted."
        ),
    }
