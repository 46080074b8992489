"""manage.py loadrulebook PATH [--dry-run]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from contests import clock
from contests.rulebook import RuleBookError, find_rulebook, load_rulebook
from contests.services import StillNeeded, publish_rulebook, store_pictures


class Command(BaseCommand):
    help = "Publishes a rule book: a folder with rulebook.toml, texts and pictures."

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            metavar="PATH",
            help="the folder, or the key of one in contests/rulebooks",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, change none"
        )

    def handle(self, *, path, dry_run, **options):
        folder = self._folder(path)
        try:
            book = load_rulebook(folder)
        except RuleBookError as error:
            raise CommandError(f"{folder} is not loaded:\n{error}") from error
        if not dry_run:
            store_pictures(book, folder=folder)
        try:
            with transaction.atomic():
                report = publish_rulebook(book, at=clock.now())
                transaction.set_rollback(dry_run)
        except StillNeeded as refusal:
            raise CommandError(f"{folder}: {refusal.message}") from refusal
        self._tell(report, dry_run)

    def _folder(self, path):
        found = find_rulebook(str(path))
        return found.parent if found.is_file() else Path(found)

    def _tell(self, report, dry_run):
        digest = report.version.digest[:12]
        if report.is_empty:
            self.stdout.write(f"{report.contest.key}: nothing to change ({digest}).")
            return
        what = "new version" if report.is_new_version else "known version"
        verb = "would be published" if dry_run else "published"
        self.stdout.write(f"{report.contest.key}: {what} {digest} {verb}.")
        for word in ("created", "changed", "removed"):
            for line in getattr(report, word):
                self.stdout.write(f"  {word}: {line}")
