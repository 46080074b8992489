import pytest

from submissions.models import Likeness, Submission
from submissions.overviews.similar import others_like
from submissions.queries import with_parts
from submissions.states import LikenessKind, State
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
    make_likeness,
    make_media_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MOMENTS = [{"starts_s": 3, "other_starts_s": 65, "seconds": 12}]


@pytest.fixture
def works():
    contest = make_contest()
    return make_handed_in(contest), make_handed_in(contest, state=State.ACCEPTED)


@pytest.mark.parametrize(
    ("kind", "score", "detail", "degree", "words"),
    [
        (
            LikenessKind.PICTURE,
            0.961,
            {"bits": 10},
            "Almost the same",
            "Like picture, 96 % the same",
        ),
        (
            LikenessKind.PICTURE,
            0.66,
            {"bits": 87, "corners": 20},
            "Somewhat alike",
            "Like picture, 66 % the same",
        ),
        (
            LikenessKind.FILM,
            0.1,
            {"seconds": 12, "pieces": MOMENTS},
            "Somewhat alike",
            "12 seconds of like scenes, 10 % of the shorter film: from 0:03 here, "
            "1:05 there",
        ),
        (
            LikenessKind.FILM,
            0.1,
            {"seconds": 30, "pieces": MOMENTS},
            "Very alike",
            "30 seconds of like scenes, 10 % of the shorter film: from 0:03 here, "
            "1:05 there",
        ),
        (
            LikenessKind.SOUND,
            0.88,
            {"seconds": 9.0, "pieces": MOMENTS},
            "Very alike",
            "Like sound, 88 % the same: from 0:03 here, 1:05 there",
        ),
    ],
)
def test_what_is_alike_is_told_with_its_degree_and_moments(
    works, kind, score, detail, degree, words
):
    make_likeness(*works, kind=kind, score=score, **detail)

    (found,) = others_like(works[0])

    assert [(found.work, pair.degree_words, pair.words) for pair in found.pairs] == [
        (works[1], degree, words)
    ]


def test_all_that_is_alike_in_two_works_stands_together(works):
    make_likeness(*works, bits=10)
    make_likeness(*works, kind=LikenessKind.SOUND, seconds=9, pieces=MOMENTS)

    (found,) = others_like(works[0])

    assert len(found.pairs) == 2


def test_both_sides_are_shown_at_the_first_moment(works):
    for work in works:
        film = work.media_files.get()
        film.derivatives.filter(kind="view").update(content_type="video/mp4")
    make_likeness(*works, kind=LikenessKind.FILM, seconds=12, pieces=MOMENTS)

    (found,) = others_like(works[0])

    here, there = found.pairs[0].sides
    assert (here.is_film, here.view.endswith("/view#t=3")) == (True, True)
    assert there.view.endswith("/view#t=65")


def test_a_stranger_s_draft_is_shown_to_nobody(works):
    make_likeness(*works, bits=10)
    draft = make_draft(works[0].contest)
    make_media_file(draft)
    make_likeness(works[0], draft, bits=1)

    assert [each.work for each in others_like(works[0])] == [works[1]]


def test_a_draft_that_was_withdrawn_before_it_was_handed_in_stays_hidden(works):
    draft = make_draft(works[0].contest)
    make_media_file(draft)
    draft.state = State.WITHDRAWN
    draft.save(update_fields=["state"])
    make_likeness(works[0], draft, bits=1)

    assert others_like(works[0]) == []


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN])
def test_what_was_handed_in_once_is_compared_whatever_became_of_it(works, state):
    works[1].state = state
    works[1].save(update_fields=["state"])
    make_likeness(*works, bits=10)

    assert [each.work for each in others_like(works[0])] == [works[1]]


def test_the_very_same_file_is_told_once(works):
    make_likeness(*works, bits=0)
    sha256 = works[0].media_files.get().sha256
    works[1].media_files.update(sha256=sha256)

    (found,) = others_like(works[0])

    assert [pair.words for pair in found.pairs] == ["The very same file"]


def test_works_of_all_contests_are_shown_but_not_all_can_be_opened(works):
    elsewhere = make_contest()
    public, screened = (
        make_handed_in(elsewhere, state=state)
        for state in (State.ACCEPTED, State.SCREENING)
    )
    for other in (works[1], public, screened):
        make_likeness(works[0], other, bits=10)

    found = {each.work: each.url for each in others_like(works[0])}

    assert found == {
        works[1]: f"/screening/{works[1].pk}/",
        public: f"/works/{public.number}/",
        screened: "",
    }


def test_who_came_first_is_told(works):
    later = make_handed_in(
        works[0].contest, submitted_at=COLLECTING.replace(hour=COLLECTING.hour + 1)
    )
    make_likeness(works[0], later, bits=10)

    assert [each.came_first for each in others_like(works[0])] == [False]
    assert [each.came_first for each in others_like(later)] == [True]


def test_what_is_gone_is_no_longer_alike(works):
    make_likeness(*works, bits=10)
    works[1].media_files.get().delete()

    assert others_like(works[0]) == []
    assert not Likeness.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_many_like_works_are_read_in_few_queries(
    works, count, django_assert_max_num_queries
):
    for _each in range(count):
        make_likeness(works[0], make_handed_in(works[0].contest), bits=10)

    work = with_parts(Submission.objects.all()).get(pk=works[0].pk)

    with django_assert_max_num_queries(7):
        found = others_like(work)
        shown = [
            side.view for each in found for pair in each.pairs for side in pair.sides
        ]

    assert len(shown) == 2 * count
