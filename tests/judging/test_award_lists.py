import pytest

from contests.models import AwardKind
from judging import award_lists
from judging.award_lists import AwardList, Section, Winner, award_list
from judging.states import RoundState
from tests.factories.judging import (
    AFTER_AUTUMN,
    AFTER_SPRING,
    make_candidate,
    make_contest,
    make_organisation,
    make_round,
    make_submission,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

Subject = AwardKind.Subject


def make_winner(round, key, position, **work):
    candidate = make_candidate(round, submission=make_submission(round.contest, **work))
    kind = round.contest.award_kinds.get(key=key)
    round.awards.create(
        kind=kind, position=position, candidate=candidate, awarded_at=AFTER_AUTUMN
    )
    return candidate


def test_list_of_the_final_holds_each_award_with_its_winners():
    contest = make_contest()
    final = make_round(contest, stage="final", state=RoundState.CONFIRMED)
    body = make_organisation(contest, name="示例融媒体中心")
    kinds = {kind.key: kind for kind in contest.award_kinds.all()}
    make_winner(
        final,
        "first",
        1,
        title="晨光",
        authors=["王小荷", "李青"],
        organisation_name="示例社区",
    )
    final.awards.create(
        kind=kinds["organising"], position=1, organisation=body, awarded_at=AFTER_AUTUMN
    )
    final.awards.create(
        kind=kinds["merit"], position=1, person_name="赵禾", awarded_at=AFTER_AUTUMN
    )

    found = award_list(final)

    assert found == AwardList(
        title="Small town: winners of Annual final",
        sections=[
            Section(
                "First prize",
                Subject.SUBMISSION,
                [
                    Winner(
                        name="《晨光》",
                        authors="王小荷、李\u3000青",
                        organisation="示例社区",
                        unit="River",
                        track="Everybody",
                        basis="None: ask the author first",
                    )
                ],
            ),
            Section("Second prize", Subject.SUBMISSION, []),
            Section(
                "Prize for organising", Subject.ORGANISATION, [Winner("示例融媒体中心")]
            ),
            Section("Merit of a person", Subject.PERSON, [Winner("赵\u3000禾")]),
        ],
        signed_by=["示例主办单位"],
        published_at=None,
    )
    assert [section.heading for section in found.sections] == [
        "First prize (1 work)",
        "Second prize (not awarded)",
        "Prize for organising (1 body)",
        "Merit of a person (1 person)",
    ]


def test_award_that_is_given_no_time_is_left_out():
    final = make_round(make_contest(), stage="final")
    final.award_counts.exclude(kind__key="first").update(count=0)

    assert [section.name for section in award_list(final).sections] == ["First prize"]


def test_winners_of_an_award_stand_by_prize_group_then_as_given():
    final = make_round(make_contest(), stage="final")
    for position, (title, unit) in enumerate(
        [("a", "street"), ("b", "river"), ("c", "street"), ("d", "river")], start=1
    ):
        make_winner(final, "second", position, title=title, unit=unit)

    second = award_list(final).sections[1]

    assert [winner.name for winner in second.winners] == [
        "《b》",
        "《d》",
        "《a》",
        "《c》",
    ]


def test_list_of_a_selection_holds_the_selected_works_by_group_and_number():
    contest = make_contest()
    round = make_round(contest, state=RoundState.PUBLISHED, published_at=AFTER_SPRING)
    for title, unit, number in (
        ("a", "street", "S-1"),
        ("b", "river", "S-3"),
        ("c", "river", "S-2"),
    ):
        work = make_submission(contest, title=title, unit=unit, number=number)
        make_candidate(round, submission=work, selected_at=AFTER_SPRING)
    make_candidate(round)

    found = award_list(round)

    assert found.title == "Small town: works selected in Spring selection"
    assert found.published_at == AFTER_SPRING
    [section] = found.sections
    assert section.heading == "Chosen works (3 works)"
    assert [winner.name for winner in section.winners] == ["《c》", "《b》", "《a》"]


def test_selection_is_called_what_the_rule_book_calls_it():
    contest = make_contest()
    round = make_round(contest)
    kind = contest.award_kinds.get(key="second")
    round.award_counts.create(kind=kind, count=None)

    [section] = award_list(round).sections

    assert section.name == "Second prize"


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"organisation_name": "示例社区", "school": "示例大学"}, "示例社区"),
        ({"school": "示例大学"}, "示例大学"),
        ({}, ""),
    ],
)
def test_body_is_the_organisation_or_else_the_school(fields, body):
    work = make_submission(make_contest(), **fields)

    assert award_lists.body_of(work) == body


def test_body_of_the_tree_comes_before_one_typed_in():
    contest = make_contest()
    organisation = make_organisation(contest, name="示例街道")
    work = make_submission(
        contest, organisation=organisation, organisation_name="示例社区"
    )

    assert award_lists.body_of(work) == "示例街道"


def test_entrant_stands_for_authors_who_are_not_named():
    work = make_submission(make_contest(), authors=[], entrant_name="示例工作室")

    assert award_lists.authors_line(work) == "示例工作室"


@pytest.mark.parametrize(
    ("name", "as_printed"),
    [
        ("李青", "李\u3000青"),
        ("𠮷田", "𠮷\u3000田"),
        ("王小荷", "王小荷"),
        ("欧阳小荷", "欧阳小荷"),
        ("Al", "Al"),
        ("", ""),
    ],
)
def test_names_of_two_characters_are_spread(name, as_printed):
    assert award_lists.padded(name) == as_printed


@pytest.mark.parametrize("title", ["晨光", "《晨光》"])
def test_title_has_its_marks_once(title):
    assert award_lists.in_title_marks(title) == "《晨光》"
