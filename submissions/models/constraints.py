"""Constraints that more than one model has."""

from django.db import models


def known(field, choices, *, name, empty=False):
    """A constraint: the column holds one of the choices (or "", if allowed)."""
    values = [*choices.values, ""] if empty else choices.values
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": values}), name=name
    )
