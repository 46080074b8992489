"""What /metrics says of the work queue, beside what the web processes count.

Read when the collector asks: from the database what waits and runs, from the cache what
has ended on any machine, from the broker how many messages lie there.
"""

from collections.abc import Iterator

from django.conf import settings
from kombu import Connection
from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import generate_latest

from contest_portal import signs_of_life
from submissions.media.jobs import figures


def of_the_queues() -> bytes:
    """Figures of inspections and queues, as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(WorkQueues())
    return generate_latest(registry)


class WorkQueues:
    def collect(self) -> Iterator[Metric]:
        yield from _waiting()
        yield from _ended()
        yield _messages()
        yield _alive()

    def describe(self) -> list[Metric]:
        """Nothing is read before somebody asks."""
        return []


def _waiting():
    queued = _gauge("inspections_queued", "Files that wait for their inspection")
    running = _gauge("inspections_running", "Files that are being inspected")
    oldest = _gauge(
        "inspections_oldest_waiting_seconds", "The longest wait of a queued file"
    )
    for queue, found in figures.waiting().items():
        queued.add_metric([queue], found.queued)
        running.add_metric([queue], found.running)
        oldest.add_metric([queue], found.oldest_s)
    errored = GaugeMetricFamily(
        "portal_inspections_errored",
        "Files that could not be inspected and wait for staff",
        value=figures.errored_count(),
    )
    return [queued, running, oldest, errored]


def _ended():
    lasted = HistogramMetricFamily(
        "portal_inspection_seconds", "How long inspections took", labels=["queue"]
    )
    verdicts = CounterMetricFamily(
        "portal_inspections_ended",
        "Inspections that have ended, by verdict",
        labels=["queue", "verdict"],
    )
    for queue, found in figures.ended().items():
        buckets = [(_bound(bound), count) for bound, count in found.within.items()]
        lasted.add_metric([queue], buckets, found.total_s)
        for verdict, count in found.verdicts.items():
            verdicts.add_metric([queue, verdict], count)
    return [lasted, verdicts]


def _bound(bound):
    return "+Inf" if bound == "inf" else str(float(bound))


def _messages():
    found = _gauge("queue_messages", "Messages in the broker that no worker has taken")
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=3) as broker:
        for queue in signs_of_life.QUEUES:
            declared = broker.default_channel.queue_declare(queue)
            found.add_metric([queue], declared.message_count)
    return found


def _alive():
    found = _gauge("queue_served", "Whether a worker showed a sign of life lately")
    silent = signs_of_life.silent(signs_of_life.QUEUES)
    for queue in signs_of_life.QUEUES:
        found.add_metric([queue], queue not in silent)
    return found


def _gauge(name, documentation):
    return GaugeMetricFamily(f"portal_{name}", documentation, labels=["queue"])
