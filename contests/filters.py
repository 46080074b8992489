"""Filters that live in the address: rows of chips, each a link."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Chip:
    label: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class ChipRow:
    label: str
    chips: list[Chip]


def chip_row(label, name, choices, query: QueryDict) -> ChipRow:
    """A link for each (key, words), and one for all of them."""
    current = query.get(name, "")
    return ChipRow(
        label,
        [
            Chip(words, _query(query, name, key), key == current)
            for key, words in [("", _("All")), *choices]
        ],
    )


def _query(query, name, key):
    """The address with this one filter changed, from the first page."""
    changed = query.copy()
    changed.pop("page", None)
    changed.pop(name, None)
    if key:
        changed[name] = key
    return f"?{changed.urlencode()}"
