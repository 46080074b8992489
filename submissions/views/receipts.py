"""Receipts: the owner's page and paper, and the address where anybody checks one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.calls import calls_limited
from documents.pdf import CONTENT_TYPE
from documents.qr import qr_data_uri
from submissions.models import Receipt, Submission
from submissions.receipts import (
    Standing,
    address_of,
    facts_of,
    kept_receipt_pdf,
    standing_of,
)
from submissions.signing import canonical, pem_of, public_keys

TONES = {Standing.VALID: "he", Standing.FORGED: "ri"}


def _receipts_seen_by(user):
    return Receipt.objects.filter(
        submission__in=Submission.objects.visible_to(user)
    ).select_related("submission__contest")


@require_safe
@login_required
def receipt(request, pk):
    """The newest receipt of a work, with its earlier ones."""
    receipts = list(_receipts_seen_by(request.user).filter(submission=pk))
    newest = receipts[-1] if receipts else get_object_or_404(Receipt, pk=None)
    return render(
        request,
        "submissions/receipt.html",
        {
            "receipt": newest,
            "earlier": receipts[-2::-1],
            "qr": qr_data_uri(address_of(newest)),
            **_shown(newest),
        },
    )


@require_safe
@login_required
@calls_limited("receipt_paper")
def pdf(request, code):
    """The same on paper, for its owner and for staff."""
    found = get_object_or_404(_receipts_seen_by(request.user), code=code)
    answer = HttpResponse(kept_receipt_pdf(found), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = (
        f'attachment; filename="{found.document["number"]}-{found.cycle}.pdf"'
    )
    return answer


@require_safe
@never_cache
@calls_limited("receipt_check")
def check(request, code):
    """What anybody may know of a receipt: whether it stands, and what was handed in."""
    found = _found(code)
    answer = render(request, "submissions/receipt_check.html", _shown(found))
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@never_cache
@calls_limited("receipt_check")
def document(request, code):
    """The signed bytes with signature and keys, to be checked without this portal."""
    found = _found(code)
    return JsonResponse(
        {
            "document": found.document,
            "signed_text": canonical(found.document).decode(),
            "signature": found.signature,
            "public_keys": {name: pem_of(key) for name, key in public_keys().items()},
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _found(code):
    return get_object_or_404(
        Receipt.objects.select_related("submission__contest"), code=code
    )


def _shown(receipt):
    standing = standing_of(receipt)
    return {
        "receipt": receipt,
        "document": receipt.document,
        "contest": receipt.submission.contest,
        "standing": standing,
        "standing_tone": TONES.get(standing, "gui"),
        "facts": facts_of(receipt),
        "address": address_of(receipt),
        "digests": [file["sha256"] for file in receipt.document["files"]],
    }
