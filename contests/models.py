"""Rows of the rule book: what other apps point at. Only `loadrulebook` writes them."""

from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from contests.rulebook import RuleBook


@lru_cache(maxsize=32)
def _parsed(digest, document):
    return RuleBook.model_validate_json(document)


class ContestQuerySet(models.QuerySet):
    def current(self):
        """The contest the public pages show: the one opened last."""
        return (
            self.select_related("current_version").order_by("-starts_on", "key").first()
        )


class Contest(models.Model):
    key = models.SlugField(max_length=48, unique=True)
    title_full = models.CharField(max_length=200)
    title_short = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    current_version = models.ForeignKey(
        "RuleBookVersion", models.PROTECT, null=True, related_name="+"
    )

    objects = ContestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="contest_ends_after_it_starts",
            )
        ]

    def __str__(self):
        return self.title_short

    @property
    def rulebook(self) -> RuleBook:
        return self.current_version.rulebook


class RuleBookVersion(models.Model):
    """A published rule book, whole, as submissions were made under it."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64, unique=True)
    document = models.TextField()  # RuleBook.canonical_json()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["published_at", "pk"]

    def __str__(self):
        return f"{self.contest_id}@{self.digest[:12]}"

    @property
    def rulebook(self) -> RuleBook:
        return _parsed(self.digest, self.document)


class Part(models.Model):
    """Something of a contest with a key, a name and a place in order."""

    key = models.SlugField(max_length=48)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


def unique_key(model):
    return models.UniqueConstraint(
        fields=["contest", "key"], name=f"{model}_key_is_unique_in_contest"
    )


class Unit(Part):
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="units")

    class Meta(Part.Meta):
        constraints = [unique_key("unit")]


class Track(Part):
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="tracks")
    needs_school = models.BooleanField(default=False)

    class Meta(Part.Meta):
        constraints = [unique_key("track")]


class Category(Part):
    class Media(models.TextChoices):
        VIDEO = "video", _("Video")
        IMAGE = "image", _("Image")

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="categories")
    media = models.CharField(max_length=8, choices=Media)

    class Meta(Part.Meta):
        verbose_name_plural = "categories"
        constraints = [unique_key("category")]


class Stage(Part):
    class Kind(models.TextChoices):
        COLLECTION = "collection", _("Collection")
        INTERACTION = "interaction", _("Taking part")
        SELECTION = "selection", _("Quarterly selection")
        FINAL = "final", _("Annual final")
        EXHIBITION = "exhibition", _("Exhibition")

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=16, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField()  # inclusive, to 24:00
    works_from = models.DateField(null=True, blank=True)
    works_until = models.DateField(null=True, blank=True)

    class Meta(Part.Meta):
        constraints = [
            unique_key("stage"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="stage_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="selection", works_from__isnull=False)
                | (~models.Q(kind="selection") & models.Q(works_from__isnull=True)),
                name="selection_stage_has_a_window",
            ),
        ]


class District(Part):
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="districts")
    month = models.PositiveSmallIntegerField()
    activity_count = models.PositiveSmallIntegerField()

    class Meta(Part.Meta):
        constraints = [unique_key("district")]


class PrizeGroup(Part):
    """Submissions judged against each other: a set of (unit, track) cells."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="prize_groups")

    class Meta(Part.Meta):
        constraints = [unique_key("prize_group")]


class PrizeGroupCell(models.Model):
    prize_group = models.ForeignKey(PrizeGroup, models.CASCADE, related_name="cells")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    track = models.ForeignKey(Track, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "track"], name="cell_is_in_one_prize_group"
            )
        ]

    def __str__(self):
        return f"{self.unit_id}×{self.track_id}"


class AwardKind(Part):
    class Subject(models.TextChoices):
        SUBMISSION = "submission", _("Submission")
        ORGANISATION = "organisation", _("Organisation")
        PERSON = "person", _("Person")

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="award_kinds")
    subject = models.CharField(max_length=16, choices=Subject)
    stage = models.ForeignKey(
        Stage, models.PROTECT, null=True, blank=True, related_name="award_kinds"
    )
    count = models.PositiveSmallIntegerField(null=True, blank=True)  # 若干名: not set

    class Meta(Part.Meta):
        constraints = [unique_key("award_kind")]


class Criterion(Part):
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="criteria")
    weight = models.PositiveSmallIntegerField()  # per cent

    class Meta(Part.Meta):
        verbose_name_plural = "criteria"
        constraints = [
            unique_key("criterion"),
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 100)), name="weight_is_per_cent"
            ),
        ]


class Picture(models.Model):
    """One of the contest's own pictures, stored under its digest."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="rulebooks", max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "name"], name="picture_name_is_unique_in_contest"
            )
        ]

    def __str__(self):
        return self.name
