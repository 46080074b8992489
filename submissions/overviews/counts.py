"""How many works, by unit, track, category, channel and district (rule 167)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contests.models import Contest
from submissions.models import Submission
from submissions.overviews.queue import NO_DISTRICT, narrowed, with_district
from submissions.states import State

FIELDS = {
    "unit": "unit__key",
    "track": "track__key",
    "category": "category__key",
    "channel": "channel",
    "district": "district_key",
}
DIMENSIONS = {
    "unit": gettext_lazy("Unit"),
    "track": gettext_lazy("Track"),
    "category": gettext_lazy("Category"),
    "channel": gettext_lazy("Way of handing in"),
    "district": gettext_lazy("District"),
}
HANDED_IN = [state for state in State if state != State.DRAFT]
SPLIT_AT_FIRST = ("unit", "track", "category")


@dataclass(frozen=True)
class Row:
    """Works that are alike in every dimension asked for."""

    names: list[str]
    numbers: list[int]  # the total, then one for each state


def handed_in(contest: Contest, wanted: Mapping[str, str]):
    """Works that were handed in at least once, under the filters of the address."""
    works = with_district(Submission.objects.filter(contest=contest))
    works = narrowed(works, wanted).exclude(state=State.DRAFT).exclude(number="")
    if wanted.get("state"):
        works = works.filter(state=wanted["state"])
    return works


class Counts:
    """Works handed in, split by some dimensions, in the rule book's order."""

    def __init__(self, contest: Contest, by: list[str], wanted: Mapping[str, str]):
        self.contest = contest
        self.by = [name for name in DIMENSIONS if name in by]
        self.wanted = wanted

    @property
    def titles(self) -> list[str]:
        return [str(DIMENSIONS[name]) for name in self.by]

    @property
    def number_titles(self) -> list[str]:
        return [_("Handed in"), *(str(state.label) for state in HANDED_IN)]

    @cached_property
    def rows(self) -> list[Row]:
        """One row for each combination that occurs; zeros are not listed."""
        fields = [FIELDS[name] for name in self.by]
        counted = (
            handed_in(self.contest, self.wanted)
            .order_by()
            .values_list(*fields)
            .annotate(
                number=Count("pk"),
                **{
                    f"in_{state}": Count("pk", filter=Q(state=state))
                    for state in HANDED_IN
                },
            )
        )
        split = len(fields)
        found = [(line[:split], list(line[split:])) for line in counted]
        return [
            Row(self._names(keys), numbers)
            for keys, numbers in sorted(found, key=lambda line: self._place(line[0]))
        ]

    @property
    def totals(self) -> list[int]:
        width = len(self.number_titles)
        columns = zip(*(row.numbers for row in self.rows), strict=True)
        return [sum(column) for column in columns] or [0] * width

    def _names(self, keys):
        return [
            self._names_of[name].get(key, key)
            for name, key in zip(self.by, keys, strict=True)
        ]

    def _place(self, keys):
        """Where the rule book puts this combination."""
        return [
            list(self._names_of[name]).index(key)
            if key in self._names_of[name]
            else len(self._names_of[name])
            for name, key in zip(self.by, keys, strict=True)
        ]

    @cached_property
    def _names_of(self) -> dict[str, dict[str, str]]:
        book = self.contest.rulebook
        return {
            "unit": {unit.key: unit.short_name for unit in book.units},
            "track": {track.key: track.name for track in book.tracks},
            "category": {each.key: each.name for each in book.categories},
            "channel": {
                str(value): str(label) for value, label in Submission.Channel.choices
            },
            "district": {
                **dict(self.contest.districts.values_list("key", "name")),
                NO_DISTRICT: "—",
            },
        }
