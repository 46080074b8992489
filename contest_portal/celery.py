"""The Celery application; tasks live in the apps."""

import logging.config
import os

from celery import Celery, signals
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from contest_portal.signs_of_life import SignOfLife

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest_portal.settings")

app = Celery("contest_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.steps["consumer"].add(SignOfLife)
app.autodiscover_tasks()


@signals.setup_logging.connect
def log_like_the_web_server(**kwargs):
    """Being connected keeps Celery from setting up loggers of its own."""
    logging.config.dictConfig(settings.LOGGING)


@signals.beat_init.connect
def show_first_sign_of_life(**kwargs):
    """/readyz need not wait until the periodic task is due."""
    app.send_task("contest_portal.tasks.beat_heart")
