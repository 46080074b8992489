"""In which queue a job waits, and which job of a queue is taken first.

Films have a queue and workers of their own, so however many long ones come, a
photograph waits only for photographs. Whatever people wait for at a page goes first.
"""

from submissions.media.facts import VideoFacts
from submissions.models import Inspection, MediaFile
from submissions.states import WorkQueue

# Redis takes low numbers first; 0 is what every other task has.
PRIORITY = {WorkQueue.QUICK: 9, WorkQueue.SLOW: 3}
CONVERSION_PRIORITY = 9  # verdicts go before copies
LABEL_PRIORITY = 0  # takes seconds, and a law asks for it
LARGEST_QUICK_BYTES = 200 * 1024 * 1024  # only reading it through takes long


WAY_OF_CONVERSIONS = {
    "queue": WorkQueue.SLOW.value,
    "priority": CONVERSION_PRIORITY,
}


def queue_for(media_file: MediaFile) -> WorkQueue:
    """Where a file's inspection waits: films, and what else takes long, are slow."""
    category = media_file.submission.category
    takes_films = category is not None and category.media == "video"
    if takes_films or media_file.size_bytes > LARGEST_QUICK_BYTES:
        return WorkQueue.SLOW
    return WorkQueue.QUICK


def way_of_labelling(media_file: MediaFile) -> dict:
    """Where copies get another label: those of pictures wait for no film."""
    queue = WorkQueue.SLOW if _is_film(media_file) else WorkQueue.QUICK
    return {"queue": queue.value, "priority": LABEL_PRIORITY}


def way_of_making_anew(media_file: MediaFile) -> dict:
    """Where copies are made for another label that cannot be written into them: for a
    picture that takes half a second, for a film as long as any conversion."""
    if _is_film(media_file):
        return WAY_OF_CONVERSIONS
    return {"queue": WorkQueue.QUICK.value, "priority": CONVERSION_PRIORITY}


def _is_film(media_file):
    return media_file.inspection.facts.get("kind") == VideoFacts.kind


def way_of(inspection: Inspection) -> dict:
    """What Celery is told, so that a message takes the inspection's way."""
    queue = WorkQueue(inspection.queue)
    return {"queue": queue.value, "priority": PRIORITY[queue]}
