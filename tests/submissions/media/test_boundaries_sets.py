"""How many files make a work, and which go together: a row for each boundary."""

import pytest

from contests.rulebook import CountLimit, DurationLimit, FormatLimit
from submissions.media.examine import examine
from submissions.media.files import basic_facts, opened
from submissions.media.rules import check_set
from tests.submissions.media import makers
from tests.submissions.media.categories import (
    GRAPHIC,
    PHOTO,
    SHORT_VIDEO,
    category,
    limit,
)
from tests.submissions.media.edge_films import Films

CLIPS = category(
    "clips",
    "video",
    format=limit(FormatLimit, "63", container="mp4"),
    count=limit(CountLimit, "66", min=1, max=6),
    duration=limit(DurationLimit, "64", max_s=600),
)

SETS = [
    ("no page", "B5", GRAPHIC, [], [("SET-COUNT-FEW", "error")]),
    ("one page", "B5", GRAPHIC, range(1), []),
    ("three pages", "B5", GRAPHIC, range(3), []),
    ("a fourth page", "B5", GRAPHIC, range(4), [("SET-PAGES-MANY", "error")]),
    ("a page twice", "B10", GRAPHIC, [0, 0], [("SET-FILES-SAME", "warning")]),
    ("12 photographs", "B6", PHOTO, range(12), []),
    ("13 photographs", "B6", PHOTO, range(13), [("SET-PHOTOS-MANY", "warning")]),
    ("20 photographs", "B6", PHOTO, range(20), [("SET-PHOTOS-MANY", "warning")]),
    ("21 photographs", "B6", PHOTO, range(21), [("SET-PHOTOS-MANY", "error")]),
]


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    return Films(tmp_path_factory.mktemp("films"))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """The facts of small pictures, each another one."""
    folder = tmp_path_factory.mktemp("pictures")
    found = []
    for number in range(21):
        image = makers.photograph((16 + number, 16))
        with opened(makers.picture(folder / f"{number}.jpg", image)) as file:
            found.append(basic_facts(file))
    return found


@pytest.mark.parametrize(
    ("what", "rule", "of", "chosen", "expected"),
    SETS,
    ids=[f"{rule}: {what}" for what, rule, *_others in SETS],
)
def test_every_number_of_pictures_gets_its_codes(
    what, rule, of, chosen, expected, pictures
):
    files = [pictures[number] for number in chosen]

    found = [(each.code.value, each.severity.value) for each in check_set(files, of)]

    assert found == expected


@pytest.mark.parametrize(
    ("lengths", "of", "expected"),
    [
        ([600], CLIPS, []),
        ([299, 301], CLIPS, []),
        ([300, 301], CLIPS, [("SET-DUR-LONG", "warning")]),
        ([100] * 6, CLIPS, [("SET-FILES-SAME", "warning")]),
        (
            [100] * 7,
            CLIPS,
            [
                ("SET-COUNT-MANY", "error"),
                ("SET-FILES-SAME", "warning"),
                ("SET-DUR-LONG", "warning"),
            ],
        ),
        ([30, 31], SHORT_VIDEO, [("SET-COUNT-MANY", "error")]),
    ],
)
def test_every_set_of_films_gets_its_codes(lengths, of, expected, films):
    facts = [examine(films.lasting(each), category=of).facts for each in lengths]

    found = [(each.code.value, each.severity.value) for each in check_set(facts, of)]

    assert found == expected
