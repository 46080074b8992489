from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self):
        import_module("accounts.checks")
        import_module("accounts.receivers")
        import_module("accounts.own_data")
