"""`make bench-duplicates`: recall, and strangers taken for copies."""

import os
import tempfile
from pathlib import Path

from django.core.management import BaseCommand

from bench.duplicates import recall
from bench.tables import machine, table

PICTURES, FILMS = 30, 4


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        pictures = int(os.environ.get("PICTURES") or PICTURES)
        films = int(os.environ.get("FILMS") or FILMS)
        self.stdout.write(f"{machine()}\n\n")
        with tempfile.TemporaryDirectory(prefix="bench-duplicates-") as folder:
            tallies = [recall.of_pictures(pictures)]
            tallies += recall.of_films(films, Path(folder))
        rows = [
            [name, each.pairs, f"{each.recall:.3f}", each.strangers, each.false]
            for name, each in zip(["pictures", "scenes", "sound"], tallies, strict=True)
        ]
        heads = ["what", "edits", "recall", "strangers", "taken for copies"]
        self.stdout.write(table(heads, rows))
        for name, tally in zip(["pictures", "scenes", "sound"], tallies, strict=True):
            missed = {edit: n for edit, n in tally.missed.items() if n}
            self.stdout.write(f"missed among {name}: {missed or 'none'}")
        self.stdout.flush()
