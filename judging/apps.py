from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JudgingConfig(AppConfig):
    name = "judging"
    verbose_name = _("Judging")

    def ready(self):
        import_module("judging.receivers")
        import_module("judging.personal_data")
