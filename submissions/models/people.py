"""Who did something, as several models say it."""

from django.conf import settings
from django.db import models


def who(words, *, optional=False):
    """The account that did it: it cannot be deleted while the row stands."""
    absent = {"null": True, "blank": True} if optional else {}
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=words,
        **absent,
    )
