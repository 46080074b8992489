"""The shipped rule book says what the notice says."""

import datetime as dt
import re
from collections import Counter

import pytest

from accounts.organisations import load_organisations, read_organisations
from contests.rulebook import default_rulebook
from tests.factories.contests import make_shipped_contest, shipped_rulebook


def day(month, number):
    return dt.date(2023, month, number)


def test_the_titles_keep_the_notice_s_quotes():
    about = shipped_rulebook().contest

    assert (about.title_short, about.theme, about.document_number) == (
        "2023 年度“志愿同行 ‘益’起亚运”影像大赛",
        "志愿同行 “益”起亚运",
        "杭文明办〔2023〕8 号",
    )
    assert about.title_full.startswith(about.title_short)


def test_the_parts_have_the_keys_that_others_rely_on():
    book = shipped_rulebook()

    keys = {
        name: [part.key for part in getattr(book, name)]
        for name in ("units", "tracks", "categories")
    }
    assert keys == {
        "units": ["venue", "city", "english", "civility"],
        "tracks": ["public", "professional", "university"],
        "categories": ["short_video", "long_video", "graphic", "photo"],
    }


def test_four_units_and_three_tracks_make_twelve_prize_groups():
    groups = shipped_rulebook().prize_groups

    assert [len(group.cells) for group in groups] == [1] * 12


def test_fourteen_districts_have_three_activities_each_by_month():
    districts = shipped_rulebook().districts

    assert Counter(district.month for district in districts) == {
        5: 3,
        6: 3,
        7: 3,
        8: 3,
        9: 2,
    }
    assert sum(district.activity_count for district in districts) == 42


def test_the_publication_nodes_fall_on_their_days():
    publication = shipped_rulebook().publication

    assert [publication.day_of(node) for node in publication.nodes] == [
        day(6, 15),
        day(8, 4),
        day(8, 24),
        day(9, 23),
        day(10, 8),
    ]


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("short_video", ["46", "47", "48", "49", "61"]),
        ("long_video", ["47", "48", "49", "51", "52", "61"]),
        ("graphic", ["54", "55", "56", "57", "57"]),
        ("photo", ["55", "58", "58", "59", "60"]),
    ],
)
def test_every_limit_has_its_rule_id(key, rules):
    limits = shipped_rulebook().category(key).limits

    found = sorted(rule for _name, limit in limits.each() for rule in limit.rules)

    assert found == rules


def test_the_upper_bound_of_long_videos_cites_its_own_rule_and_may_be_waived():
    duration = shipped_rulebook().category("long_video").limits.duration

    assert (duration.rule, duration.rule_of_max, duration.waiver) == ("51", "52", True)


def test_a_photograph_is_not_asked_about_editing():
    asked = {
        declaration.key
        for declaration in shipped_rulebook().declarations
        if declaration.moment == "submission"
        and declaration.concerns(category="photo", track="public")
    }

    assert asked == {
        "original",
        "pictures",
        "music",
        "fonts",
        "lawful",
        "liability",
        "unmodified",
        "portraits",
        "licence",
        "winning-rights",
    }


@pytest.mark.django_db
def test_every_district_has_its_office_and_its_practice_centre():
    contest = make_shipped_contest()

    rows = read_organisations(default_rulebook() / "organisations.csv")
    load_organisations(contest=contest, rows=rows)

    for kind in ("district", "practice_centre"):
        found = contest.organisations.filter(kind=kind)
        assert set(found.values_list("district__key", flat=True)) == {
            district.key for district in shipped_rulebook().districts
        }


def test_no_number_of_a_real_person_stands_in_the_folder():
    texts = [
        file.read_text("utf-8")
        for file in default_rulebook().rglob("*")
        if file.suffix in {".toml", ".md", ".csv"}
    ]

    numbers = re.findall(r"\b(?:1[3-9]\d{9}|0571-?\s?\d{4}\s?\d{4})\b", "".join(texts))

    assert set(numbers) <= {"0571-0000 0000"}
