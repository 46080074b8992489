"""A film examined as the tests of whole examinations do it."""

from submissions.media.examine import examine
from tests.submissions.media.categories import SHORT_VIDEO


def look(path, **options):
    return examine(path, category=SHORT_VIDEO, **options)
