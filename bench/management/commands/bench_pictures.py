"""`make bench-pictures`: cost in raw decodes, damage seen, memory."""

import os
import tempfile
from pathlib import Path

from django.core.management import BaseCommand

from bench.pictures import damage, made, memory, ratios
from bench.tables import head, machine, row, table

ROUNDS = 25
REFUSED = "no, refused by its header"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        """FOLDER names intact pictures of one's own, for false alarms."""
        rounds = int(os.environ.get("ROUNDS") or ROUNDS)
        own = os.environ.get("FOLDER", "")
        self._tell(f"{machine()}\n\n")
        with tempfile.TemporaryDirectory(prefix="bench-pictures-") as name:
            folder = Path(name)
            photographs = made.photographs(folder)
            self._tell_costs(photographs, folder, rounds)
            self._tell_damage(photographs)
            intact = list(Path(own).rglob("*.jp*g")) if own else []
            self._tell_alarms([*photographs.values(), *intact])
            self._tell_memory(folder)

    def _tell(self, text):
        """At once, so that what comes after it can not take it along."""
        self.stdout.write(text)
        self.stdout.flush()

    def _tell_costs(self, photographs, folder, rounds):
        heads = ["in raw decodes", *(" ".join(name) for name in photographs)]
        bits = [f"{_bits(path):.1f}" for path in photographs.values()]
        self._tell(f"{head(heads)}\n{row(['bits a pixel', *bits])}\n")
        paths, is_first = list(photographs.values()), True
        for costs in ratios.by_what(paths, folder=folder, rounds=rounds):
            if is_first:
                raw = (f"{cost.raw_ms:.0f} ms" for cost in costs)
                self._tell(row(["one raw decode", *raw]) + "\n")
                is_first = False
            found = (f"{cost.ratio:.2f}" for cost in costs)
            self._tell(row([costs[0].what, *found]) + "\n")
        self._tell("\n")

    def _tell_damage(self, photographs):
        heads = ["damage seen", *(" ".join(name) for name in photographs)]
        self._tell(head(heads) + "\n")
        for what in made.SPOILED:
            seen = (damage.seen_in(path, what) for path in photographs.values())
            self._tell(row([what, *("{} / {}".format(*each) for each in seen)]) + "\n")
        self._tell("\n")

    def _tell_alarms(self, intact):
        looked_at, alarms = damage.false_alarms(intact)
        self._tell(f"{looked_at} intact pictures, {len(alarms)} false alarms")
        for path in alarms:
            self._tell(f"  {path}")
        self._tell("")

    def _tell_memory(self, folder):
        rows = [
            [
                each.what,
                f"{each.file_mb:.1f}",
                f"{each.resident_mb:.0f}",
                each.failure or ("yes" if each.is_decoded else REFUSED),
            ]
            for each in memory.weights(folder)
        ]
        heads = ["picture", "file, MB", "resident, MB", "decoded"]
        self._tell(table(heads, rows) + "\n")


def _bits(path: Path) -> float:
    facts = damage.facts_of(path)
    return 8 * path.stat().st_size / (facts.width_px * facts.height_px)
