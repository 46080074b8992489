"""A portal's archive of works, for searching in: a database of its own, soon gone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from PIL import Image

from contest_portal.embedded import services
from submissions.media import similar
from submissions.media.fingerprints.prints import Prints
from submissions.models import MediaFile
from tests.factories.submissions import make_contest, make_handed_in


@contextmanager
def database() -> Iterator[None]:
    servers = services.servers(settings.VAR_DIR, broker=False, throw_away=True)
    try:
        for server in servers:
            server.start()
        call_command("migrate", verbosity=0)
        yield
    finally:
        for server in servers:
            server.stop()


class Archive:
    """Works kept as inspections keep them; searched as inspections search."""

    def __init__(self):
        self.contest = make_contest()
        self.asking = make_handed_in(self.contest).media_files.get()
        self.pictures: dict[int, Image.Image] = {}
        self.kept: set[int] = set()

    def keep(self, prints: Prints) -> int:
        media_file = make_handed_in(self.contest).media_files.get()
        similar.keep(media_file, prints)
        if prints.small is not None:
            self.pictures[media_file.pk] = prints.small
        self.kept.add(media_file.pk)
        return media_file.pk

    def find(self, prints: Prints) -> set[int]:
        found = similar.find(self.asking, prints, open_picture=self._open)
        return {each.media_file_id for each in found}

    def _open(self, media_file: MediaFile):
        return self.pictures.get(media_file.pk)
