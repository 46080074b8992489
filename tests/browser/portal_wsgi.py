"""The portal of a test for a gunicorn of its own: its database, folders and day."""

import datetime as dt
import json
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

given = json.loads(os.environ["PORTAL_OF_THE_TEST"])
settings.DATABASES["default"]["NAME"] = given["database"]
settings.DEMO_TODAY = dt.date.fromisoformat(given["today"])
for name, folder in given["folders"].items():
    setattr(settings, name, Path(folder))

application = StaticFilesHandler(get_wsgi_application())
