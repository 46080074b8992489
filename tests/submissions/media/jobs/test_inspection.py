"""One inspection of one stored file: claimed, run, recorded, and its consequence."""

import datetime as dt
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contests import clock
from submissions.media.jobs import inspection, scratch, settling
from submissions.models import Inspection, MediaFile
from submissions.services import add_file, update_draft
from submissions.states import InspectionState, Severity, State, Verdict
from submissions.tasks import (
    inspect_media_file,
    resume_stuck_inspections,
    settle_submission,
)
from tests.factories.submissions import (
    COLLECTING,
    COLLECTION_DAY,
    make_complete_draft,
    make_contest,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
    picture_bytes,
)

pytestmark = pytest.mark.django_db


def stored(draft, content=None):
    upload = SimpleUploadedFile("a.jpg", content or picture_bytes(size=(1600, 1200)))
    return add_file(submission=draft, upload=upload, by=draft.author, at=COLLECTING)


def inspected(media_file):
    inspection.inspect(media_file, at=COLLECTING)
    return Inspection.objects.get(media_file=media_file)


class StoreElsewhere(Storage):
    """Like an object store: it has files, but no paths."""

    def __init__(self):
        self.files = {}

    def _save(self, name, content):
        self.files[name] = content.read()
        return name

    def _open(self, name, mode="rb"):
        return ContentFile(self.files[name])

    def exists(self, name):
        return name in self.files


def codes_of(found):
    return [finding.code for finding in found.findings.all()]


def test_facts_findings_and_copies_are_written_down():
    draft = make_draft(make_contest())
    media_file = stored(draft)

    found = inspected(media_file)

    media_file.refresh_from_db()
    assert (found.state, found.verdict) == (InspectionState.FINISHED, Verdict.REVIEW)
    assert (found.attempts, found.leased_until) == (1, None)
    assert found.facts["display_width_px"] == 1600
    assert found.category_key == "series"
    assert found.rulebook_version == draft.rulebook_version
    assert set(found.tool_versions) == {
        *("numpy", "opencv", "pillow", "pyav", "simplejpeg"),
    }
    assert media_file.content_type == "jpeg"
    assert sorted(media_file.derivatives.values_list("kind", flat=True)) == [
        "thumbnail",
        "view",
    ]


def test_a_file_in_a_store_elsewhere_is_fetched_first(monkeypatch):
    field = MediaFile._meta.get_field("file")
    monkeypatch.setattr(field, "storage", StoreElsewhere())
    media_file = stored(make_draft(make_contest()))

    found = inspected(media_file)

    assert (found.state, found.verdict) == (InspectionState.FINISHED, Verdict.REVIEW)
    assert media_file.derivatives.count() == 2


def test_the_row_tells_who_did_it_and_where_the_time_went():
    found = inspected(stored(make_draft(make_contest())))

    assert found.worker.endswith("/quick")
    assert found.share_done == 1.0
    assert found.timings["total_s"] >= found.timings["search_s"] > 0
    assert found.timings["cpu_s"] > 0.02  # with the process that looks at pictures
    assert {"waited_s", "fetch_s", "store_s"} < set(found.timings)
    assert {"decode_s", "stills_s", "prints_s"} < set(found.timings)


def test_a_png_called_jpg_fails_with_its_code_and_clause():
    media_file = stored(make_draft(make_contest()), b"\x89PNG\r\n\x1a\n" + b"0" * 200)

    found = inspected(media_file)

    assert found.verdict == Verdict.FAILED
    assert list(found.findings.values_list("code", "severity", "clause")) == [
        ("IMG-FORMAT-OTHER", Severity.ERROR, "JPG only.")
    ]


def test_a_second_message_for_the_same_file_changes_nothing():
    media_file = stored(make_draft(make_contest()))
    first = inspected(media_file)

    inspect_media_file(media_file_id=media_file.pk)

    again = Inspection.objects.get(media_file=media_file)
    assert (again.attempts, again.finished_at) == (1, first.finished_at)


def test_a_file_in_another_workers_hands_is_left_alone():
    media_file = stored(make_draft(make_contest()))
    Inspection.objects.update(
        state=InspectionState.RUNNING,
        leased_until=timezone.now() + dt.timedelta(minutes=5),
    )

    found = inspected(media_file)

    assert (found.state, found.attempts) == (InspectionState.RUNNING, 0)


def test_a_dead_workers_file_is_taken_up_again():
    media_file = stored(make_draft(make_contest()))
    Inspection.objects.update(
        state=InspectionState.RUNNING,
        attempts=1,
        leased_until=timezone.now() - dt.timedelta(seconds=1),
    )

    resume_stuck_inspections()

    found = Inspection.objects.get(media_file=media_file)
    assert (found.state, found.attempts) == (InspectionState.FINISHED, 2)


