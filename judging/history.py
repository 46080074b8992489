"""The history of a round in sentences, for its organisers and supervisors."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from judging.models import Round, RoundEvent
from judging.states import RoundAction

SENTENCES = {
    RoundAction.OPENED: _("Opened with %(works)s works."),
    RoundAction.TAKEN_IN: _("Late works taken in: %(works)s."),
    RoundAction.ASSIGNED: _("Asked to judge: %(judges)s (%(ballots)s ballots)."),
    RoundAction.RELEASED: _("Released from judging: %(judge)s."),
    RoundAction.STARTED: _("Judging began."),
    RoundAction.RECUSED: _("Stepped back from work %(number)s."),
    RoundAction.RECUSAL_UNDONE: _("Judges work %(number)s after all."),
    RoundAction.CLOSED: _("Scores closed; ballots missing: %(missing)s. %(ties)s"),
    RoundAction.SELECTED: _("Selected: %(numbers)s."),
    RoundAction.UNSELECTED: _("Selection taken back: %(numbers)s."),
    RoundAction.COUNT_SET: _("“%(award)s” is given %(count)s times."),
    RoundAction.AWARDED: _("“%(award)s” given: %(winner)s."),
    RoundAction.AWARD_TAKEN_BACK: _("“%(award)s” taken back: %(winner)s."),
    RoundAction.CONFIRMED: _("Selection confirmed: %(works)s works."),
    RoundAction.PUBLISHED: _("Results published."),
    RoundAction.DROPPED_OUT: _("Work %(number)s left the contest and the round."),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    why: str


def history(round: Round) -> list[Line]:
    """Every move and decision, newest first."""
    events = list(round.events.order_by("-pk"))
    names = _Names(round, events)
    return [
        Line(
            event.at,
            event.actor_label,
            SENTENCES[event.action] % names.in_sentence(event),
            event.reason,
        )
        for event in events
    ]


class _Names:
    """What the numbers kept in events are called today."""

    def __init__(self, round: Round, events: list[RoundEvent]):
        details = [event.detail for event in events]
        judges = {pk for each in details for pk in each.get("judges", [])}
        judges |= {each["judge"] for each in details if "judge" in each}
        bodies = {each.get("organisation") for each in details}
        self._people = {
            user.pk: user.label for user in User.objects.filter(pk__in=judges)
        }
        self._awards = dict(round.contest.award_kinds.values_list("key", "name"))
        self._bodies = dict(
            Organisation.objects.filter(pk__in=bodies).values_list("pk", "name")
        )
        self._groups = dict(round.contest.prize_groups.values_list("key", "name"))

    def in_sentence(self, event: RoundEvent) -> dict:
        detail = event.detail
        body = self._bodies.get(detail.get("organisation"), "")
        return detail | {
            "judges": "、".join(map(self._person, detail.get("judges", []))),
            "judge": self._person(detail.get("judge")),
            "numbers": "、".join(detail.get("numbers", [])),
            "award": self._awards.get(detail.get("award"), detail.get("award")),
            "winner": detail.get("number") or body or _("a person"),
            "ties": " ".join(map(self._tie, detail.get("ties", []))),
        }

    def _person(self, pk):
        return self._people.get(pk, f"#{pk}")

    def _tie(self, tie):
        return _("%(group)s: rank %(rank)s is shared by %(numbers)s.") % {
            "group": self._groups.get(tie["group"], tie["group"]),
            "rank": tie["rank"],
            "numbers": "、".join(tie["numbers"]),
        }
