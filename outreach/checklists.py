"""The remarks on a table as a list to tick off: what is there, what is still to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from outreach.remarks import Code, Remark

ABOUT_COUNT = {Code.TOO_FEW_STATIONS, Code.TOO_MANY_STATIONS}
ABOUT_SCAN = {Code.SCAN_MISSING, Code.SCAN_OUTDATED}


@dataclass(frozen=True)
class Item:
    """One line for components/rule_item.html."""

    title: str
    state: str
    text: str


@dataclass(frozen=True)
class Checklist:
    items: list[Item]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def passed(self) -> int:
        """What no longer keeps the table back."""
        return sum(item.state != "waiting" for item in self.items)

    @property
    def is_complete(self) -> bool:
        return self.passed == self.total


def checklist(remarks: list[Remark], *, stations: int) -> Checklist:
    """Number of stations, each station, the head line, the stamped copy."""
    whole = [remark for remark in remarks if not remark.station]
    count = [remark for remark in whole if remark.code in ABOUT_COUNT]
    scan = [remark for remark in whole if remark.code in ABOUT_SCAN]
    head = [remark for remark in whole if remark not in count and remark not in scan]
    rows = [
        _item(
            _("Station %(number)d") % {"number": number},
            [remark for remark in remarks if remark.station == number],
        )
        for number in range(1, stations + 1)
    ]
    return Checklist(
        [
            _item(_("How many stations"), count),
            *rows,
            _item(_("Head line and promise"), head),
            _item(_("Stamped copy"), scan),
        ]
    )


def _item(title, remarks):
    text = " ".join(str(remark.message) for remark in remarks)
    if any(remark.is_error for remark in remarks):
        return Item(title, "waiting", text)
    return Item(title, "advice" if remarks else "passed", text)
