"""The steps of `make demo`, played on the portal that it started for them."""

import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand

from accounts.demonstration import refuse_in_production
from contest_portal.desk.rehearse import steps
from contest_portal.desk.rehearse.progress import Progress, say


class Command(BaseCommand):
    help = "Play the whole contest against a running, empty portal."

    def add_arguments(self, parser):
        parser.add_argument("address", help="of the running portal")
        parser.add_argument("results", type=Path, help="folder for what is made")
        parser.add_argument("--media", type=Path, help="folder of files to hand in")

    def handle(self, *args, address, results, media, **options):
        refuse_in_production()
        progress = Progress()
        with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
            try:
                steps.play(
                    progress,
                    address=address,
                    results=results,
                    brought=media,
                    folder=Path(folder),
                )
            finally:
                say(progress.summary())
        sys.exit(0 if progress.went_well() else 1)
