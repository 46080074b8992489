import pytest

from submissions.models import Likeness
from submissions.overviews.similar import pairs_of
from submissions.states import LikenessKind, State
from tests.factories.submissions import COLLECTING, make_contest, make_handed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def works():
    contest = make_contest()
    return make_handed_in(contest), make_handed_in(contest, state=State.ACCEPTED)


def make_likeness(work, other, kind=LikenessKind.PICTURE, score=0.914, **detail):
    return Likeness.objects.create(
        media_file=work.media_files.get(),
        other_file=other.media_files.get(),
        kind=kind,
        score=score,
        detail=detail,
        found_at=COLLECTING,
    )


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        (LikenessKind.PICTURE, {"bits": 22}, "Like picture, 91 % the same"),
        (
            LikenessKind.FILM,
            {"seconds": 12, "pieces": [{"starts_s": 3, "other_starts_s": 65}]},
            "12 seconds of like scenes: from 0:03 here, from 1:05 there",
        ),
        (
            LikenessKind.SOUND,
            {"pieces": [{"starts_s": 0.0, "other_starts_s": 5.1}]},
            "Like sound: from 0:00 here, from 0:05 there",
        ),
    ],
)
def test_what_is_alike_is_told_with_its_moments(works, kind, detail, words):
    make_likeness(*works, kind, **detail)

    assert [(pair.work, pair.likeness) for pair in pairs_of(works[0])] == [
        (works[1], words)
    ]


def test_a_stranger_s_draft_is_shown_to_nobody(works):
    make_likeness(*works, bits=10)
    works[1].state = State.DRAFT
    works[1].save(update_fields=["state"])

    assert pairs_of(works[0]) == []


def test_the_very_same_file_is_told_once(works):
    make_likeness(*works, bits=0)
    sha256 = works[0].media_files.get().sha256
    works[1].media_files.update(sha256=sha256)

    assert [pair.likeness for pair in pairs_of(works[0])] == ["The very same file"]


def test_works_of_another_contest_are_shown_only_when_everybody_may_see_them(works):
    own, public = works[0], make_handed_in(make_contest(), state=State.ACCEPTED)
    same, like = make_handed_in(make_contest()), make_handed_in(make_contest())
    same.media_files.update(sha256=own.media_files.get().sha256)
    for other in (public, same, like):
        make_likeness(own, other, bits=10)

    found = {pair.work for pair in pairs_of(own)}

    assert found == {public}
