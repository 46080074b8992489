"""Brings the database up to the code and the rule book, then to the demonstration.

Run as a process of its own (`python -m contest_portal.embedded.prepare`) before the
portal starts; every step may run again and changes nothing that is there already.
"""

import os
import sys

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from contest_portal import env


def prepare() -> None:
    """Details of what is loaded go to the log, the demonstration to the terminal."""
    refuse_what_checks_refuse()
    call_command("migrate", verbosity=0)
    if settings.IN_PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    folder = env.default_rulebook()
    call_command("loadrulebook", folder, stdout=sys.stderr)
    organisations = folder / "organisations.csv"
    if organisations.is_file():
        call_command("loadorganisations", organisations, stdout=sys.stderr)
    if env.demo_data():
        call_command("createdemo")


def refuse_what_checks_refuse() -> None:
    """gunicorn and Celery run no system checks, so the start does."""
    wrong = [message.msg for message in run_checks() if message.is_serious()]
    if wrong:
        raise CommandError(" ".join(map(str, wrong)))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest_portal.settings")
    django.setup()
    try:
        prepare()
    except CommandError as refusal:
        sys.exit(str(refusal))
