"""Fingerprints of files, how they are searched, and which works look alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.constraints import known
from submissions.models.media import MediaFile
from submissions.models.people import who
from submissions.models.works import Submission
from submissions.states import LikenessKind, LikenessVerdict

HASH_BITS = 256


class HashField(models.Field):
    """32 bytes, in the database bit(256), so that Postgres counts differing bits."""

    def db_type(self, connection):
        return f"bit({HASH_BITS})"

    def get_prep_value(self, value):
        return None if value is None else as_bits(value)

    def from_db_value(self, value, expression, connection):
        return None if value is None else int(value, 2).to_bytes(HASH_BITS // 8, "big")


def as_bits(hash_bytes: bytes) -> str:
    """A bit string as Postgres reads it, four bits a letter."""
    return f"x{hash_bytes.hex()}"


class PictureHash(models.Model):
    """PDQ of a photograph or page (variant 0) or of one of its crops (1 to 10)."""

    media_file = models.ForeignKey(
        MediaFile, models.CASCADE, related_name="picture_hashes"
    )
    version = models.PositiveSmallIntegerField()
    variant = models.PositiveSmallIntegerField()
    quality = models.PositiveSmallIntegerField()
    bits = HashField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["media_file", "variant"], name="one_hash_of_a_variant"
            )
        ]

    def __str__(self):
        return f"#{self.media_file_id} {self.variant}"


class FilmPrint(models.Model):
    """PDQ of a film's seconds, with crops, and its sound in Chromaprint words."""

    media_file = models.OneToOneField(
        MediaFile, models.CASCADE, related_name="film_print"
    )
    version = models.PositiveSmallIntegerField()
    hashes = models.BinaryField()  # (16, n, 32) bytes: whole frames, then 15 crops
    qualities = models.BinaryField()  # n bytes of 0 to 100
    words = models.BinaryField()  # little-endian, 4 bytes each

    def __str__(self):
        return f"#{self.media_file_id} {len(self.qualities)} s"


class HashBand(models.Model):
    """A band of a hash as a key: hashes that share a key are worth comparing.

    `key` is version << 26 | kind << 24 | band << 20 | the band's bits; `place` is the
    variant of a picture, the second of a film, or both for a film's crops.
    """

    key = models.IntegerField()
    media_file = models.ForeignKey(MediaFile, models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    bits = HashField()

    class Meta:
        indexes = [
            models.Index(
                fields=["key"],
                include=["media_file", "place", "bits"],
                name="hash_band_by_key",
            )
        ]

    def __str__(self):
        return f"{self.key:x} #{self.media_file_id}"


class SoundWord(models.Model):
    """A telling word of a sound track, for finding tracks that share some."""

    word = models.IntegerField()  # signed 32 bits
    media_file = models.ForeignKey(MediaFile, models.CASCADE, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["word"], include=["media_file"], name="sound_word_by_word"
            )
        ]

    def __str__(self):
        return f"{self.word:x} #{self.media_file_id}"


class Likeness(models.Model):
    """Two files of different works that look or sound alike; a reviewer decides."""

    media_file = models.ForeignKey(
        MediaFile, models.CASCADE, related_name="likenesses", verbose_name=_("file")
    )
    other_file = models.ForeignKey(
        MediaFile, models.CASCADE, related_name="+", verbose_name=_("other file")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=LikenessKind)
    score = models.FloatField(_("score"))  # 0 to 1
    detail = models.JSONField(_("detail"), default=dict)
    found_at = models.DateTimeField(_("found at"))

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        ordering = ["-score", "pk"]
        constraints = [
            known("kind", LikenessKind, name="likeness_kind_is_known"),
            models.UniqueConstraint(
                fields=["media_file", "other_file", "kind"],
                name="one_likeness_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(media_file=models.F("other_file")),
                name="nothing_is_like_itself",
            ),
        ]

    def __str__(self):
        return f"#{self.media_file_id} ~ #{self.other_file_id} {self.kind}"


class LikenessRuling(models.Model):
    """What a reviewer makes of two works that are alike. Rows are only added; of two
    works the last one counts, from whichever side."""

    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        related_name="likeness_rulings",
        verbose_name=_("submission"),
    )
    other = models.ForeignKey(
        Submission, models.CASCADE, related_name="+", verbose_name=_("other work")
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=LikenessVerdict)
    reason = models.TextField(_("reason"))
    seen = models.JSONField(_("likenesses seen"), default=list)  # marks of them
    ruled_by = who(_("decided by"))
    ruled_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision on a likeness")
        verbose_name_plural = _("decisions on likenesses")
        ordering = ["pk"]
        constraints = [
            known("verdict", LikenessVerdict, name="likeness_verdict_is_known"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="likeness_ruling_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(submission=models.F("other")),
                name="no_work_is_ruled_to_be_like_itself",
            ),
        ]

    def __str__(self):
        return f"#{self.submission_id} ~ #{self.other_id} {self.verdict}"
