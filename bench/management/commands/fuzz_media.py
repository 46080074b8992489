"""`make fuzz-media N=20000`: spoiled files, each of which must be judged in order.

A run that was ended goes on where it was; `REPLAY=number` does one file again.
"""

import json
import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from bench.fuzz import running, seeds
from bench.tables import machine, table
from contest_portal.env import BASE_DIR

COUNT = 20_000
TELL_EVERY_S = 30


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        made = seeds.make()
        folder = Path(os.environ.get("FOLDER") or BASE_DIR / "var" / "fuzz-media")
        folder = folder / seeds.digest(made)
        folder.mkdir(parents=True, exist_ok=True)
        self.stdout.write(f"{machine()}\n{len(made)} seeds, {folder}\n")
        if os.environ.get("REPLAY"):
            self._replay(int(os.environ["REPLAY"]), made, folder)
        else:
            self._all(made, folder)

    def _all(self, made, folder):
        first = int(os.environ.get("FIRST") or 0)
        count = int(os.environ.get("N") or COUNT)
        at_once = int(os.environ.get("PROCESSES") or 2)
        ledger = folder / "judged.jsonl"
        done = _read(ledger)
        left = [n for n in range(first, first + count) if n not in done]
        self._run(left, done, ledger, at_once=at_once)
        self._sum_up([done[n] for n in range(first, first + count)], made, folder)

    def _run(self, left, done, ledger, *, at_once):
        told_at = began = time.monotonic()
        with (
            tempfile.TemporaryDirectory(prefix="fuzz-") as scratch,
            ledger.open("a", encoding="utf-8") as lines,
        ):
            found_all = running.run(left, at_once=at_once, folder=Path(scratch))
            for count, found in enumerate(found_all, 1):
                done[found["number"]] = found
                lines.write(json.dumps(found) + "\n")
                lines.flush()
                if fault := running.fault_of(found):
                    self.stdout.write(f"{found['number']}: {fault}")
                if time.monotonic() - told_at > TELL_EVERY_S:
                    told_at = time.monotonic()
                    rate = count / (told_at - began)
                    self.stdout.write(f"{count} of {len(left)}, {rate:.1f} a second")
                self.stdout.flush()

    def _sum_up(self, judged, made, folder):
        verdicts = Counter(found["verdict"] for found in judged)
        codes = Counter(code for found in judged for code in found["codes"])
        faults = [found for found in judged if running.fault_of(found)]
        slowest = max((found.get("seconds", 0) for found in judged), default=0)
        largest = max((found.get("peak_mb", 0) for found in judged), default=0)
        self.stdout.write(table(["verdict", "files"], sorted(verdicts.items())))
        self.stdout.write(table(["finding", "files"], codes.most_common()))
        self.stdout.write(f"slowest {slowest} s, largest process {largest} MB")
        for found in faults:
            path = running.keep(found["number"], made=made, folder=folder)
            self.stdout.write(f"{path}: {running.fault_of(found)}")
        if faults:
            raise CommandError(f"{len(faults)} of {len(judged)} were not in order.")
        self.stdout.write(f"All {len(judged)} were judged in good order.")

    def _replay(self, number, made, folder):
        path = running.keep(number, made=made, folder=folder)
        with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
            (found,) = running.run([number], at_once=1, folder=Path(scratch))
        log = found.pop("log")
        self.stdout.write(f"{path}\n{json.dumps(found, indent=1)}\n{log}")


def _read(ledger):
    """What was judged so far, by number; a line cut off by the end of a run is lost."""
    found = {}
    if ledger.exists():
        for line in ledger.read_text(encoding="utf-8").splitlines():
            if line.endswith("}"):
                judged = json.loads(line)
                found[judged["number"]] = judged
    return found
