"""manage.py loadorganisations CSV [--contest KEY]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.organisations import (
    OrganisationsRefused,
    load_organisations,
    read_organisations,
)
from contests.models import Contest


class Command(BaseCommand):
    help = "Stores the tree of organisations of a contest from a CSV file."

    def add_arguments(self, parser):
        parser.add_argument("csv", type=Path, metavar="CSV")
        parser.add_argument("--contest", metavar="KEY", help="else the current one")

    def handle(self, *, csv, contest, **options):
        if not csv.is_file():
            raise CommandError(f"There is no file {csv}.")
        found = self._contest(contest)
        try:
            changes = load_organisations(contest=found, rows=read_organisations(csv))
        except OrganisationsRefused as refusal:
            raise CommandError(f"{csv}:\n{refusal.message}") from refusal
        self._tell(found, changes)

    def _contest(self, key):
        found = (
            Contest.objects.filter(key=key).first()
            if key
            else Contest.objects.current()
        )
        if found is None:
            missing = f"contest {key}" if key else "contest yet; run loadrulebook first"
            raise CommandError(f"There is no {missing}.")
        return found

    def _tell(self, contest, changes):
        self.stdout.write(
            f"{contest.key}: {len(changes.added)} added, "
            f"{len(changes.changed)} changed, {changes.unchanged} unchanged."
        )
        for word, keys in (
            ("added", changes.added),
            ("changed", changes.changed),
            ("kept, though not in the file", changes.only_stored),
        ):
            if keys:
                self.stdout.write(f"  {word}: {', '.join(keys)}")
