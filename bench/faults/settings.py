"""Waits short enough to be watched; everything else is the portal as it runs."""

from bench.settings import *
from bench.settings import CELERY_BEAT_SCHEDULE

INSPECTION_LEASE_SECONDS = 5
UPLOAD_SILENCE_SECONDS = 5
UPLOAD_OVERTAKEN_AFTER_SECONDS = 3
UPLOAD_SWEPT_AFTER_SECONDS = 3

CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": 1.0}
    for name, entry in CELERY_BEAT_SCHEDULE.items()
    if name in {"resume stuck inspections", "sweep uploads"}
} | {name: each for name, each in CELERY_BEAT_SCHEDULE.items() if "lives" in name}
