"""Rows of the rule book: what other apps point at. Only `loadrulebook` writes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contests.rulebook import Clause, RuleBook

_parsed: dict[str, RuleBook] = {}  # by digest; a version never changes


class ContestQuerySet(models.QuerySet):
    def current(self):
        """The contest the public pages show: the one opened last."""
        return self.with_rulebook().order_by("-starts_on", "key").first()

    def with_rulebook(self):
        """Ready for `.rulebook`; the document is read only where it is not parsed."""
        return self.select_related("current_version").defer("current_version__document")


class Contest(models.Model):
    key = models.SlugField(_("key"), max_length=48, unique=True)
    title_full = models.CharField(_("full title"), max_length=200)
    title_short = models.CharField(_("short title"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    current_version = models.ForeignKey(
        "RuleBookVersion",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("version in force"),
    )

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
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

    contest = models.ForeignKey(
        Contest, models.PROTECT, related_name="versions", verbose_name=_("contest")
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    document = models.TextField(_("document"))  # RuleBook.canonical_json()
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("rule book version")
        verbose_name_plural = _("rule book versions")
        ordering = ["published_at", "pk"]

    def __str__(self):
        return f"{self.contest_id}@{self.digest[:12]}"

    @property
    def rulebook(self) -> RuleBook:
        if self.digest not in _parsed:
            _parsed[self.digest] = RuleBook.model_validate_json(self.document)
        return _parsed[self.digest]

    def clause(self, rule: str, *, category: str | None = None) -> Clause:
        """The sentence that a rule id stood for in this version."""
        return self.rulebook.clause(rule, category=category)


class Part(models.Model):
    """Something of a contest with a key, a name and a place in order."""

    key = models.SlugField(_("key"), max_length=48)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("place in order"))

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
    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="units", verbose_name=_("contest")
    )

    class Meta(Part.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [unique_key("unit")]


class Track(Part):
    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="tracks", verbose_name=_("contest")
    )
    needs_school = models.BooleanField(_("asks for the school"), default=False)

    class Meta(Part.Meta):
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        constraints = [unique_key("track")]


class Category(Part):
    class Media(models.TextChoices):
        VIDEO = "video", _("Video")
        IMAGE = "image", _("Image")

    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="categories", verbose_name=_("contest")
    )
    media = models.CharField(_("media"), max_length=8, choices=Media)

    class Meta(Part.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [unique_key("category")]


class Stage(Part):
    class Kind(models.TextChoices):
        COLLECTION = "collection", _("Collection")
        INTERACTION = "interaction", _("Taking part")
        SELECTION = "selection", _("Quarterly selection")
        FINAL = "final", _("Annual final")
        EXHIBITION = "exhibition", _("Exhibition")

    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="stages", verbose_name=_("contest")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))  # inclusive, to 24:00
    works_from = models.DateField(_("works from"), null=True, blank=True)
    works_until = models.DateField(_("works until"), null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
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
    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="districts", verbose_name=_("contest")
    )
    month = models.PositiveSmallIntegerField(_("month"))
    activity_count = models.PositiveSmallIntegerField(_("activities"))

    class Meta(Part.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [unique_key("district")]


class PrizeGroup(Part):
    """Submissions judged against each other: a set of (unit, track) cells."""

    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="prize_groups", verbose_name=_("contest")
    )

    class Meta(Part.Meta):
        verbose_name = _("prize group")
        verbose_name_plural = _("prize groups")
        constraints = [unique_key("prize_group")]


class PrizeGroupCell(models.Model):
    prize_group = models.ForeignKey(
        PrizeGroup,
        models.CASCADE,
        related_name="cells",
        verbose_name=_("prize group"),
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="+", verbose_name=_("unit")
    )
    track = models.ForeignKey(
        Track, models.CASCADE, related_name="+", verbose_name=_("track")
    )

    class Meta:
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
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

    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="award_kinds", verbose_name=_("contest")
    )
    subject = models.CharField(_("goes to"), max_length=16, choices=Subject)
    stage = models.ForeignKey(
        Stage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="award_kinds",
        verbose_name=_("stage"),
    )
    count = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True
    )  # 若干名: not set

    class Meta(Part.Meta):
        verbose_name = _("award kind")
        verbose_name_plural = _("award kinds")
        constraints = [unique_key("award_kind")]


class Criterion(Part):
    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="criteria", verbose_name=_("contest")
    )
    weight = models.PositiveSmallIntegerField(_("weight"))  # per cent

    class Meta(Part.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            unique_key("criterion"),
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 100)), name="weight_is_per_cent"
            ),
        ]


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a weekend worked."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is worked"))
    note = models.CharField(_("holiday or notice"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("day of the holiday calendar")
        verbose_name_plural = _("holiday calendar")
        ordering = ["day"]

    def __str__(self):
        return self.day.isoformat()


class Picture(models.Model):
    """One of the contest's own pictures, stored under its digest."""

    contest = models.ForeignKey(
        Contest, models.CASCADE, related_name="pictures", verbose_name=_("contest")
    )
    name = models.CharField(_("name"), max_length=80)
    sha256 = models.CharField(_("digest"), max_length=64)
    file = models.FileField(_("file"), upload_to="rulebooks", max_length=255)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "name"], name="picture_name_is_unique_in_contest"
            )
        ]

    def __str__(self):
        return self.name
