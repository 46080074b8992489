"""`make faults`: sixteen cases, ROUNDS rounds each; fails when one round did.

CASES=worker plays those alone whose name has it.
"""

import os
import sys
import time

from django.core.management import BaseCommand

from bench.faults.playing import Play
from bench.portal import running

ROUNDS = 20


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        rounds = int(os.environ.get("ROUNDS") or ROUNDS)
        only = os.environ.get("CASES", "")
        began = time.monotonic()
        with running(dict(os.environ)) as portal:
            play = Play(portal, rounds, only=only)
            outcomes = [self._told(outcome) for outcome in play.cases()]
        good = sum(outcome.good == rounds for outcome in outcomes)
        seconds = time.monotonic() - began
        self.stdout.write(f"{good} of {len(outcomes)} cases in {seconds:.0f} s")
        if good < len(outcomes):
            sys.exit(1)

    def _told(self, outcome):
        self.stdout.write(f"{outcome.case:<36} {outcome.good:>3} / {outcome.rounds}")
        for fault in outcome.faults:
            self.stdout.write(f"    {fault}")
        self.stdout.flush()
        return outcome
