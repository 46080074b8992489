"""Papers leave through one door: to their owner and to those who screen."""

import pytest
from django.core.files.base import ContentFile

from accounts.models import AuditEntry, Role
from submissions.services import add_proof
from submissions.states import State
from tests.factories.accounts import make_worker
from tests.factories.submissions import COLLECTING, COLLECTION_DAY, make_contest
from tests.factories.submissions import make_complete_draft as make_work
from tests.submissions.media.papers import pdf_bytes

pytestmark = pytest.mark.usefixtures("media_folder")

PAPER = pdf_bytes()


@pytest.fixture
def contest(db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    return make_contest(proofs=[{"key": "music", "label": "Licence of the music"}])


@pytest.fixture
def paper(contest, citizen):
    draft = make_work(contest, author=citizen)
    file = ContentFile(PAPER, name="王小荷的授权书.pdf")
    return add_proof(
        submission=draft, proof_key="music", file=file, by=citizen, at=COLLECTING
    )


def address(paper):
    return f"/attachments/{paper.token}/"


def hand_in(paper, state=State.SCREENING):
    work = type(paper.submission).objects.filter(pk=paper.submission_id)
    work.update(
        state=state,
        number="V-7",
        first_submitted_at=COLLECTING,
        counts_at=COLLECTING,
        submitted_at=COLLECTING,
    )


def test_the_owner_gets_the_paper_as_a_download_without_its_own_name(visit, paper):
    response = visit(paper.submission.author).get(address(paper))

    assert b"".join(response.streaming_content) == PAPER
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == (
        f'attachment; filename="{paper.submission_id}-music-{paper.pk}.pdf"'
    )


def test_staff_see_it_once_the_work_is_handed_in_and_that_is_noted(
    visit, contest, paper, reviewer, organiser
):
    before = visit(reviewer).get(address(paper)).status_code
    hand_in(paper)

    after = [visit(staff).get(address(paper)) for staff in (reviewer, organiser)]

    assert (before, [each.status_code for each in after]) == (404, [200, 200])
    assert "V-7-music" in after[0]["Content-Disposition"]
    noted = AuditEntry.objects.filter(action="attachment.opened").order_by("pk")
    assert [(entry.actor_id, entry.detail) for entry in noted] == [
        (reviewer.pk, {"kind": "music"}),
        (organiser.pk, {"kind": "music"}),
    ]


@pytest.mark.parametrize("state", [State.SCREENING, State.ACCEPTED])
def test_nobody_else_ever_sees_it(visit, contest, paper, stranger, state):
    hand_in(paper, state)
    judge = make_worker(contest, Role.JUDGE)
    supervisor = make_worker(contest, Role.SUPERVISOR)

    answers = [
        visit(user).get(address(paper)).status_code
        for user in (stranger, judge, supervisor)
    ]

    assert answers == [404, 404, 404]
    assert visit().get(address(paper)).status_code == 302
