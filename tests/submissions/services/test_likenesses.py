"""What two works have to do with each other is decided before either passes."""

import pytest

from accounts.models import AuditEntry
from submissions.likenesses import standings_of
from submissions.models import LikenessRuling
from submissions.services import likenesses, screening
from submissions.services.likenesses import LikenessRefused
from submissions.states import Decision, LikenessKind, LikenessVerdict, State
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_handed_in,
    make_likeness,
    make_media_file,
    make_reviewer,
)

pytestmark = pytest.mark.django_db

TOLD = "The same hill, from another window."


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def works(contest):
    return make_handed_in(contest), make_handed_in(contest)


@pytest.fixture
def reviewer(contest):
    return make_reviewer(contest)


def rule(work, other, by, verdict=LikenessVerdict.CHANCE):
    return likenesses.rule(
        submission=work,
        other_id=other.pk,
        by=by,
        at=COLLECTING,
        verdict=verdict,
        reason=TOLD,
    )


def let_pass(work, by):
    return screening.decide(
        submission=work,
        by=by,
        at=COLLECTING,
        turn=screening.turn_of(work),
        decision=Decision.PASS,
        checks=[check.key for check in screening.checks_for(work)],
    )


def test_a_work_that_is_like_another_does_not_pass_before_somebody_decides(
    works, reviewer
):
    make_likeness(*works, bits=10)

    with pytest.raises(LikenessRefused) as refused:
        let_pass(works[0], reviewer)

    assert refused.value.code == "likeness_open"
    rule(*works, reviewer)
    assert let_pass(works[0], reviewer).decision == Decision.PASS


def test_the_very_same_file_has_to_be_decided_on_too(works, reviewer):
    sha256 = works[0].media_files.get().sha256
    works[1].media_files.update(sha256=sha256)

    with pytest.raises(LikenessRefused):
        let_pass(works[0], reviewer)
    rule(*works, reviewer, LikenessVerdict.ALLOWED)

    assert let_pass(works[0], reviewer).decision == Decision.PASS


def test_the_same_music_alone_asks_for_no_decision(works, reviewer):
    make_likeness(*works, kind=LikenessKind.SOUND, seconds=9, pieces=[])

    assert let_pass(works[0], reviewer).decision == Decision.PASS


def test_what_was_taken_cannot_pass_and_its_source_can(works, reviewer):
    copy, source = works
    make_likeness(copy, source, bits=10)
    rule(copy, source, reviewer, LikenessVerdict.TAKEN)

    with pytest.raises(LikenessRefused) as refused:
        let_pass(copy, reviewer)

    assert refused.value.code == "likeness_taken"
    assert let_pass(source, reviewer).decision == Decision.PASS


def test_the_last_ruling_counts_from_either_side(works, reviewer, contest):
    make_likeness(*works, bits=10)
    rule(*works, reviewer, LikenessVerdict.TAKEN)
    rule(works[1], works[0], make_reviewer(contest), LikenessVerdict.ALLOWED)

    (standing,) = standings_of(works[0])

    assert [each.verdict for each in standing.rulings] == [
        LikenessVerdict.TAKEN,
        LikenessVerdict.ALLOWED,
    ]
    assert let_pass(works[0], reviewer).decision == Decision.PASS


def test_what_is_found_after_a_ruling_has_to_be_decided_on(works, reviewer):
    make_likeness(*works, bits=10)
    rule(*works, reviewer)
    more = make_media_file(works[1], content=b"another picture")
    works[0].media_files.get().likenesses.create(
        other_file=more,
        kind=LikenessKind.PICTURE,
        score=0.9,
        detail={"bits": 25},
        found_at=COLLECTING,
    )

    assert [each.is_open for each in standings_of(works[0])] == [True]


def test_one_s_own_work_that_is_out_may_be_entered_again(works, reviewer):
    old, new = works
    old.author, old.state = new.author, State.WITHDRAWN
    old.save(update_fields=["author", "state"])
    make_likeness(new, old, bits=0)

    assert [each.is_open for each in standings_of(new)] == [False]


def test_another_s_work_that_is_out_still_counts(works):
    works[1].state = State.REJECTED
    works[1].save(update_fields=["state"])
    make_likeness(*works, bits=0)

    assert [each.is_open for each in standings_of(works[0])] == [True]


def test_a_ruling_says_who_why_and_stands_in_the_audit_log(works, reviewer):
    make_likeness(*works, bits=10)

    ruling = rule(*works, reviewer)

    assert (ruling.reason, ruling.ruled_by, ruling.ruled_at) == (
        TOLD,
        reviewer,
        COLLECTING,
    )
    entry = AuditEntry.objects.get(action="submission.likeness")
    assert (entry.actor_id, entry.detail) == (
        reviewer.pk,
        {"other": works[1].pk, "verdict": "chance"},
    )


def test_works_that_are_not_alike_are_not_ruled_on(works, reviewer):
    with pytest.raises(LikenessRefused) as refused:
        rule(*works, reviewer)

    assert refused.value.code == "not_alike"
    assert not LikenessRuling.objects.exists()


def test_nobody_rules_on_own_works_or_in_another_contest(works):
    make_likeness(*works, bits=10)

    for stranger in (works[0].author, make_reviewer(make_contest())):
        with pytest.raises(LikenessRefused):
            rule(*works, stranger)
