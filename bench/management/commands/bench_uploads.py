"""`make bench-uploads`: throughput and cost beside other servers, memory, the curve.

SIZES are megabytes of the curve, SIZE of the comparison, PAIRS its rounds.
"""

import os
import shutil

from django.conf import settings
from django.core.management import BaseCommand

from bench.entrants import new_entrant, open_contest
from bench.portal import running
from bench.tables import machine, table
from bench.uploads import measuring, targets
from bench.uploads.measuring import median, ratio

MEGABYTE = 1_000_000
SIZES = "10,100,1000,4000"
SIZE, PAIRS = 500, 5
PIECE = 64 * targets.MIB  # as the portal's own pages send
AT_ONCE, SIZE_AT_ONCE = (1, 16, 64), 24
THREADS = 72


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        environment = dict(os.environ) | {"WEB_THREADS": str(THREADS)}
        with (
            running(
                environment, without=("quick", "storing", "slow", "scheduler")
            ) as portal,
            targets.plain_copy(THREADS) as plain,
            targets.other_tus_server() as other,
        ):
            contest, entrant = open_contest(), new_entrant()
            whole = targets.ours(portal, contest, entrant)
            self.stdout.write(f"{machine()}\n")
            self._compare(plain, [each for each in (whole, other) if each])
            self._memory(whole)
            self._curve(plain, whole)

    def _compare(self, copying, servers):
        size = _number("SIZE", SIZE)
        pieces = [targets.in_pieces(each, PIECE) for each in servers]
        costs = measuring.interleaved(
            [copying, *servers, *pieces],
            size=size * MEGABYTE,
            pairs=_number("PAIRS", PAIRS),
        )
        plain = costs[copying.name]
        rows = [
            [
                name,
                f"{1000 / median(each, 'seconds'):.0f}",
                f"{ratio(plain, each, 'seconds'):.2f}",
                f"{median(each, 'cpu_seconds'):.2f}",
                f"{ratio(each, plain, 'cpu_seconds'):.2f}",
            ]
            for name, each in costs.items()
        ]
        self._say(
            f"{size} MB, {len(plain)} rounds, medians",
            ["server", "MB/s", "of plain copy", "CPU s/GB", "× plain copy"],
            rows,
        )
        if len(servers) == 1:
            self.stdout.write("Skipped: neither tusd nor the Node tus server is here.")

    def _memory(self, ours):
        size = SIZE_AT_ONCE * MEGABYTE
        rows = [
            [count, f"{measuring.peak_at(ours, at_once=count, size=size):.0f}"]
            for count in AT_ONCE
        ]
        self._say(
            "Peak memory of a web process", ["uploads at once", "MB resident"], rows
        )

    def _curve(self, copying, ours):
        rows = []
        for megabytes in map(int, (os.environ.get("SIZES") or SIZES).split(",")):
            size = megabytes * MEGABYTE
            if shutil.disk_usage(settings.VAR_DIR).free < 2 * size:
                self.stdout.write(f"Left out: {megabytes} MB do not fit on this disk.")
                continue
            plain, cost = (measuring.cost_of(each, size) for each in (copying, ours))
            rows.append(
                [
                    f"{megabytes} MB",
                    f"{1000 / cost.seconds:.0f}",
                    f"{1000 / plain.seconds:.0f}",
                    f"{cost.cpu_seconds:.2f}",
                    f"{plain.cpu_seconds:.2f}",
                    f"{cost.peak_mb:.0f}",
                    f"{measuring.cost_of_storing(ours, size):.2f}",
                ]
            )
        heads = [
            *("file", "MB/s", "plain copy", "CPU s/GB", "plain copy"),
            *("peak MB", "storing, CPU s/GB"),
        ]
        self._say("Cost against size", heads, rows)

    def _say(self, title, heads, rows):
        self.stdout.write(f"\n{title}\n\n{table(heads, rows)}")
        self.stdout.flush()


def _number(name, default):
    return int(os.environ.get(name) or default)
