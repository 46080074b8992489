"""A work on its way from draft to accepted, its authors, links and steps."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from contests.models import Category, Contest, RuleBookVersion, Track, Unit
from submissions.models.constraints import known
from submissions.querysets import SubmissionQuerySet
from submissions.states import State


class Submission(models.Model):
    """One entry in one unit, track and category. Only lifecycle moves its state."""

    class Entrant(models.TextChoices):
        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("An organisation")

    class AiUse(models.TextChoices):
        NONE = "none", _("No AI was used")
        PARTLY = "partly", _("Parts were made with AI")
        WHOLLY = "wholly", _("All of it was made with AI")

    class Channel(models.TextChoices):
        """The doors of the one entry store (rule 89)."""

        WEB = "web", _("Website")
        WECHAT_MINI_PROGRAM = "wechat_mini_program", _("WeChat mini-program")
        OFFICIAL_ACCOUNT = "official_account", _("WeChat official account")
        ALIPAY_MINI_PROGRAM = "alipay_mini_program", _("Alipay mini-program")
        STAFF = "staff", _("Entered by staff")

    class AuthorAge(models.TextChoices):
        """The youngest author; under 18 a guardian consents (B17)."""

        ADULT = "adult", _("All authors are 18 or older")
        UNDER_18 = "under_18", _("An author is 14 to 17 years old")
        UNDER_14 = "under_14", _("An author is younger than 14")

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
    channel = models.CharField(
        _("channel"), max_length=24, choices=Channel, default=Channel.WEB
    )

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
    text_summary = models.TextField(  # for those who cannot see or hear a film
        _("text summary of the film"), blank=True
    )
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
    organisation_code = models.CharField(  # GB 32100
        _("unified social credit code"), max_length=18, blank=True
    )
    recommended_by = models.ForeignKey(  # directed intake (rule 45)
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommended_submissions",
        verbose_name=_("recommended by"),
    )
    tags = ArrayField(  # "I am", keys of the rule book's entrant_tags (rule 43)
        models.CharField(max_length=48),
        default=list,
        blank=True,
        verbose_name=_("I am"),
    )
    author_age = models.CharField(
        _("age of the youngest author"),
        max_length=8,
        choices=AuthorAge,
        blank=True,
    )
    shows_children = models.BooleanField(
        _("shows recognisable children"), null=True, blank=True
    )
    school = models.CharField(_("school"), max_length=120, blank=True)
    ai_use = models.CharField(_("use of AI"), max_length=8, choices=AiUse, blank=True)
    ai_note = models.CharField(_("note on the use of AI"), max_length=400, blank=True)

    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    first_submitted_at = models.DateTimeField(
        _("first handed in at"), null=True, blank=True
    )
    counts_at = models.DateTimeField(  # first_submitted_at, or the deadline it met
        _("counts as handed in at"), null=True, blank=True
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
            models.CheckConstraint(
                condition=models.Q(
                    channel__in=[
                        "web",
                        "wechat_mini_program",
                        "official_account",
                        "alipay_mini_program",
                        "staff",
                    ]
                ),
                name="submission_channel_is_known",
            ),
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
                    counts_at__isnull=False,
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
    role = models.CharField(max_length=40, blank=True)  # in the work, as 导演

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

    @property
    def credit(self):
        """The name with what its bearer did, as the public page shows it."""
        if not self.role:
            return self.name
        return _("%(name)s (%(role)s)") % {"name": self.name, "role": self.role}


class WorkLink(models.Model):
    """Where a work of links stands published, in order (B21). Never fetched by us."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=500)
    caption = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                name="link_position_is_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["submission", "url"], name="link_stands_once_in_a_work"
            ),
        ]

    def __str__(self):
        return self.url


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
