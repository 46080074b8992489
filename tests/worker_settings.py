"""Settings of real workers that a test starts beside itself, on the test's own data.

They are the portal's own but for places, and for waits short enough to be watched.
"""

import json
import os

from contest_portal.settings import *
from contest_portal.settings import CACHES, CELERY_IMPORTS, DATABASES

_given = json.loads(os.environ["TEST_WORKERS"])

DATABASES["default"]["NAME"] = _given["database"]
CACHES["default"]["LOCATION"] = _given["cache"]
CELERY_BROKER_URL = _given["broker"]
MEDIA_ROOT = _given["media"]
STORAGES = _given["storages"]
DEMO_TODAY = None
CELERY_IMPORTS = [*CELERY_IMPORTS, "tests.poison"]
INSPECTION_LEASE_SECONDS = 3
CELERY_BEAT_SCHEDULE = {
    "resume": {
        "task": "submissions.tasks.resume_stuck_inspections",
        "schedule": 1.0,
    }
}
