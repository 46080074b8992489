from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from contests.calendar_seed import seed_calendar


class ContestsConfig(AppConfig):
    name = "contests"
    verbose_name = _("The contest")

    def ready(self):
        post_migrate.connect(seed_calendar, sender=self)
