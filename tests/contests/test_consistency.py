"""Contradictions between the parts of a rule book."""

import copy
import datetime as dt

import pytest
from pydantic import ValidationError

from contests.rulebook import RuleBook, SummaryTable
from contests.rulebook.consistency import contradictions
from tests.factories.contests import miniature_rulebook, shipped_rulebook

NODE = {"key": "eve", "name": "前夜", "days_before_opening": 1}
DISTRICT = {
    "key": "east",
    "name": "东街",
    "kind": "district",
    "month": 4,
    "activity_count": 1,
}


def selection(key, first, last):
    return {
        "key": key,
        "name": key,
        "kind": "selection",
        "starts_on": first,
        "ends_on": last,
        "works_from": first,
        "works_until": last,
        "display": "…",
    }


@pytest.fixture
def document():
    """The miniature book as plain data, to be spoiled."""
    return copy.deepcopy(miniature_rulebook().model_dump(mode="python"))


def faults(document):
    return list(contradictions(RuleBook.model_validate(document)))


@pytest.mark.parametrize("book", [miniature_rulebook, shipped_rulebook])
def test_the_books_of_this_repository_are_free_of_contradictions(book):
    assert list(contradictions(book())) == []


@pytest.mark.parametrize("name", ["units", "tracks", "categories", "declarations"])
def test_a_key_used_twice_is_told_once(document, name):
    key = document[name][0]["key"]
    document[name] += [document[name][0]] * 2

    assert (f"{name}[{key}].key", "this key is used twice") in faults(document)


def test_a_cell_of_an_unknown_unit_or_track_is_told(document):
    document["prize_groups"][0]["cells"].append(("soup", "guests"))

    assert faults(document) == [
        ("prize_groups[all].cells", 'there is no unit "soup"'),
        ("prize_groups[all].cells", 'there is no track "guests"'),
    ]


def test_a_cell_in_two_groups_is_told(document):
    document["prize_groups"].append(
        {"key": "extra", "name": "另一组", "cells": [("noodles", "cooks")]}
    )

    assert faults(document) == [
        ("prize_groups[extra].cells", "[noodles, cooks] already belongs to all")
    ]


def test_works_that_no_group_judges_are_told(document):
    document["prize_groups"][0]["cells"] = [("noodles", "cooks")]

    assert faults(document) == [
        ("prize_groups", "no group judges works of [noodles, neighbours]")
    ]


def test_an_award_of_an_unknown_stage_is_told(document):
    document["award_kinds"][0]["stage"] = "finale"

    assert faults(document) == [
        ("award_kinds[bowl].stage", 'there is no stage "finale"')
    ]


def test_an_award_of_the_collection_is_told(document):
    document["award_kinds"][0]["stage"] = "open"

    assert faults(document) == [
        ("award_kinds[bowl].stage", '"open" is neither a selection nor a final')
    ]


def test_a_stage_outside_the_contest_is_told(document):
    document["stages"][1]["ends_on"] = dt.date(2031, 7, 1)

    assert faults(document) == [
        (
            "stages[vote]",
            "2031-06-01 to 2031-07-01 lies outside the contest, "
            "2031-03-01 to 2031-06-30",
        )
    ]


def test_a_contest_without_a_collection_is_told(document):
    del document["stages"][0]

    assert faults(document) == [
        ("stages", "there are 0 stages of kind collection; exactly one can be")
    ]


def test_two_finals_are_told(document):
    document["stages"].append(document["stages"][1] | {"key": "again"})

    assert faults(document) == [
        ("stages", "there are 2 stages of kind final; at most one can be")
    ]


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        (
            [((3, 1), (4, 10)), ((4, 10), (5, 31))],
            (
                "stages[w2].works_from",
                "2031-04-10 already belongs to the selection before",
            ),
        ),
        (
            [((3, 1), (4, 9)), ((4, 11), (5, 31))],
            ("stages[w2].works_from", "works of 2031-04-10 belong to no selection"),
        ),
        (
            [((3, 2), (5, 31))],
            ("stages[w1].works_from", "works of 2031-03-01 belong to no selection"),
        ),
        (
            [((3, 1), (5, 30))],
            ("stages[w1].works_until", "works of 2031-05-31 belong to no selection"),
        ),
        (
            [((3, 1), (6, 1))],
            ("stages[w1].works_until", "2031-06-01 lies after the collection ends"),
        ),
    ],
)
def test_selections_take_every_day_of_the_collection_once(document, windows, told):
    for number, (first, last) in enumerate(windows, start=1):
        stage = selection(f"w{number}", dt.date(2031, *first), dt.date(2031, *last))
        document["stages"].append(stage)

    assert faults(document) == [told]


