"""Bytes on their way into a work."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from submissions.models.constraints import known
from submissions.models.media import MediaFile
from submissions.models.rights import Attachment
from submissions.models.screening import OriginalRequest
from submissions.models.works import Submission
from submissions.states import UploadState

RECENT = timedelta(days=30)
UNDER_WAY = {UploadState.RECEIVING, UploadState.FINISHING}


class UploadQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(owner_id=user.pk)

    def receiving(self):
        """Those that wait for their next byte and have not run out."""
        return self.filter(state=UploadState.RECEIVING, expires_at__gt=timezone.now())

    def recent(self):
        """Those under way, and what became of others lately; the newest first."""
        lately = timezone.now() - RECENT
        return self.filter(
            models.Q(state__in=UNDER_WAY) | models.Q(touched_at__gt=lately)
        ).order_by("-pk")

    def under_way(self):
        """Those whose bytes have not become a file yet."""
        return self.filter(state__in=UNDER_WAY)


class Upload(models.Model):
    """One resumable upload (tus 1.0); its staging file says how far it is."""

    class Purpose(models.TextChoices):
        FILE = "file", _("File of the work")
        PROOF = "proof", _("Proof")
        ORIGINAL = "original", _("Original file")

    class Store(models.TextChoices):
        STAGING = "staging", _("This server")
        TUSD = "tusd", _("tusd")

    token = models.UUIDField(
        _("address"), default=uuid.uuid4, unique=True, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="uploads",
        verbose_name=_("owner"),
    )
    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        related_name="uploads",
        verbose_name=_("submission"),
    )
    purpose = models.CharField(
        _("purpose"), max_length=16, choices=Purpose, default=Purpose.FILE
    )
    proof_key = models.CharField(_("kind of proof"), max_length=48, blank=True)
    original_request = models.ForeignKey(
        OriginalRequest, models.CASCADE, null=True, blank=True, related_name="+"
    )
    replaces = models.ForeignKey(
        MediaFile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("replaces"),
    )
    store = models.CharField(
        _("where its bytes are"), max_length=8, choices=Store, default=Store.STAGING
    )
    store_key = models.CharField(_("key in that store"), max_length=255, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=UploadState, default=UploadState.RECEIVING
    )
    original_name = models.CharField(_("name as it came"), max_length=255)
    fingerprint = models.CharField(  # the browser's: tells the same file again
        _("fingerprint"), max_length=200, blank=True
    )
    metadata = models.TextField(  # tus gives it back as it was sent
        _("as the client described it"), blank=True
    )
    size_bytes = models.BigIntegerField(_("size in bytes"))
    offset_bytes = models.BigIntegerField(_("bytes arrived"), default=0)
    created_at = models.DateTimeField(_("begun at"))
    touched_at = models.DateTimeField(_("last bytes at"))
    expires_at = models.DateTimeField(_("kept until"))
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    refusal_code = models.CharField(_("code of the refusal"), max_length=48, blank=True)
    refusal = models.TextField(_("refusal"), blank=True)
    media_file = models.OneToOneField(
        MediaFile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="upload",
        verbose_name=_("file"),
    )
    attachment = models.OneToOneField(
        Attachment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="upload",
        verbose_name=_("attachment"),
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "expires_at"]),
            models.Index(fields=["owner", "state"]),
        ]
        constraints = [
            known("state", UploadState, name="upload_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(
                    offset_bytes__gte=0, offset_bytes__lte=models.F("size_bytes")
                ),
                name="upload_offset_lies_within_its_size",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refusal_code=""),
                name="refused_upload_says_why",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.state}"

    @property
    def is_under_way(self):
        """Whether its bytes have not become a file yet."""
        return self.state in UNDER_WAY

    @property
    def has_run_out(self):
        return self.state == UploadState.RECEIVING and self.expires_at <= timezone.now()
