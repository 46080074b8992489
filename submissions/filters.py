"""Filters that live in the address: rows of chips, each a link."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from contests.rulebook import RuleBook


@dataclass(frozen=True)
class Chip:
    label: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class ChipRow:
    label: str
    chips: list[Chip]


def chip_rows(book: RuleBook, query: QueryDict) -> list[ChipRow]:
    """Unit, track and category; a row with a single choice says nothing."""
    rows = {
        "unit": (_("Unit"), [(unit.key, unit.short_name) for unit in book.units]),
        "track": (_("Track"), [(track.key, track.name) for track in book.tracks]),
        "category": (
            _("Category"),
            [(each.key, each.name) for each in book.categories],
        ),
    }
    return [
        chip_row(label, name, choices, query)
        for name, (label, choices) in rows.items()
        if len(choices) > 1
    ]


def chip_row(label, name, choices, query: QueryDict) -> ChipRow:
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
