"""The signed paper of a handing-in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.works import Submission


class Receipt(models.Model):
    """What was handed in at one time: never changed, checked by anybody."""

    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        related_name="receipts",
        verbose_name=_("submission"),
    )
    cycle = models.PositiveSmallIntegerField(_("handing-in"))
    code = models.CharField(  # of the public address, nobody can guess it
        _("code"), max_length=32, unique=True
    )
    document = models.JSONField(_("what it says"))
    signature = models.CharField(_("signature"), max_length=200)
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "cycle"], name="one_receipt_per_handing_in"
            )
        ]

    def __str__(self):
        return self.code
