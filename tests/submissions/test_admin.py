"""Raw records: for those who run the contest, to look at."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import AuditEntry, Role
from contests.models import CalendarDay
from contests.workdays import WorkCalendar
from submissions.models import Inspection
from submissions.states import InspectionState, State, Verdict
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.submissions import (
    make_contest,
    make_handed_in,
    make_organiser,
    make_screening,
)

MODELS = ["submission", "mediafile", "inspection", "screening", "submissionevent"]


@pytest.fixture
def contest(db):
    return make_contest()


@pytest.fixture
def organiser(client, contest):
    user = make_organiser(contest)
    client.force_login(user)
    return user


def list_of(model):
    return reverse(f"admin:submissions_{model}_changelist")


def rows(response):
    return list(response.context["cl"].result_list)


def errored_inspection(contest):
    inspection = make_handed_in(contest).media_files.get().inspection
    inspection.state = InspectionState.ERRORED
    inspection.verdict = Verdict.ERRORED
    inspection.attempts = 3
    inspection.finished_at = timezone.now()
    inspection.save()
    return inspection


@pytest.mark.parametrize("model", MODELS)
def test_organisers_see_the_records_of_their_own_contest(
    client, organiser, contest, model
):
    make_screening(make_handed_in(contest))
    make_screening(make_handed_in(make_contest()))

    response = client.get(list_of(model))

    assert response.status_code == 200
    assert {
        getattr(row, "contest_id", None) or contest_of(row) for row in rows(response)
    } <= {contest.pk}


def contest_of(row):
    submission = getattr(row, "submission", None) or row.media_file.submission
    return submission.contest_id


@pytest.mark.parametrize("model", MODELS)
def test_reviewers_judges_and_citizens_see_no_records(client, contest, model):
    make_handed_in(contest)
    staff = [make_worker(contest, role) for role in (Role.REVIEWER, Role.JUDGE)]

    for user in [*staff, CitizenFactory()]:
        client.force_login(user)
        assert client.get(list_of(model)).status_code in {302, 403, 404}


def test_a_record_of_another_contest_does_not_exist(client, organiser):
    other = make_handed_in(make_contest())

    response = client.get(
        reverse("admin:submissions_submission_change", args=[other.pk])
    )

    assert response.status_code == 404


def test_a_state_can_not_be_edited(client, organiser, contest):
    work = make_handed_in(contest)
    address = reverse("admin:submissions_submission_change", args=[work.pk])

    page = client.get(address)
    response = client.post(address, {"state": State.ACCEPTED})

    work.refresh_from_db()
    assert page.status_code == 200
    assert work.author.phone not in page.content.decode()
    assert response.status_code == 403
    assert work.state == State.SCREENING
    assert LogEntry.objects.count() == 0


def test_what_failed_on_our_side_can_be_tried_again(
    client, organiser, contest, django_capture_on_commit_callbacks
):
    errored = errored_inspection(contest)
    finished = make_handed_in(contest).media_files.get().inspection

    with django_capture_on_commit_callbacks() as queued:
        client.post(
            list_of("inspection"),
            {"action": "retry", "_selected_action": [errored.pk, finished.pk]},
        )

    errored.refresh_from_db()
    finished.refresh_from_db()
    assert (errored.state, errored.attempts) == (InspectionState.QUEUED, 0)
    assert finished.state == InspectionState.FINISHED
    assert len(queued) == 1


def test_what_was_inspected_can_be_inspected_again_while_its_work_is_in_the_contest(
    client, organiser, contest, django_capture_on_commit_callbacks
):
    standing = make_handed_in(contest, state=State.SCREENING)
    gone = make_handed_in(contest, state=State.WITHDRAWN)
    files = [work.media_files.get() for work in (standing, gone)]

    with django_capture_on_commit_callbacks():
        client.post(
            list_of("inspection"),
            {
                "action": "inspect_again",
                "_selected_action": [file.inspection.pk for file in files],
            },
        )

    states = [Inspection.objects.get(media_file=file).state for file in files]
    standing.refresh_from_db()
    assert states == [InspectionState.QUEUED, InspectionState.FINISHED]
    assert standing.state == State.SCREENING
    entry = AuditEntry.objects.get(action="inspection.retried")
    assert (entry.actor_id, entry.detail) == (organiser.pk, {"state": "finished"})


def test_the_list_tells_who_has_a_file_how_far_it_is_and_since_when(
    client, organiser, contest
):
    running = make_handed_in(contest).media_files.get()
    Inspection.objects.update(
        state=InspectionState.RUNNING,
        verdict="",
        finished_at=None,
        share_done=0.425,
        attempts=2,
        worker="there:17/slow",
        queued_at=timezone.now() - dt.timedelta(minutes=90),
        log="Attempt 1 by there:16/slow: No sign of life.",
    )

    shown = client.get(
        list_of("inspection"),
        {"state__exact": "running"},
        headers={"Accept-Language": "en"},
    )
    record = client.get(
        reverse("admin:submissions_inspection_change", args=[running.inspection.pk])
    )

    page = shown.content.decode()
    assert "there:17/slow" in page
    assert "42 %" in page
    assert "1\xa0hour, 30\xa0minutes" in page
    assert "Attempt 1 by there:16/slow" in record.content.decode()


def test_a_supervisor_only_looks(client, contest):
    errored = errored_inspection(contest)
    client.force_login(make_worker(contest, Role.SUPERVISOR))

    page = client.get(list_of("inspection"))
    client.post(
        list_of("inspection"),
        {"action": "retry", "_selected_action": [errored.pk]},
    )

    errored.refresh_from_db()
    assert page.status_code == 200
    assert errored.state == InspectionState.ERRORED


@pytest.mark.parametrize("model", MODELS)
def test_every_record_and_field_has_a_name_to_translate(model):
    meta = apps.get_model("submissions", model)._meta
    names = [meta.verbose_name, meta.verbose_name_plural]
    names += [field.verbose_name for field in meta.fields if not field.primary_key]

    assert [name for name in names if not isinstance(name, Promise)] == []


def test_organisers_keep_the_holiday_calendar(client, organiser):
    address = reverse("admin:contests_calendarday_add")

    client.post(address, {"day": "2031-10-01", "is_working": "", "note": "国庆节"})

    entry = AuditEntry.objects.get(action="calendar.changed")
    assert WorkCalendar().is_working_day(dt.date(2031, 10, 1)) is False
    assert (entry.actor_id, entry.target) == (organiser.pk, "2031-10-01")


def test_a_day_taken_out_counts_by_its_weekday_again(client, organiser):
    day = CalendarDay.objects.create(day=dt.date(2031, 10, 1), is_working=False)

    client.post(
        reverse("admin:contests_calendarday_delete", args=[day.pk]), {"post": "yes"}
    )

    assert WorkCalendar().is_working_day(dt.date(2031, 10, 1)) is True
    assert AuditEntry.objects.filter(action="calendar.day_removed").count() == 1


@pytest.mark.parametrize("role", [Role.JUDGE, Role.SUPERVISOR])
def test_others_do_not_touch_the_calendar(client, contest, role):
    client.force_login(make_worker(contest, role))

    answer = client.post(
        reverse("admin:contests_calendarday_add"), {"day": "2031-10-01"}
    )

    assert answer.status_code == 403
    assert not CalendarDay.objects.filter(day=dt.date(2031, 10, 1)).exists()