def test_a_selection_before_the_collection_is_told(document):
    document["contest"]["starts_on"] = dt.date(2031, 2, 1)
    document["stages"].append(
        selection("early", dt.date(2031, 2, 28), dt.date(2031, 5, 31))
    )

    assert faults(document) == [
        ("stages[early].works_from", "2031-02-28 lies before the collection begins")
    ]


def test_a_node_outside_the_contest_is_told(document):
    document["publication"] = {
        "anchor_name": "开张",
        "opening_on": dt.date(2031, 3, 1),
        "rule": None,
        "nodes": [NODE],
    }

    assert faults(document) == [
        ("publication.nodes[eve]", "2031-02-28 lies outside the contest")
    ]


def test_districts_without_their_rules_are_told(document):
    document["districts"] = [DISTRICT]

    assert faults(document) == [("districts", "districts need the part [outreach]")]


def test_rules_without_districts_are_told(document):
    document["outreach"] = shipped_outreach()

    assert faults(document) == [
        ("outreach", "there are no [[districts]] it could concern")
    ]


def test_a_month_and_a_due_day_outside_the_contest_are_told(document):
    document["outreach"] = shipped_outreach() | {"due_on": dt.date(2031, 7, 1)}
    document["districts"] = [DISTRICT | {"month": 7}]

    assert faults(document) == [
        ("districts[east].month", "2031-07 is outside the contest"),
        ("outreach.due_on", "2031-07-01 lies outside the contest"),
    ]


def shipped_outreach():
    found = shipped_rulebook().outreach.model_dump(mode="python")
    rules = {name: None for name in found if name.endswith("_rule")}
    return found | rules | {"year": 2031, "due_on": dt.date(2031, 3, 15)}


def test_a_declaration_for_nobody_is_told(document):
    document["declarations"][0] |= {
        "categories": ["poem"],
        "tracks": ["guests"],
        "page": "terms",
    }

    assert faults(document) == [
        ("declarations[mine].categories", 'there is no "poem"'),
        ("declarations[mine].tracks", 'there is no "guests"'),
        ("declarations[mine].page", "texts/terms.md does not exist"),
    ]


def test_a_check_for_nobody_or_of_no_rule_is_told(document):
    document["review_checks"] = [
        {"key": "look", "text": "看过", "rule": "99", "categories": ["poem"]}
    ]

    assert faults(document) == [
        ("review_checks[look].categories", 'there is no "poem"'),
        ("review_checks[look].rule", "no [[clauses]] entry quotes rule 99"),
    ]


def test_a_genre_that_is_not_on_the_list_is_told(document):
    document["categories"][0]["genres"] = ["悬疑"]

    assert faults(document) == [("categories[clip].genres", '"悬疑" is no genre')]


def test_a_rule_that_nothing_quotes_is_told(document):
    document["stages"][1]["rule"] = "99"

    assert faults(document) == [
        ("stages[vote].rule", "no [[clauses]] entry quotes rule 99")
    ]


def test_a_clause_that_is_not_in_the_texts_is_told(document):
    document["categories"][1]["limits"]["count"]["clause"] = "对照照片为 jpg，9 张。"

    assert faults(document) == [
        (
            "categories[pair].limits.count.clause",
            "this sentence stands in none of the texts; quote it exactly",
        )
    ]


def test_a_clause_may_differ_in_spaces_and_width_of_marks(document):
    limits = document["categories"][1]["limits"]
    limits["count"]["clause"] = "对照照片为jpg,2至4张。"

    assert faults(document) == []


def test_a_clause_of_the_portal_need_not_be_in_the_texts(document):
    limits = document["categories"][1]["limits"]
    limits["count"] |= {"clause": "本平台设定：2 至 4 张。", "source": "portal"}

    assert faults(document) == []


