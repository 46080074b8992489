"""`make bench-rush`: N people finish and hand in, the deadline SECONDS away."""

import os
import statistics
import sys

from django.core.management import BaseCommand

from bench.portal import running
from bench.rush.people import Kind, Mishap
from bench.rush.playing import Rush, problems
from bench.tables import machine, table

N, LARGEST = 200, 500
SECONDS = 60


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        count = min(int(os.environ.get("N") or N), LARGEST)
        seconds = float(os.environ.get("SECONDS") or SECONDS)
        with running(dict(os.environ)) as portal:
            rush = Rush(portal, count=count, seconds=seconds)
            people = rush.prepare()
            self.stdout.write(f"{machine()}\n\n")
            told = rush.run(people)
            wrong = list(problems(rush, people, told))
            self._say(people, told, wrong, seconds)
        if wrong:
            sys.exit(1)

    def _say(self, people, told, wrong, seconds):
        submits = [each for one in told for each in one.submit_s]
        stored = [one.stored_s for one in told if one.stored_s]
        kinds = [each.kind for each in people]
        rows = [
            [f"people, {seconds:.0f} s before the deadline", len(people)],
            *([kind.value, kinds.count(kind)] for kind in Kind),
            ["lines dropped", _count(people, Mishap.DROP)],
            ["pieces sent twice", _count(people, Mishap.TWICE)],
            ["handed in twice at once", sum(each.hands_in_twice for each in people)],
            ["asked to come back later", sum(each.waited for each in told)],
            ["lost, doubled or wrongly refused", len(wrong)],
            ["submit, p50", f"{_share(submits, 50):.2f} s"],
            ["submit, p99", f"{_share(submits, 99):.2f} s"],
            ["last byte until stored, p50", f"{_share(stored, 50):.2f} s"],
            ["last byte until stored, p99", f"{_share(stored, 99):.2f} s"],
        ]
        self.stdout.write(table(["rush", "figure"], rows))
        for each in wrong:
            self.stdout.write(each)
        self.stdout.flush()


def _count(people, mishap):
    return sum(each.mishap == mishap for each in people)


def _share(values, percent):
    if len(values) < 2:
        return sum(values)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
