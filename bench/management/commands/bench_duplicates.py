"""`make bench-duplicates`: recall, strangers taken for copies, and time of a search.

PICTURES, FILMS (also so many tracks) and ROWS, as 10000,100000,1000000; 0 leaves out.
"""

import os
import statistics
import tempfile
from pathlib import Path

from django.core.management import BaseCommand
from django.db import transaction

from bench.duplicates import archive, growth, recall
from bench.tables import machine, table

PICTURES, FILMS, ROWS = 90, 12, "10000,100000,1000000"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        pictures = int(os.environ.get("PICTURES") or PICTURES)
        films = int(os.environ.get("FILMS") or FILMS)
        counts = [int(count) for count in (os.environ.get("ROWS") or ROWS).split(",")]
        self.stdout.write(f"{machine()}\n\n")
        with archive.database(), tempfile.TemporaryDirectory() as folder:
            if pictures:
                self._say_found("pictures", _apart(recall.of_pictures, pictures))
            if films:
                path = Path(folder)
                self._say_found("scenes", _apart(recall.of_scenes, films, path))
                self._say_found("sound", _apart(recall.of_sound, films, path))
            self._say_growth([count for count in counts if count])

    def _say_found(self, what: str, tally: recall.Tally):
        heads = [what, "edits", "recall", "strangers", "taken for copies", "search"]
        median = statistics.median(tally.search_s) * 1000
        row = [
            "all",
            tally.asked.total(),
            f"{tally.recall:.3f}",
            tally.strangers,
            tally.taken.total(),
            f"{median:.0f} ms",
        ]
        self.stdout.write(table(heads, [row]))
        self.stdout.write(f"missed among {what}: {tally.missed or 'none'}")
        self.stdout.write(f"taken for copies: {dict(+tally.taken) or 'none'}\n\n")
        self.stdout.flush()

    def _say_growth(self, counts: list[int]):
        if not counts:
            return
        store, before = growth.Store(), {}
        heads = ["search", "stored", "server", "wall", "× a tenth", "found"]
        for count in counts:
            store.grow(count)
            rows = []
            for each in growth.measure(store):
                grown = each.server_ms / before.get(each.what, each.server_ms)
                before[each.what] = each.server_ms
                rows.append(
                    [
                        each.what,
                        f"{count:,}",
                        f"{each.server_ms:.1f} ms",
                        f"{each.wall_ms:.1f} ms",
                        f"{grown:.2f}",
                        f"{each.found:.3f}",
                    ]
                )
            self.stdout.write(table(heads, rows))
            sizes = ", ".join(f"{name} {size:.0f} MB" for name, size in growth.sizes())
            self.stdout.write(f"{sizes}\n\n")
            self.stdout.flush()


def _apart(measure, *arguments) -> recall.Tally:
    """What is measured in a transaction of its own leaves nothing to the next."""
    with transaction.atomic():
        tally = measure(*arguments)
        transaction.set_rollback(True)
    return tally
