"""How many inspections wait, run and have ended, and how long they took.

What waits and runs is counted where it stands, in the database. What has ended is
counted in the cache as it ends, by all workers on all machines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Min, Q
from django.utils import timezone

from submissions.models import Inspection
from submissions.states import JOBS_TO_DO, InspectionState, Verdict, WorkQueue

BUCKETS_S = (0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600)
_KEY = "figures:inspections"


@dataclass(frozen=True)
class Waiting:
    """What is to be done in one queue."""

    queued: int = 0
    running: int = 0
    oldest_s: float = 0.0  # the longest wait for a first try


def waiting() -> dict[WorkQueue, Waiting]:
    """Of every queue, also of an empty one."""
    now = timezone.now()
    is_queued = Q(state=InspectionState.QUEUED)
    rows = (
        Inspection.objects.filter(state__in=JOBS_TO_DO)
        .values_list("queue")
        .annotate(
            queued=Count("pk", filter=is_queued),
            running=Count("pk", filter=~is_queued),
            oldest=Min("queued_at", filter=is_queued),
        )
        .order_by()
    )
    found = {
        queue: Waiting(queued, running, _age_s(oldest, now))
        for queue, queued, running, oldest in rows
    }
    return {queue: found.get(queue, Waiting()) for queue in WorkQueue}


def _age_s(oldest: datetime | None, now: datetime) -> float:
    return max((now - oldest).total_seconds(), 0.0) if oldest else 0.0


def ahead_of(inspections: Iterable[Inspection]) -> dict[int, int]:
    """About how many files each queued one of these waits for; by one query, if any."""
    queued = [each for each in inspections if each.state == InspectionState.QUEUED]
    queued.sort(key=lambda each: each.queued_at)
    first = {each.queue: each.queued_at for each in reversed(queued)}
    if not queued:
        return {}
    is_before = Q()
    for queue, queued_at in first.items():
        is_before |= Q(queue=queue, queued_at__lt=queued_at)
    waiting = Inspection.objects.filter(is_before, state=InspectionState.QUEUED)
    counted = dict(waiting.values_list("queue").annotate(number=Count("pk")).order_by())
    ahead = {}
    for each in queued:
        ahead[each.pk] = counted.get(each.queue, 0)
        counted[each.queue] = ahead[each.pk] + 1
    return ahead


def errored_count() -> int:
    return Inspection.objects.filter(state=InspectionState.ERRORED).count()


def note_finished(inspection: Inspection) -> None:
    """Count an inspection that has ended, by its queue, verdict and length."""
    total_s = inspection.timings["total_s"]
    bucket = next((limit for limit in BUCKETS_S if total_s <= limit), "inf")
    _add(f"{inspection.queue}:within:{bucket}", 1)
    _add(f"{inspection.queue}:milliseconds", round(1000 * total_s))
    _add(f"{inspection.queue}:{inspection.verdict}", 1)


def _add(name: str, number: int) -> None:
    key = f"{_KEY}:{name}"
    cache.add(key, 0, timeout=None)
    cache.incr(key, number)


@dataclass(frozen=True)
class Ended:
    """What was counted in one queue since the cache was last emptied."""

    within: dict[str, int]  # how many took so long at most, by upper bound; cumulative
    total_s: float
    verdicts: dict[str, int]


def ended() -> dict[WorkQueue, Ended]:
    """Read at once, for all queues."""
    bounds = [*map(str, BUCKETS_S), "inf"]
    names = [*(f"within:{bound}" for bound in bounds), "milliseconds", *Verdict.values]
    keys = [f"{_KEY}:{queue}:{name}" for queue in WorkQueue.values for name in names]
    counted = cache.get_many(keys)

    def of(queue, name):
        return counted.get(f"{_KEY}:{queue}:{name}", 0)

    return {
        queue: Ended(
            within=_sums({bound: of(queue, f"within:{bound}") for bound in bounds}),
            total_s=of(queue, "milliseconds") / 1000,
            verdicts={verdict: of(queue, verdict) for verdict in Verdict.values},
        )
        for queue in WorkQueue
    }


def _sums(counts: dict[str, int]) -> dict[str, int]:
    so_far = 0
    return {bound: (so_far := so_far + count) for bound, count in counts.items()}
