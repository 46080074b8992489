"""A work on its way from draft to accepted, its files and what was found in them."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from contests.models import Category, Contest, RuleBookVersion, Track, Unit
from submissions.querysets import SubmissionQuerySet
from submissions.states import (
    Decision,
    InspectionState,
    ScreeningLevel,
    Severity,
    State,
    Verdict,
)


def known(field, choices, *, name, empty=False):
    """A constraint: the column holds one of the choices (or "", if allowed)."""
    values = [*choices.values, ""] if empty else choices.values
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": values}), name=name
    )


class Submission(models.Model):
    """One entry in one unit, track and category. Only lifecycle moves its state."""

    class Entrant(models.TextChoices):
        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("An organisation")

    class AiUse(models.TextChoices):
        NONE = "none", _("No AI was used")
        PARTLY = "partly", _("Parts were made with AI")
        WHOLLY = "wholly", _("All of it was made with AI")

    contest = models.ForeignKey(
        Contest, models.PROTECT, related_name="submissions", verbose_name=_("contest")
    )
    rulebook_version = models.ForeignKey(
        RuleBookVersion,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("rule book version"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("entrant"),
    )
    state = models.CharField(
        _("state"), max_length=16, choices=State, default=State.DRAFT
    )
    number = models.CharField(_("work number"), max_length=32, blank=True)
    channel = models.CharField(_("channel"), max_length=32, default="web")

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    track = models.ForeignKey(
        Track, models.PROTECT, null=True, related_name="+", verbose_name=_("track")
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("category"),
    )

    title = models.CharField(_("title"), max_length=200, blank=True)
    story = models.TextField(_("story"), blank=True)
    genre = models.CharField(_("genre"), max_length=40, blank=True)
    shot_on = models.DateField(_("day of shooting"), null=True, blank=True)
    shot_place = models.CharField(_("place of shooting"), max_length=120, blank=True)

    entrant = models.CharField(
        _("kind of entrant"), max_length=16, choices=Entrant, default=Entrant.PERSON
    )
    entrant_name = models.CharField(_("name of the entrant"), max_length=60, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("organisation"),
    )
    organisation_name = models.CharField(_("organisation"), max_length=120, blank=True)
    school = models.CharField(_("school"), max_length=120, blank=True)
    ai_use = models.CharField(_("use of AI"), max_length=8, choices=AiUse, blank=True)
    ai_note = models.CharField(_("note on the use of AI"), max_length=400, blank=True)

    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    first_submitted_at = models.DateTimeField(  # says its round (B11)
        _("first handed in at"), null=True, blank=True
    )
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    correct_by = models.DateTimeField(  # of a returned work
        _("to be corrected by"), null=True, blank=True
    )
    cycle = models.PositiveSmallIntegerField(_("times handed in"), default=0)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["contest", "state", "submitted_at"])]
        constraints = [
            known("state", State, name="submission_state_is_known"),
            models.UniqueConstraint(
                fields=["contest", "number"],
                condition=~models.Q(number=""),
                name="number_is_unique_in_contest",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | models.Q(
                    unit__isnull=False,
                    track__isnull=False,
                    category__isnull=False,
                    first_submitted_at__isnull=False,
                    submitted_at__isnull=False,
                )
                & ~models.Q(number=""),
                name="handed_in_submission_is_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.RETURNED)
                | models.Q(correct_by__isnull=False),
                name="returned_submission_has_a_due_time",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.title}"

    def get_absolute_url(self):
        return reverse("submissions:detail", args=[self.pk])

    @property
    def is_editable(self):
        return self.state in {State.DRAFT, State.RETURNED}


class NumberSequence(models.Model):
    """The last number given out in a contest; locked while the next is taken."""

    contest = models.OneToOneField(Contest, models.CASCADE, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.last)


class SubmissionAuthor(models.Model):
    """A name on the credit line, in order."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=30)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                name="author_position_is_unique",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self):
        return self.name


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
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)  # by the worker
    content_type = models.CharField(
        _("type by content"), max_length=64, blank=True
    )  # by content
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
        ]

    def __str__(self):
        return f"#{self.pk} {self.original_name}"


def derivative_path(derivative, filename):
    return f"derivatives/{derivative.token.hex[:2]}/{derivative.token.hex}"


class Derivative(models.Model):
    """A copy made for showing: no author, no place, no file name in it."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        THUMBNAIL = "thumbnail", _("Thumbnail")
        VIEW = "view", _("View")

    media_file = models.ForeignKey(
        MediaFile, models.CASCADE, related_name="derivatives"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    file = models.FileField(upload_to=derivative_path, max_length=255)
    content_type = models.CharField(max_length=64)
    width_px = models.PositiveIntegerField(null=True)
    height_px = models.PositiveIntegerField(null=True)

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
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("in work until"), null=True, blank=True)
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
    category_key = models.CharField(
        _("judged as"), max_length=48, blank=True
    )  # judged as
    facts = models.JSONField(_("what was measured"), default=dict, blank=True)
    tool_versions = models.JSONField(
        _("versions of the tools"), default=dict, blank=True
    )
    log = models.TextField(
        _("log"), blank=True
    )  # ours: stderr and tracebacks, for staff

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
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


class Declaration(models.Model):
    """A tick of the entrant, with the very text it stood beside."""

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="declarations"
    )
    key = models.CharField(max_length=48)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
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


class Screening(models.Model):
    """One reviewer's decision at one level, for one handing-in of the work."""

    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        related_name="screenings",
        verbose_name=_("submission"),
    )
    cycle = models.PositiveSmallIntegerField(_("handing-in"))
    level = models.CharField(_("level"), max_length=8, choices=ScreeningLevel)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="screenings",
        verbose_name=_("reviewer"),
    )
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    reason_key = models.CharField(_("reason from the list"), max_length=48, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    rule = models.CharField(_("rule"), max_length=3, blank=True)
    clause = models.TextField(_("clause"), blank=True)
    rulebook_version = models.ForeignKey(
        RuleBookVersion,
        models.PROTECT,
        related_name="+",
        verbose_name=_("rule book version"),
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["pk"]
        constraints = [
            known("level", ScreeningLevel, name="screening_level_is_known"),
            known("decision", Decision, name="decision_is_known"),
            models.UniqueConstraint(
                fields=["submission", "cycle", "level"],
                name="one_screening_per_level",
            ),
            models.UniqueConstraint(
                fields=["submission", "cycle", "reviewer"],
                name="two_levels_by_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.PASS) | ~models.Q(reason=""),
                name="refusal_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.level} {self.decision}"


class SubmissionEvent(models.Model):
    """One move of a submission, written with it. Holds no personal fields."""

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="events", verbose_name=_("submission")
    )
    at = models.DateTimeField(_("time"))
    actor_id = models.BigIntegerField(_("actor number"), null=True)
    actor_label = models.CharField(_("actor"), max_length=80, blank=True)
    from_state = models.CharField(_("from"), max_length=16, choices=State, blank=True)
    to_state = models.CharField(_("to"), max_length=16, choices=State)
    reason = models.TextField(_("reason"), blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]  # as written: the contest's clock can be set back

    def __str__(self):
        return f"#{self.submission_id} {self.from_state}→{self.to_state}"
