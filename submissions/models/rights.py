"""What an entrant declares, and the papers kept beside a work."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.screening import OriginalRequest
from submissions.models.works import Submission


class Declaration(models.Model):
    """A tick of the entrant, with the very text it stood beside."""

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="declarations"
    )
    key = models.CharField(max_length=48)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    signed_by = models.CharField(  # a guardian's name, typed as a signature
        max_length=30, blank=True
    )
    accepted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "key"], name="declaration_is_made_once"
            )
        ]

    def __str__(self):
        return f"{self.key} v{self.version}"


def attachment_path(attachment, filename):
    """Never the citizen's own file name: an address nobody can guess."""
    return f"attachments/{attachment.token.hex[:2]}/{attachment.token.hex}"


class Attachment(models.Model):
    """A paper or an original beside a work: shown to staff, never to the public."""

    class Purpose(models.TextChoices):
        PROOF = "proof", _("Proof")
        ORIGINAL = "original", _("Original file")

    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        related_name="attachments",
        verbose_name=_("submission"),
    )
    token = models.UUIDField(
        _("address"), default=uuid.uuid4, unique=True, editable=False
    )
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose)
    proof_key = models.CharField(  # of the rule book's proofs, as music or guardian
        _("kind of proof"), max_length=48, blank=True
    )
    original_request = models.ForeignKey(
        OriginalRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("request for the original"),
    )
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=255)
    original_name = models.CharField(_("name as it came"), max_length=255)
    size_bytes = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content_type = models.CharField(_("type by content"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose="proof", original_request__isnull=True)
                & ~models.Q(proof_key="")
                | models.Q(
                    purpose="original", proof_key="", original_request__isnull=False
                ),
                name="attachment_says_what_it_is_for",
            ),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="attachment_has_its_sha256",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.purpose}"
