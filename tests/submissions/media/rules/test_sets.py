"""How many files make a work (REQUIREMENTS B5, B6, B26)."""

import pytest

from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts, VideoFacts
from submissions.media.rules import check_set
from tests.submissions.media.categories import GRAPHIC, PHOTO, SHORT_VIDEO


def files(count):
    return [
        FileFacts(size_bytes=9, sha256=f"{number:064}", content_type=ContentType.JPEG)
        for number in range(count)
    ]


def found(facts, category):
    return [
        (finding.code.value, finding.severity.value, finding.measured, finding.limit)
        for finding in check_set(facts, category)
    ]


@pytest.mark.parametrize(
    ("count", "category", "expected"),
    [
        (0, GRAPHIC, [("SET-COUNT-FEW", "error", 0, 1)]),
        (1, GRAPHIC, []),
        (3, GRAPHIC, []),
        (4, GRAPHIC, [("SET-PAGES-MANY", "error", 4, 3)]),
        (1, PHOTO, []),
        (12, PHOTO, []),
        (13, PHOTO, [("SET-PHOTOS-MANY", "warning", 13, 12)]),
        (20, PHOTO, [("SET-PHOTOS-MANY", "warning", 20, 12)]),
        (21, PHOTO, [("SET-PHOTOS-MANY", "error", 21, 20)]),
        (2, SHORT_VIDEO, [("SET-COUNT-MANY", "error", 2, 1)]),
    ],
)
def test_the_number_of_files_is_held_to_the_category(count, category, expected):
    assert found(files(count), category) == expected


def test_the_same_file_twice_is_a_warning():
    [page, other] = files(2)

    assert found([page, page, other], GRAPHIC) == [("SET-FILES-SAME", "warning", 2, 1)]


def test_files_that_could_not_be_read_are_not_the_same_file():
    assert found([FileFacts(), FileFacts()], GRAPHIC) == []


def test_videos_that_are_too_long_together_are_left_to_a_person():
    film = VideoFacts(size_bytes=9, sha256="1" * 64, duration_s=100.0)
    other = film.with_(sha256="2" * 64)

    assert found([film, other], SHORT_VIDEO) == [
        ("SET-COUNT-MANY", "error", 2, 1),
        ("SET-DUR-LONG", "warning", 200.0, 180),
    ]
