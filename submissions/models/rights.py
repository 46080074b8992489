"""What an entrant declares, and the papers kept beside a work."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.constraints import known
from submissions.models.people import who
from submissions.models.screening import OriginalRequest
from submissions.models.works import Submission
from submissions.states import WinnerFormState


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
        WINNER_FORM = "winner_form", _("Signed form of a winner")

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
    uploaded_by = who(_("uploaded by"))
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
                )
                | models.Q(
                    purpose="winner_form", proof_key="", original_request__isnull=True
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


class WinnerForm(models.Model):
    """授权待签: what the author of an awarded work is to sign, and how far it is."""

    submission = models.OneToOneField(
        Submission,
        models.PROTECT,
        related_name="winner_form",
        verbose_name=_("submission"),
    )
    award = models.CharField(_("award"), max_length=120)
    version = models.PositiveSmallIntegerField(_("version of the text"))
    text = models.TextField(_("text to be signed"))  # as it stood when it was asked
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=WinnerFormState,
        default=WinnerFormState.ASKED,
    )
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("due"))
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    reason = models.TextField(_("why it came back"), blank=True)
    looked_at_by = who(_("looked at by"), optional=True)
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("form of a winner")
        verbose_name_plural = _("forms of winners")
        ordering = ["pk"]
        constraints = [
            known("state", WinnerFormState, name="winner_form_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="asked") | models.Q(sent_at__isnull=False),
                name="sent_winner_form_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | models.Q(looked_at_by__isnull=False, looked_at__isnull=False),
                name="signed_winner_form_says_who_looked",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.state}"
