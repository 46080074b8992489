"""Two works that are alike, side by side on the desk."""

import pytest

from submissions.copies import media_url
from submissions.models import LikenessRuling
from submissions.states import State
from tests.factories.submissions import (
    make_contest,
    make_handed_in,
    make_likeness,
    make_organiser,
    make_reviewer,
)


@pytest.fixture
def works(contest):
    works = make_handed_in(contest), make_handed_in(contest)
    make_likeness(*works, bits=10)
    return works


def address(work, other):
    return f"/screening/{work.pk}/like/{other.pk}/"


def test_a_ruling_is_written_down_and_shown_to_the_next(visit, works, reviewer):
    page = visit(reviewer)

    answer = page.post(
        address(*works), {"verdict": "chance", "reason": "Two shots of one bridge."}
    )

    assert answer.url == f"/screening/{works[0].pk}/"
    assert LikenessRuling.objects.get().ruled_by == reviewer
    assert (
        "Two shots of one bridge."
        in visit(reviewer).get(f"/screening/{works[1].pk}/").content.decode()
    )


def test_a_ruling_without_a_reason_is_refused(visit, works, reviewer):
    answer = visit(reviewer).post(address(*works), {"verdict": "chance"}, follow=True)

    assert "Please choose what the two works" in answer.content.decode()
    assert not LikenessRuling.objects.exists()


def test_an_organiser_reads_but_does_not_rule(visit, works, contest):
    organiser = make_organiser(contest)

    assert visit(organiser).post(address(*works), {}).status_code == 404
    assert visit(organiser).get(f"/screening/{works[0].pk}/").status_code == 200


def test_a_stranger_finds_nothing(visit, works):
    assert visit(works[1].author).post(address(*works), {}).status_code == 404


def test_who_screens_a_work_sees_what_it_is_like_in_another_contest(visit, reviewer):
    own_contest = reviewer.memberships.get().contest
    work = make_handed_in(own_contest)
    other = make_handed_in(make_contest())
    unlike = make_handed_in(other.contest)
    make_likeness(work, other, bits=10)
    view, unseen = (
        media_url(each.media_files.get(), "view") for each in (other, unlike)
    )

    page = visit(reviewer)

    assert page.get(view).status_code == 200
    assert page.get(unseen).status_code == 404
    assert page.get(view.replace("view", "original")).status_code == 404
    assert visit(make_reviewer(make_contest())).get(view).status_code == 404


def test_a_draft_is_shown_to_no_reviewer_however_alike(visit, works, reviewer):
    draft = works[1]
    draft.title, draft.state = "Not yet told", State.DRAFT
    draft.save(update_fields=["title", "state"])

    page = visit(reviewer)

    assert page.get(media_url(draft.media_files.get(), "view")).status_code == 404
    assert draft.title not in page.get(f"/screening/{works[0].pk}/").content.decode()
