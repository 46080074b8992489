"""What a work lacks is the same, whether asked for one work or for a whole page."""

import pytest

from submissions.completeness import missing_for_submit, prepared
from submissions.models import Attachment, MediaFile, Submission
from tests.factories.accounts import CitizenFactory
from tests.factories.contests import make_shipped_contest
from tests.factories.submissions import (
    make_complete_draft,
    make_contest,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
)

pytestmark = pytest.mark.django_db


def twice(author, contest):
    """A draft with a file that the same person has handed in already."""
    handed_in = make_handed_in(contest, author=author)
    draft = make_complete_draft(contest, author=author)
    digest = handed_in.media_files.get().sha256
    MediaFile.objects.filter(submission=draft).update(sha256=digest)


@pytest.fixture
def works():
    contest, author = make_contest(), CitizenFactory()
    make_complete_draft(contest)
    make_draft(contest)
    make_failed_file(make_draft(contest))
    make_media_file(make_draft(contest, category=None))
    twice(author, contest)
    return Submission.objects.filter(state="draft").order_by("pk")


def test_a_page_of_works_lacks_what_each_lacks(works):
    one_by_one = [missing_for_submit(work) for work in works]
    together = [missing_for_submit(work) for work in prepared(works)]

    codes = [[gap.code for gap in gaps] for gaps in one_by_one]
    assert together == one_by_one
    assert codes[0] == []
    assert codes[-1] == ["SET-FILE-TWICE"]


def test_gaps_of_prepared_works_take_no_query(works, django_assert_num_queries):
    found = list(prepared(works))

    with django_assert_num_queries(0):
        for work in found:
            missing_for_submit(work)


def test_papers_and_minors_are_prepared_too(django_assert_num_queries):
    contest = make_shipped_contest()
    draft = make_draft(
        contest,
        unit=contest.units.first(),
        track=contest.tracks.first(),
        category=contest.categories.first(),
        author_age=Submission.AuthorAge.UNDER_14,
    )
    key = contest.rulebook.guardian.proof
    Attachment.objects.create(
        submission=draft,
        purpose=Attachment.Purpose.PROOF,
        proof_key=key,
        original_name="同意书.jpg",
        size_bytes=1,
        sha256="0" * 64,
        uploaded_at=draft.created_at,
        uploaded_by=draft.author,
    )
    [found] = prepared(Submission.objects.all())

    with django_assert_num_queries(0):
        gaps = missing_for_submit(found)

    assert "FRM-GUARDIAN-MISSING" not in [gap.code for gap in gaps]
    assert gaps == missing_for_submit(draft)
