from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = _("Works")

    def ready(self):
        import_module("submissions.wording")
        import_module("submissions.personal_data")
