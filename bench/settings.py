"""The portal's own settings, with waits short enough to be watched.

What is measured or broken is the portal as it runs; only how long it waits differs.
"""

from contest_portal.settings import *
from contest_portal.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS += ["bench"]  # moves the contest's clock; brings its commands
DEMO_TODAY = None

INSPECTION_LEASE_SECONDS = 5
UPLOAD_SILENCE_SECONDS = 5
UPLOAD_OVERTAKEN_AFTER_SECONDS = 3
UPLOAD_SWEPT_AFTER_SECONDS = 3
UPLOAD_FREE_DISK_MB = 0  # a disk may really fill
UPLOADS_PER_PERSON = 100_000
UPLOADS_AT_ONCE_PER_PERSON = 1000  # one person plays many
UPLOAD_PERSON_MB = UPLOAD_STAGING_MB = 10_000_000

CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": 1.0}
    for name, entry in CELERY_BEAT_SCHEDULE.items()
    if name in {"resume stuck inspections", "sweep uploads"}
} | {name: each for name, each in CELERY_BEAT_SCHEDULE.items() if "lives" in name}
