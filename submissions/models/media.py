"""The files of a work, the copies made of them, and what was found in them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from contests.models import RuleBookVersion
from submissions.models.constraints import known
from submissions.models.works import Submission
from submissions.states import (
    ConversionState,
    InspectionState,
    Severity,
    Verdict,
    WorkQueue,
)


def original_path(media_file, filename):
    """Never the citizen's own file name: an address nobody can guess."""
    return f"originals/{media_file.token.hex[:2]}/{media_file.token.hex}"


class MediaFile(models.Model):
    """A file of a work, byte for byte as it came."""

    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        related_name="media_files",
        verbose_name=_("submission"),
    )
    token = models.UUIDField(
        _("address"), default=uuid.uuid4, unique=True, editable=False
    )
    position = models.PositiveSmallIntegerField(_("place in order"))
    file = models.FileField(_("file"), upload_to=original_path, max_length=255)
    original_name = models.CharField(_("name as it came"), max_length=255)
    size_bytes = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)  # of what was stored
    content_type = models.CharField(_("type by content"), max_length=64, blank=True)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["sha256"])]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                name="file_position_is_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(size_bytes__gte=0), name="size_is_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="file_has_its_sha256",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.original_name}"


def derivative_path(derivative, filename):
    return f"derivatives/{derivative.token.hex[:2]}/{derivative.token.hex}"


class Derivative(models.Model):
    """A copy made for showing: no author, no place, no file name in it."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        STORYBOARD = "storyboard", _("Storyboard")
        THUMBNAIL = "thumbnail", _("Thumbnail")
        THUMBNAIL_WEBP = "thumbnail-webp", _("Thumbnail (WebP)")
        THUMBNAIL_AVIF = "thumbnail-avif", _("Thumbnail (AVIF)")
        VIEW = "view", _("Viewing copy")
        VIEW_WEBP = "view-webp", _("View (WebP)")
        VIEW_AVIF = "view-avif", _("View (AVIF)")
        LARGE = "large", _("Large view")

    media_file = models.ForeignKey(
        MediaFile, models.CASCADE, related_name="derivatives"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    file = models.FileField(upload_to=derivative_path, max_length=255)
    content_type = models.CharField(max_length=64)
    width_px = models.PositiveIntegerField(null=True)
    height_px = models.PositiveIntegerField(null=True)
    detail = models.JSONField(default=dict, blank=True)  # how a storyboard is laid out

    class Meta:
        verbose_name = _("copy")
        verbose_name_plural = _("copies")
        constraints = [
            models.UniqueConstraint(
                fields=["media_file", "kind"], name="one_derivative_of_a_kind"
            )
        ]

    def __str__(self):
        return f"#{self.pk} {self.kind}"


class Inspection(models.Model):
    """What the worker did with one file: state, attempts, facts and verdict."""

    media_file = models.OneToOneField(
        MediaFile, models.CASCADE, related_name="inspection", verbose_name=_("file")
    )
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=InspectionState,
        default=InspectionState.QUEUED,
    )
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict, blank=True)
    queue = models.CharField(
        _("queue"), max_length=8, choices=WorkQueue, default=WorkQueue.QUICK
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("in work until"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    share_done = models.FloatField(_("share done"), default=0.0)  # 0 to 1
    timings = models.JSONField(_("time spent, in seconds"), default=dict, blank=True)
    queued_at = models.DateTimeField(_("waiting since"))
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    rulebook_version = models.ForeignKey(
        RuleBookVersion,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("rule book version"),
    )
    category_key = models.CharField(_("judged as"), max_length=48, blank=True)
    facts = models.JSONField(_("what was measured"), default=dict, blank=True)
    tool_versions = models.JSONField(
        _("versions of the tools"), default=dict, blank=True
    )
    log = models.TextField(_("log"), blank=True)  # stderr and tracebacks, for staff

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        indexes = [
            models.Index(
                fields=["queued_at"],
                condition=models.Q(
                    state__in=[InspectionState.QUEUED, InspectionState.RUNNING]
                ),
                name="inspections_to_do",
            ),
            models.Index(
                fields=["finished_at"],
                condition=models.Q(state=InspectionState.ERRORED),
                name="inspections_errored",
            ),
        ]
        constraints = [
            known("queue", WorkQueue, name="inspection_queue_is_known"),
            known("state", InspectionState, name="inspection_state_is_known"),
            known("verdict", Verdict, name="verdict_is_known", empty=True),
            models.CheckConstraint(
                condition=~models.Q(state=InspectionState.FINISHED)
                | (models.Q(finished_at__isnull=False) & ~models.Q(verdict="")),
                name="finished_inspection_has_a_verdict",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.state}"


class Conversion(models.Model):
    """The slow work on a file after its inspection: copies that take long to make.

    A film that browsers cannot play is converted, for `reasons` of playable.py;
    a picture gets its smaller formats and its large view.
    """

    media_file = models.OneToOneField(
        MediaFile, models.CASCADE, related_name="conversion", verbose_name=_("file")
    )
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=ConversionState,
        default=ConversionState.QUEUED,
    )
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    share_done = models.FloatField(_("share done"), default=0.0)  # 0 to 1
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("in work until"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    timings = models.JSONField(_("time spent, in seconds"), default=dict, blank=True)
    queued_at = models.DateTimeField(_("waiting since"))
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    log = models.TextField(_("log"), blank=True)

    class Meta:
        verbose_name = _("conversion")
        verbose_name_plural = _("conversions")
        constraints = [
            known("state", ConversionState, name="conversion_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(share_done__gte=0, share_done__lte=1),
                name="conversion_share_is_a_share",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.state}"


class Finding(models.Model):
    """One thing a rule says about a file; the sentence is made when it is shown."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    measured = models.JSONField(null=True)
    limit = models.JSONField(null=True)
    rule = models.CharField(max_length=3, blank=True)
    clause = models.TextField(blank=True)  # the notice's own sentence
    params = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        constraints = [known("severity", Severity, name="severity_is_known")]

    def __str__(self):
        return self.code
