"""Reads numbers of spoiled files, and answers each with a line of JSON.

A process of its own, because fuzz_media tries out whether it can be made to die.
"""

import json
import sys
from dataclasses import asdict

from django.core.management import BaseCommand

from bench.fuzz import seeds
from bench.fuzz.judging import Judged, judge


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        made = seeds.make()
        for line in sys.stdin:
            number = int(line)
            seed = made[number % len(made)]
            try:
                judged = judge(seed, number)
            except Exception as error:  # a finding, not the end of the run
                judged = Judged(number, seed.name, log=repr(error))
            self.stdout.write(json.dumps(asdict(judged)))
            self.stdout.flush()
