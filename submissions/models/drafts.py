"""How far drafts have come, looked at now and then."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.works import Submission


class DraftCheck(models.Model):
    """What a draft lacked when it was last looked at, for the list of unsent drafts."""

    submission = models.OneToOneField(
        Submission,
        models.CASCADE,
        related_name="draft_check",
        verbose_name=_("submission"),
    )
    gap_steps = ArrayField(  # of the wizard, one for each gap
        models.CharField(max_length=16), default=list, verbose_name=_("gaps")
    )
    checked_at = models.DateTimeField(_("looked at"))

    class Meta:
        verbose_name = _("check of a draft")
        verbose_name_plural = _("checks of drafts")

    def __str__(self):
        return f"#{self.submission_id} {len(self.gap_steps)}"
