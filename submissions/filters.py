"""The filters of works: unit, track and category."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from contests.filters import ChipRow, chip_row
from contests.rulebook import RuleBook


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
