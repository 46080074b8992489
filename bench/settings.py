"""The portal's own settings on a bench: a clock that moves, and no quota in the way."""

from contest_portal.settings import *
from contest_portal.settings import INSTALLED_APPS

INSTALLED_APPS += ["bench"]  # moves the contest's clock; brings its commands
DEMO_TODAY = None

UPLOAD_FREE_DISK_MB = 0  # a disk may really fill
UPLOADS_PER_PERSON = 100_000
UPLOADS_AT_ONCE_PER_PERSON = 1000  # one person plays many
UPLOAD_PERSON_MB = UPLOAD_STAGING_MB = 10_000_000
