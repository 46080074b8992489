"""Plays every case so often, and tells how often all went well."""

import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from django.db import connection

from bench.entrants import new_entrant, open_contest, waiting_draft
from bench.faults import disks
from bench.faults.cases import GENTLE, ROUGH
from bench.faults.checks import check, leftovers
from bench.faults.rounds import Round
from bench.portal import HOST, Portal
from bench.proxy import Proxy
from bench.waiting import Fault, require, until

AT_ONCE = 3
TRIES_TO_HIT = 20


@dataclass
class Outcome:
    """What became of the rounds of one case."""

    case: str
    rounds: int
    faults: list[str] = field(default_factory=list)

    @property
    def good(self) -> int:
        return max(self.rounds - len(self.faults), 0)


class Play:
    def __init__(self, portal: Portal, rounds: int, *, only: str = ""):
        self._portal = portal
        self._rounds = rounds
        self._only = only
        self._contest = open_contest()
        self._entrant = new_entrant()

    def cases(self) -> Iterator[Outcome]:
        for name, case in self._chosen(GENTLE):
            with ThreadPoolExecutor(AT_ONCE) as pool:
                yield self._judged(name, pool.map(_round_of(self, case), self._numbers))
        for name, case in self._chosen(ROUGH):
            with _surroundings(name) as extra:
                play = _round_of(self, case, extra)
                yield self._judged(name, map(play, self._numbers))

    def _chosen(self, cases):
        return [(name, case) for name, case in cases.items() if self._only in name]

    @property
    def _numbers(self):
        return range(1, self._rounds + 1)

    def _judged(self, name, told):
        outcome = Outcome(name, self._rounds, [fault for fault in told if fault])
        try:
            until(lambda: not leftovers(), what="orphans to go", seconds=10)
        except Fault:
            outcome.faults.append(f"left over: {', '.join(leftovers())}")
        return outcome

    def play(self, case: Callable, number: int, extra: dict) -> None:
        """One round; one that missed its moment is played anew."""
        for _try in range(TRIES_TO_HIT):
            with closing(Proxy((HOST, self._portal.port))) as proxy:
                played = Round(
                    number,
                    self._portal,
                    self._contest,
                    self._entrant,
                    waiting_draft(self._contest, self._entrant),
                    proxy,
                    extra=extra,
                )
                case(played)
                check(played)
            if played.extra.get("hit", True):
                return
        require(False, "the moment was missed again and again")


def _round_of(play, case, extra=None):
    """A function of the round's number that tells its fault, or None."""

    def run(number):
        try:
            play.play(case, number, dict(extra or {}))
        except Fault as fault:
            return f"round {number}: {fault}"
        except Exception:
            return f"round {number}: {traceback.format_exc()}"
        finally:
            connection.close()
        return None

    return run


@contextmanager
def _surroundings(name):
    if name != "disk full":
        yield {}
        return
    with disks.fillable() as disk:
        yield {"disk": disk}
