"""Workers and the scheduler show that they live; /readyz looks at how long ago."""

import time

from celery import bootsteps
from django.core.cache import cache

SHOWN_EVERY_S = 10.0
MAX_AGE_S = 60
QUEUES = ("quick", "storing", "storing_large", "slow")
SCHEDULER = "scheduler"


def show(*names: str) -> None:
    """Note that each of these lives now."""
    now = time.time()
    cache.set_many({_key(name): now for name in names}, timeout=MAX_AGE_S)


def silent(names) -> list[str]:
    """Queues among these that no worker has served lately; the scheduler likewise."""
    heard = cache.get_many(map(_key, names))
    return [name for name in names if _key(name) not in heard]


def _key(name):
    return f"health:{name}"


class SignOfLife(bootsteps.StartStopStep):
    """Shown by a worker's main process for the queues it serves, while its jobs may
    take as long as they need; begun again with each new connection to the broker."""

    requires = {"celery.worker.consumer.tasks:Tasks"}

    def __init__(self, consumer, **options):
        super().__init__(consumer, **options)
        self._timer = None

    def start(self, consumer):
        queues = tuple(consumer.app.amqp.queues.consume_from)
        show(*queues)
        self._timer = consumer.timer.call_repeatedly(SHOWN_EVERY_S, show, queues)

    def stop(self, consumer):
        if self._timer is not None:
            self._timer.cancel()
