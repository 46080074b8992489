"""Publishing a rule book."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contests import clock
from contests.models import PrizeGroupCell, RuleBookVersion, Unit
from contests.services import StillNeeded, publish_rulebook
from submissions.models import Submission
from tests.contests.books import edited, with_soup
from tests.factories.accounts import CitizenFactory
from tests.factories.contests import miniature_rulebook, publish, shipped_rulebook

pytestmark = pytest.mark.django_db

NOON = clock.start_of(dt.date(2031, 3, 2))


def cells(contest):
    found = PrizeGroupCell.objects.filter(prize_group__contest=contest)
    return {
        (cell.prize_group.key, cell.unit.key, cell.track.key)
        for cell in found.select_related("prize_group", "unit", "track")
    }


def test_every_part_of_the_book_becomes_a_row():
    book = shipped_rulebook()

    contest = publish(book)

    for name in ("units", "tracks", "categories", "stages", "districts"):
        rows = getattr(contest, name).values_list("key", "name")
        assert list(rows) == [(part.key, part.name) for part in getattr(book, name)]
    awards = contest.award_kinds.values_list("key", "subject", "stage__key", "count")
    assert list(awards) == [
        (award.key, award.subject, award.stage, award.count)
        for award in book.award_kinds
    ]
    assert cells(contest) == {
        (group.key, *cell) for group in book.prize_groups for cell in group.cells
    }
    weights = contest.criteria.values_list("key", "weight")
    assert list(weights) == [(c.key, c.weight) for c in book.scoring.criteria]
    assert {picture.name for picture in contest.pictures.all()} == set(book.pictures)


def test_publishing_the_same_book_again_changes_nothing():
    publish(miniature_rulebook())

    report = publish_rulebook(miniature_rulebook(), at=NOON)

    assert report.is_empty
    assert RuleBookVersion.objects.count() == 1


def test_a_change_is_reported_with_the_fields_and_keeps_both_versions():
    contest = publish(miniature_rulebook())

    def longer(document):
        document["stages"][1]["ends_on"] = dt.date(2031, 6, 29)
        document["contest"]["title_short"] = "面"

    book = edited(longer)
    report = publish_rulebook(book, at=NOON)

    assert (report.created, report.removed) == ([], [])
    assert report.changed == [
        "contest (title_short “一碗面”影像展 → 面)",
        "stage vote (ends_on 2031-06-30 → 2031-06-29)",
    ]
    contest.refresh_from_db()
    assert contest.current_version.digest == book.digest
    assert [version.rulebook for version in contest.versions.all()] == [
        miniature_rulebook(),
        book,
    ]


def test_a_text_alone_makes_a_new_version():
    contest = publish(miniature_rulebook())

    def reworded(document):
        document["texts"]["rights"] = "# 作品归谁\n\n归大家。"

    report = publish_rulebook(edited(reworded), at=NOON)

    assert (report.is_new_version, report.changed) == (True, [])
    assert contest.versions.count() == 2


def test_going_back_to_an_earlier_book_uses_its_version_again():
    contest = publish(miniature_rulebook())
    publish_rulebook(edited(with_soup), at=NOON)

    report = publish_rulebook(miniature_rulebook(), at=NOON)

    assert not report.is_new_version
    assert report.removed == ["prize group soups", "unit soup"]
    contest.refresh_from_db()
    assert contest.current_version.digest == miniature_rulebook().digest


def test_a_cell_moves_from_one_prize_group_to_another():
    contest = publish(edited(with_soup))

    def moved(document):
        with_soup(document)
        groups = document["prize_groups"]
        groups[0]["cells"].remove(("soup", "neighbours"))
        groups[1]["cells"].append(("soup", "neighbours"))

    publish_rulebook(edited(moved), at=NOON)

    assert cells(contest) == {
        ("all", "noodles", "neighbours"),
        ("all", "noodles", "cooks"),
        ("soups", "soup", "neighbours"),
        ("soups", "soup", "cooks"),
    }


def test_what_a_submission_depends_on_is_not_removed():
    contest = publish(edited(with_soup))
    Submission.objects.create(
        contest=contest,
        rulebook_version=contest.current_version,
        author=CitizenFactory(),
        unit=Unit.objects.get(key="soup"),
    )

    with pytest.raises(StillNeeded) as refusal:
        publish_rulebook(miniature_rulebook(), at=NOON)

    assert refusal.value.code == "still_needed"
    assert "soup" in refusal.value.message
    contest.refresh_from_db()
    assert contest.current_version.digest == edited(with_soup).digest
    assert contest.prize_groups.filter(key="soups").exists()


def test_only_tables_of_contests_are_written():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        publish(shipped_rulebook())

    written = {
        found[1]
        for query in queries
        if (
            found := re.match(
                r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', query["sql"]
            )
        )
    }
    assert {table.partition("_")[0] for table in written} == {"contests"}


def test_a_published_version_is_read_and_parsed_once(django_assert_num_queries):
    publish(miniature_rulebook())
    contest_class = type(publish(miniature_rulebook()))
    assert contest_class.objects.current().rulebook == miniature_rulebook()

    with django_assert_num_queries(1):
        book = contest_class.objects.current().rulebook

    assert book == miniature_rulebook()


def test_a_version_cites_its_clauses():
    contest = publish(miniature_rulebook())

    clause = contest.current_version.clause("6")

    assert (clause.rule, clause.text, clause.source) == (
        "6",
        "收件时间：3 月至 5 月。",
        "notice",
    )


def test_a_rule_that_the_book_does_not_quote_is_no_clause():
    contest = publish(miniature_rulebook())

    with pytest.raises(LookupError):
        contest.current_version.clause("99")
