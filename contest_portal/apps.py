from django.apps import AppConfig

from contest_portal import checks


class ContestPortalConfig(AppConfig):
    name = "contest_portal"

    def ready(self):
        checks.register_all()
