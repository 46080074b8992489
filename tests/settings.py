"""Settings of the test run: the portal's own, on servers of the test run's own."""

import os

from contest_portal.settings import *
from contest_portal.settings import CACHES, MIDDLEWARE, STORAGES, VAR_DIR, env

# Each xdist worker has a database of its own by pytest-django; its cache, its queue
# and its media folder are told apart here.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "master")
_number = int(_worker.removeprefix("gw")) + 1 if _worker != "master" else 0

CACHES["default"]["LOCATION"] = (
    f"unix://{env.socket_dir()}/valkey.sock?db={2 * _number}"
)
CELERY_BROKER_URL = (
    f"redis+socket://{env.socket_dir()}/valkey.sock?virtual_host={2 * _number + 1}"
)
MEDIA_ROOT = VAR_DIR / f"media-{_worker}"
UPLOAD_STAGING_DIR = VAR_DIR / f"staging-{_worker}"
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")  # finders serve them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Tasks run where they are sent, after `django_capture_on_commit_callbacks`.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