def spoiled(document, **parts):
    return faults(document | parts)


def test_fields_and_papers_for_nobody_are_told(document):
    asked = {"key": "genre", "categories": ["poem"]}
    paper = {"key": "music", "label": "Licence", "tracks": ["guests"], "rule": "999"}

    assert spoiled(document, fields=[asked], proofs=[paper]) == [
        ("fields[genre].categories", 'there is no "poem"'),
        ("proofs[music].tracks", 'there is no "guests"'),
        ("proofs[music].rule", "no [[clauses]] entry quotes rule 999"),
    ]


def test_a_field_without_its_list_and_a_list_without_its_field_are_told(document):
    tag = {"key": "cook", "name": "掌勺人"}

    assert spoiled(document, fields=[{"key": "tags"}], author_roles=["掌镜"]) == [
        ("author_roles", 'nobody is asked: there is no field "author_roles"'),
        ("fields[tags]", "there are no [[entrant_tags]] to choose from"),
    ]
    assert spoiled(document, entrant_tags=[tag]) == [
        ("entrant_tags", 'nobody is asked: there is no field "tags"')
    ]


def test_a_summary_of_pictures_is_told(document):
    asked = {"key": "text_summary", "categories": ["pair"]}

    assert spoiled(document, fields=[asked]) == [
        ("fields[text_summary].categories", "pair is no video")
    ]


def test_questions_about_minors_need_the_guardian_and_it_needs_them(document):
    guardian = {
        "proof": "consent",
        "statement": "statement",
        "form": "form",
        "explanation": "…",
    }
    age = {"key": "author_age"}

    assert spoiled(document, fields=[age]) == [
        ("fields[author_age]", "it needs the part [guardian]")
    ]
    assert spoiled(document, guardian=guardian) == [
        ("guardian", 'neither "author_age" nor "shows_children" is asked'),
        ("guardian.proof", 'there is no proof "consent"'),
        ("guardian.form", "texts/form.md does not exist"),
        ("guardian.statement", '"statement" is no declaration of a guardian'),
    ]


def test_every_row_of_the_summary_table_finds_its_track_and_category(document):
    table = {
        "title": "推荐汇总表",
        "source": "portal",
        "organisation_label": "推荐单位",
        "contact_label": "联系人",
        "phone_label": "电话",
        "columns": [
            {"label": "题目", "holds": "title"},
            {"label": "作者", "holds": "authors"},
        ],
    }

    without = spoiled(document, summary_table=table)
    unknown = spoiled(
        document, summary_table=table | {"track": "tea", "category": "tea"}
    )
    not_quoted = spoiled(document, summary_table=table | {"source": "notice"})

    assert without == [
        ("summary_table.columns", "no column says the track, nor does track"),
        ("summary_table.columns", "no column says the category, nor does category"),
    ]
    assert unknown == [
        ("summary_table.track", 'there is no track "tea"'),
        ("summary_table.category", 'there is no category "tea"'),
    ]
    assert ("summary_table.title", QUOTE) in not_quoted


QUOTE = "this sentence stands in none of the texts; quote it exactly"


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        (["title", "title"], "two columns hold title"),
        (["authors", "phone"], "one of the columns must hold the title"),
    ],
)
def test_the_columns_of_the_summary_table_mean_different_things(columns, reason):
    with pytest.raises(ValidationError, match=reason):
        SummaryTable(
            title="推荐汇总表",
            organisation_label="推荐单位",
            contact_label="联系人",
            phone_label="电话",
            columns=[
                {"label": f"第 {number} 列", "holds": holds}
                for number, holds in enumerate(columns, start=1)
            ],
        )


def test_a_licence_names_a_declaration_and_a_text_there_is(document):
    document["licence"] = {
        "declaration": "tea",
        "basis": "…",
        "winner_form": {"name": "…", "text": "tea", "version": 1, "rule": "99"},
    }

    assert set(faults(document)) == {
        ("licence.declaration", 'there is no declaration "tea"'),
        ("licence.winner_form.text", "texts/tea.md does not exist"),
        ("licence.winner_form.rule", "no [[clauses]] entry quotes rule 99"),
    }
