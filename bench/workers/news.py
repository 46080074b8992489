"""How long people who wait for a job hear nothing new of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from submissions.models import Conversion, Inspection
from submissions.states import ConversionState, InspectionState

RUNNING = {
    Inspection: InspectionState.RUNNING,
    Conversion: ConversionState.RUNNING,
}


@dataclass
class Heard:
    """What a job has told, from when it was begun."""

    told_at: datetime
    share: float = 0.0
    first_s: float | None = None
    longest_s: float = 0.0

    def hear(self, share: float, at: datetime) -> None:
        if share == self.share:
            return
        silence_s = (at - self.told_at).total_seconds()
        if self.first_s is None:
            self.first_s = silence_s
        self.longest_s = max(self.longest_s, silence_s)
        self.share, self.told_at = share, at

    def end(self, at: datetime) -> None:
        self.hear(1.0, at)


class News:
    """Listens to all jobs while they run."""

    def __init__(self):
        self._running: dict[tuple, Heard] = {}
        self.ended: list[tuple[type, Heard]] = []

    def listen(self) -> None:
        at = timezone.now()
        now_running = set()
        for model, pk, begun_at, share in _running():
            now_running.add((model, pk))
            heard = self._running.setdefault((model, pk), Heard(begun_at))
            heard.hear(share, at)
        for key in set(self._running) - now_running:
            heard = self._running.pop(key)
            heard.end(at)
            self.ended.append((key[0], heard))

    def longest(self, model: type) -> tuple[float, float] | None:
        """Seconds to the first news, and from one to the next: the worst of all jobs of
        this kind that told something on their way."""
        told = [
            heard
            for of, heard in self.ended
            if of is model and heard.first_s is not None
        ]
        if not told:
            return None
        return max(each.first_s for each in told), max(each.longest_s for each in told)


def _running() -> Iterator[tuple]:
    for model, state in RUNNING.items():
        rows = model.objects.filter(state=state, started_at__isnull=False)
        for row in rows.values_list("pk", "started_at", "share_done"):
            yield model, *row