def test_what_a_killed_worker_left_of_a_file_is_removed_with_the_next_try(
    monkeypatch, tmp_path, settings, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    settings.MEDIA_ROOT = tmp_path / "media"
    media_file = stored(make_draft(make_contest()))
    inspected(media_file)
    media_file.derivatives.all().delete()  # its rows are gone, its files are not
    Inspection.objects.update(state=InspectionState.RUNNING, leased_until=None)
    (tmp_path / f"inspect-{media_file.token.hex}-left").mkdir()

    with django_capture_on_commit_callbacks(execute=True):
        inspected(media_file)

    copies = {copy.file.path for copy in media_file.derivatives.all()}
    there = (settings.MEDIA_ROOT / "derivatives").rglob("*")
    assert {str(path) for path in there if path.is_file()} == copies
    assert list(tmp_path.glob("inspect-*")) == []


def test_an_error_of_ours_is_tried_again_and_never_called_the_files_fault(settings):
    media_file = stored(make_draft(make_contest()))
    Path(media_file.file.path).unlink()

    waits = [inspection.inspect(media_file, at=COLLECTING) for _try in range(3)]

    found = Inspection.objects.get(media_file=media_file)
    assert waits == [20, 40, None]
    assert (found.state, found.verdict) == (InspectionState.ERRORED, Verdict.ERRORED)
    assert found.attempts == settings.INSPECTION_MAX_ATTEMPTS
    assert found.log
    assert not found.findings.exists()


def test_an_exhausted_inspection_does_not_start_by_itself_again():
    media_file = stored(make_draft(make_contest()))
    Inspection.objects.update(
        state=InspectionState.ERRORED, verdict=Verdict.ERRORED, attempts=3
    )

    found = inspected(media_file)

    assert (found.state, found.attempts) == (InspectionState.ERRORED, 3)


def test_the_same_file_in_another_work_of_the_same_author_fails():
    contest = make_contest()
    content = picture_bytes(size=(1600, 1200))
    first = make_handed_in(contest, files=0)
    make_media_file(first, content=content, sha256=sha256(content).hexdigest())
    copy = stored(make_draft(contest, author=first.author), content)

    found = inspected(copy)

    assert found.verdict == Verdict.FAILED
    assert "SET-FILE-TWICE" in codes_of(found)


def test_the_same_file_of_somebody_else_is_left_to_a_person():
    contest = make_contest()
    content = picture_bytes(size=(1600, 1200))
    work = make_handed_in(contest, files=0)
    make_media_file(work, content=content, sha256=sha256(content).hexdigest())

    found = inspected(stored(make_draft(contest), content))

    assert found.verdict == Verdict.REVIEW
    assert "SET-FILE-KNOWN" in codes_of(found)


def test_a_file_moved_to_another_category_is_judged_by_that_ones_limits():
    contest = make_contest()
    draft = make_draft(contest)
    media_file = stored(draft)
    inspected(media_file)
    update_draft(
        submission=draft,
        by=draft.author,
        at=COLLECTING,
        category=contest.categories.get(key="poster"),
    )

    found = inspected(type(media_file).objects.get(pk=media_file.pk))

    assert found.category_key == "poster"
    assert codes_of(found) == ["IMG-DPI-MISSING"]
    assert media_file.derivatives.count() == 2


# --- What follows ------------------------------------------------------------
def submitted(contest, **fields):
    return make_handed_in(contest, state=State.SUBMITTED, **fields)


def test_a_work_goes_to_screening_once_every_file_has_its_verdict():
    work = submitted(make_contest(), files=2)

    settling.settle(work, at=COLLECTING)

    work.refresh_from_db()
    event = work.events.get()
    assert work.state == State.SCREENING
    assert (event.actor_id, event.actor_label) == (None, "")


@pytest.mark.parametrize(
    "state", [InspectionState.QUEUED, InspectionState.RUNNING, InspectionState.ERRORED]
)
def test_a_work_waits_while_a_file_has_none(state):
    work = submitted(make_contest())
    make_media_file(work, state=state)

    settling.settle(work, at=COLLECTING)

    work.refresh_from_db()
    assert work.state == State.SUBMITTED


def test_a_failure_that_comes_later_returns_the_work_and_keeps_its_round():
    work = submitted(make_contest())
    make_failed_file(work)

    settling.settle(work, at=COLLECTING)

    work.refresh_from_db()
    assert work.state == State.RETURNED
    assert work.correct_by == clock.end_of(COLLECTION_DAY + dt.timedelta(days=5))
    assert work.first_submitted_at == COLLECTING
    assert work.events.get().detail == {"codes": ["IMG-FORMAT-OTHER"]}


@pytest.mark.parametrize("state", [each for each in State if each != State.SUBMITTED])
def test_settling_twice_or_late_changes_nothing(state):
    work = make_handed_in(make_contest(), state=state)

    settling.settle(work, at=COLLECTING)

    work.refresh_from_db()
    assert work.state == state


def test_tasks_about_rows_that_are_gone_end_quietly():
    draft = make_complete_draft(make_contest())
    gone = draft.pk
    draft.delete()

    inspect_media_file(media_file_id=987654)
    settle_submission(submission_id=gone)


def test_stored_bytes_that_changed_are_our_error_and_keep_the_first_checksum():
    media_file = stored(make_draft(make_contest()))
    came = media_file.sha256
    Path(media_file.file.path).write_bytes(picture_bytes(colour="navy"))

    for _attempt in range(3):
        found = inspected(media_file)

    media_file.refresh_from_db()
    assert (found.state, found.verdict) == (InspectionState.ERRORED, Verdict.ERRORED)
    assert media_file.sha256 == came
    assert came in found.log
