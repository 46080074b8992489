"""The second shipped rule book says what its notice says."""

import datetime as dt
import re

import pytest
from django.core.management import call_command

from accounts.organisations import load_organisations, read_organisations
from contests.models import Contest
from contests.queries import portal_rules
from contests.rulebook import find_rulebook, load_rulebook
from tests.factories.contests import make_wenzhou_contest

FOLDER = find_rulebook("wenzhou-2024")


@pytest.fixture(scope="module")
def book():
    return load_rulebook(FOLDER)


def test_it_loads_with_the_command_alone(db):
    call_command("loadrulebook", "wenzhou-2024", verbosity=0)

    assert Contest.objects.get().rulebook.contest.document_number == (
        "温委网办发〔2024〕6 号"
    )


def test_a_work_is_one_to_six_addresses(book):
    [category] = book.categories
    links = category.limits.links

    assert (links.min, links.max, links.site) == (1, 6, "抖音")
    assert not category.limits.takes_files


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://v.douyin.com/iRNBho6u/", True),
        ("https://www.douyin.com/video/7301234567890123456/", True),
        ("https://www.douyin.com/user/MS4wLjABAAAA/", False),
        ("https://www.iesdouyin.com/share/video/7301234567890123456/", False),
        ("https://douyin.com.example.org/video/7301234567890123456/", False),
    ],
)
def test_only_addresses_of_the_two_shapes_are_taken(book, address, is_taken):
    assert book.categories[0].limits.links.takes(address) is is_taken


def test_figures_of_the_notice_are_not_said_to_be_the_portals(book):
    sentences = [sentence for _name, lines in portal_rules(book) for sentence in lines]

    assert (book.defaults.story_max_length, book.defaults.max_authors) == (200, 5)
    assert book.clause("65").text == "作品介绍 200 字以内"
    assert book.clause("69").text == "集体创作作者不超过 5 人。"
    assert len(sentences) == 1  # the length of a title


def test_sixty_eight_works_win(book):
    counts = [kind.count for kind in book.award_kinds if kind.subject == "submission"]

    assert (counts, sum(counts)) == ([3, 6, 9, 50], 68)


def test_four_dimensions_weigh_the_same(book):
    assert [each.name for each in book.scoring.criteria] == [
        "策划创意",
        "主题吻合度",
        "制作难度",
        "传播效果",
    ]
    assert {each.weight for each in book.scoring.criteria} == {25}


def test_the_collection_ends_on_a_wednesday_in_september(book):
    assert (book.collection.starts_on, book.collection.ends_on) == (
        dt.date(2024, 4, 3),
        dt.date(2024, 9, 25),
    )


def test_authors_keep_their_copyright(book):
    promotion = book.declaration("promotion")

    assert "版权和著作权由作者享有" in promotion.text
    assert promotion.rules == ["81", "82", "83"]


def test_duties_are_those_of_the_notice(book):
    assert [
        (duty.key, duty.count, duty.due_on, duty.rule, duty.unit)
        for duty in book.duties
    ] == [
        ("media", 5, dt.date(2024, 9, 25), "93", None),
        ("departments", 10, dt.date(2024, 9, 25), "94", None),
        ("new-employment", 3, dt.date(2024, 6, 30), "27", "new-employment"),
    ]


def test_whoever_owes_something_is_among_the_organisations(db, book):
    contest = make_wenzhou_contest()
    rows = read_organisations(FOLDER / "organisations.csv")
    load_organisations(contest=contest, rows=rows)

    kinds = dict(contest.organisations.values_list("key", "kind"))
    for duty in book.duties:
        owing = duty.organisations or [
            key for key, kind in kinds.items() if kind == duty.organisation_kind
        ]
        assert len(owing) >= 12
        assert {kinds[key] for key in owing} == {duty.organisation_kind}


def test_no_contact_of_the_notice_is_in_the_book():
    files = [*FOLDER.glob("texts/*.md"), FOLDER / "rulebook.toml"]
    texts = "".join(file.read_text("utf-8") for file in files)

    assert not re.search(r"@|1[3-9]\d{9}", texts)
    assert re.findall(r"0577[-\d ]+", texts) == ["0577-0000 0000"]
