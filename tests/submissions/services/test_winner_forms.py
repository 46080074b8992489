"""授权待签: asked at the results, sent by the winner, looked at by an organiser."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from accounts.models import AuditEntry
from contests import clock
from notifications.kinds import Kind
from notifications.models import Message
from submissions.licences import basis_of, with_licences
from submissions.models import Attachment, Submission, WinnerForm
from submissions.reminder_tasks import remind_of_winner_forms
from submissions.services import winner_forms
from submissions.states import State, WinnerFormState
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_handed_in,
    make_organiser,
    make_reviewer,
)
from tests.submissions.media.papers import pdf_bytes

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("media_folder"),
]

LICENCE = {
    "declaration": "own",
    "basis": "Shown for the public benefit",
    "winner_form": {
        "name": "The winner's form",
        "text": "winner-rights",
        "version": 2,
        "rule": "80",
        "within_days": 10,
        "reminder_days_before": [3],
        "max_files": 2,
    },
}
TEXT = "# The form\n\nThe rights go to the committee."
DAY = dt.timedelta(days=1)


@pytest.fixture
def contest():
    return make_contest(licence=LICENCE, texts={"winner-rights": TEXT})


@pytest.fixture
def work(contest):
    return make_handed_in(contest, state=State.ACCEPTED)


@pytest.fixture
def form(work):
    return winner_forms.ask(submission=work, award="Gold", at=COLLECTING)


def page(number=1):
    return ContentFile(pdf_bytes() + b"\n" * number, name=f"{number}.pdf")


def send(form, *files, by=None, at=COLLECTING):
    return winner_forms.send(
        form=form,
        files=files or [page()],
        by=by or form.submission.author,
        at=at,
    )


def told(kind):
    return list(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def refusal(verb, **given):
    with pytest.raises(winner_forms.WinnerFormRefused) as refused:
        verb(**given)
    return refused.value.code


def test_the_winner_is_asked_once_with_the_text_of_the_day(work, form):
    again = winner_forms.ask(submission=work, award="Gold", at=COLLECTING + DAY)

    assert again == form
    assert (form.version, form.text, form.state) == (2, TEXT, WinnerFormState.ASKED)
    assert form.due_at == clock.end_of(clock.day_of(COLLECTING) + 10 * DAY)
    assert told(Kind.WINNER_FORM_ASKED) == [work.author_id]


def test_where_authors_keep_their_rights_nobody_is_asked():
    work = make_handed_in(make_contest(), state=State.ACCEPTED)

    assert winner_forms.ask(submission=work, award="Gold", at=COLLECTING) is None
    assert not Message.objects.exists()


def test_signed_pages_take_the_place_of_those_before(contest, form):
    organiser = make_organiser(contest)
    send(form, page(1), page(2))

    form = send(form, page(3))

    assert (form.state, form.sent_at) == (WinnerFormState.SENT, COLLECTING)
    kept = winner_forms.pages_of(form).get()
    assert (kept.original_name, kept.purpose) == (
        "3.pdf",
        Attachment.Purpose.WINNER_FORM,
    )
    assert set(told(Kind.WINNER_FORM_SENT)) == {organiser.pk}


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "file_missing"),
        ([ContentFile(b"hello", name="a.pdf")], "FRM-PROOF-KIND"),
        ([page(1), page(2), page(3)], "FRM-PROOF-MANY"),
    ],
)
def test_what_is_no_signed_form_leaves_everything_as_it_was(form, files, code):
    with pytest.raises(winner_forms.RuleViolation) as refused:
        winner_forms.send(
            form=form, files=files, by=form.submission.author, at=COLLECTING
        )

    form.refresh_from_db()
    assert refused.value.code == code
    assert (form.state, winner_forms.pages_of(form).count()) == ("asked", 0)


def test_nobody_else_signs_for_the_winner(form):
    code = refusal(
        winner_forms.send, form=form, files=[page()], by=CitizenFactory(), at=COLLECTING
    )

    assert code == "winner_form_refused"


def test_an_organiser_finds_it_signed(contest, form):
    organiser = make_organiser(contest)
    send(form)

    form = winner_forms.accept(form=form, by=organiser, at=COLLECTING)

    assert (form.state, form.looked_at_by) == (WinnerFormState.SIGNED, organiser)
    assert AuditEntry.objects.filter(action="winner_form.signed").count() == 1
    assert told(Kind.WINNER_FORM_SIGNED) == [form.submission.author_id]
    assert (
        refusal(
            winner_forms.send,
            form=form,
            files=[page()],
            by=form.submission.author,
            at=COLLECTING,
        )
        == "already_signed"
    )


def test_something_missing_goes_back_with_its_days_anew(contest, form):
    send(form)
    later = COLLECTING + 9 * DAY

    form = winner_forms.send_back(
        form=form, by=make_organiser(contest), at=later, reason=" No date. "
    )

    assert (form.state, form.reason) == (WinnerFormState.ASKED, "No date.")
    assert form.due_at == clock.end_of(clock.day_of(later) + 10 * DAY)
    assert told(Kind.WINNER_FORM_RETURNED) == [form.submission.author_id]
    assert winner_forms.pages_of(form).exists()


def test_only_organisers_decide_and_only_on_what_was_sent(contest, form):
    organiser, reviewer = make_organiser(contest), make_reviewer(contest)
    early = refusal(winner_forms.accept, form=form, by=organiser, at=COLLECTING)
    send(form)

    stranger = refusal(winner_forms.accept, form=form, by=reviewer, at=COLLECTING)
    wordless = refusal(
        winner_forms.send_back, form=form, by=organiser, at=COLLECTING, reason=" "
    )

    assert (early, stranger, wordless) == (
        "not_sent",
        "winner_form_refused",
        "reason_missing",
    )


def test_a_work_that_left_is_signed_for_no_more(form):
    Submission.objects.filter(pk=form.submission_id).update(state=State.DISQUALIFIED)

    code = refusal(
        winner_forms.send,
        form=form,
        files=[page()],
        by=form.submission.author,
        at=COLLECTING,
    )

    assert code == "work_left"
    assert not winner_forms.waiting(form.submission.contest).exists()


@pytest.mark.parametrize(
    ("day", "reminded"),
    [(0, 0), (6, 0), (7, 1), (8, 0), (10, 0), (11, 1), (12, 0)],
)
def test_the_portal_reminds_before_the_day_and_once_after_it(form, day, reminded):
    contest = form.submission.contest

    count = winner_forms.remind_when_due(contest=contest, at=COLLECTING + day * DAY)

    assert count == len(told(Kind.WINNER_FORM_REMINDER)) == reminded


def test_nobody_is_reminded_twice_in_a_few_days_nor_after_signing(contest, form):
    organiser = make_organiser(contest)
    winner_forms.remind(form=form, by=organiser, at=COLLECTING)

    again = refusal(winner_forms.remind, form=form, by=organiser, at=COLLECTING + DAY)
    send(form)
    sent = refusal(
        winner_forms.remind, form=form, by=organiser, at=COLLECTING + 5 * DAY
    )

    assert (again, sent) == ("reminded_lately", "not_waiting")
    assert winner_forms.remind_all(contest=contest, by=organiser, at=COLLECTING) == 0
    assert AuditEntry.objects.filter(action="winner_form.reminded").count() == 1


def test_beat_reminds_by_day_only(form, monkeypatch):
    noon = clock.start_of(clock.day_of(COLLECTING) + 7 * DAY) + dt.timedelta(hours=12)
    reminded = []
    for moment in (noon + dt.timedelta(hours=11), noon):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        remind_of_winner_forms()
        reminded.append(len(told(Kind.WINNER_FORM_REMINDER)))

    assert reminded == [0, 1]


def basis():
    return basis_of(with_licences(Submission.objects.all()).get())


def test_lists_name_the_basis_and_whether_it_is_signed(contest, work, in_english):
    entered = "Shown for the public benefit (text 2, agreed 2031-04-10)"
    bases = [basis()]
    form = winner_forms.ask(submission=work, award="Gold", at=COLLECTING)
    bases.append(basis())
    send(form)
    winner_forms.accept(form=form, by=make_organiser(contest), at=COLLECTING)
    bases.append(basis())

    assert bases == [
        entered,
        f"{entered}；winner's form not signed yet",
        f"{entered}；winner's form signed 2031-04-10",
    ]


def test_without_an_agreement_no_basis_is_claimed(work, in_english):
    work.declarations.all().delete()

    assert basis() == "None: ask the author first"
    assert not WinnerForm.objects.exists()
