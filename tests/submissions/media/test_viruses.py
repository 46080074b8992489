"""With ClamAV, no file of a work is opened that it objects to, or did not look at."""

import io
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from notifications.kinds import Kind
from notifications.models import Message
from submissions.media import viruses
from submissions.media.examine import examine
from submissions.media.jobs.inspection import inspect
from submissions.media.viruses import found_in
from submissions.states import InspectionState, State, Verdict
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_handed_in,
    make_media_file,
    make_organiser,
)
from tests.submissions.media import clamd, makers
from tests.submissions.media.categories import PHOTO
from tests.submissions.media.makers import codes


@pytest.fixture
def clean(tmp_path):
    image = makers.photograph((1800, 1200))
    return makers.picture(tmp_path / "a.jpg", image, dpi=(300, 300))


@pytest.fixture
def infected(tmp_path):
    path = tmp_path / "b.jpg"
    path.write_bytes(makers.jpeg_bytes() + clamd.SIGNATURE)
    return path


@pytest.fixture(params=["tcp", "unix"])
def server(request, monkeypatch, tmp_path):
    with clamd.running(tmp_path / "c" if request.param == "unix" else None) as (
        server,
        url,
    ):
        monkeypatch.setenv("CLAMAV_URL", url)
        yield server


def waiting_file(work, content):
    return make_media_file(
        work,
        content=content,
        sha256=sha256(content).hexdigest(),
        state=InspectionState.QUEUED,
        copies=False,
    )


def test_a_clean_file_is_sent_whole_and_then_examined(server, clean):
    without = codes(examine(clean, category=PHOTO))

    assert server.seen == [clean.read_bytes()]
    assert "FRM-FILE-INFECTED" not in without


def test_an_infected_file_fails_and_is_not_opened(server, infected, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    found = examine(infected, category=PHOTO, scratch_dir=scratch)

    assert (found.verdict, codes(found)) == ("failed", ["FRM-FILE-INFECTED"])
    assert found.findings[0].measured == "Eicar-Signature"
    assert (found.copies, found.facts.kind) == ([], "file")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: Unknown ERROR\0",
        b"PONG\0",
        b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
    ],
)
def test_what_it_did_not_look_at_is_not_taken_for_clean(
    monkeypatch, tmp_path, clean, answer
):
    with clamd.running() as (server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        server.answer_to = lambda content: answer

        found = examine(clean, category=PHOTO)

    assert found.verdict == "errored"
    assert "ClamAV did not look at the file" in found.log


def test_a_file_longer_than_it_takes_is_our_failure(server, clean):
    server.longest = 1000

    found = examine(clean, category=PHOTO)

    assert found.verdict == "errored"
    assert "size limit exceeded" in found.log or "could not be asked" in found.log


def test_a_scanner_that_dribbles_is_not_waited_for(server, clean, monkeypatch):
    monkeypatch.setattr(viruses, "ANSWER_S", 0.3)
    server.pause_s = 0.1

    found = examine(clean, category=PHOTO)

    assert found.verdict == "errored"
    assert "ClamAV could not be asked" in found.log


def test_many_may_ask_at_the_same_moment(server):
    files = [b"a" * 1000, b"b" + clamd.SIGNATURE] * 60

    with ThreadPoolExecutor(30) as askers:
        found = list(askers.map(lambda data: found_in(io.BytesIO(data)), files))

    assert found == ["", "Eicar-Signature"] * 60


@pytest.mark.parametrize(
    "url", ["tcp://127.0.0.1:9", "unix:/nowhere/clamd", "http://127.0.0.1"]
)
def test_where_it_cannot_be_reached_nothing_is_judged(monkeypatch, clean, url):
    monkeypatch.setenv("CLAMAV_URL", url)

    assert examine(clean, category=PHOTO).verdict == "errored"


@pytest.mark.django_db
def test_the_author_and_the_staff_learn_of_it(server, infected):
    contest = make_contest()
    organiser = make_organiser(contest)
    work = make_handed_in(contest, state=State.SUBMITTED, files=0)
    media_file = waiting_file(work, infected.read_bytes())

    inspect(media_file, at=COLLECTING)

    media_file.refresh_from_db()
    work.refresh_from_db()
    assert (media_file.inspection.state, media_file.inspection.verdict) == (
        InspectionState.FINISHED,
        Verdict.FAILED,
    )
    assert media_file.derivatives.count() == 0
    assert work.state == State.RETURNED
    message = Message.objects.get(kind=Kind.FILE_INFECTED)
    assert message.recipient == organiser
    assert message.params["virus"] == "Eicar-Signature"


@pytest.mark.django_db
def test_while_it_cannot_be_asked_the_file_waits(monkeypatch, clean):
    monkeypatch.setenv("CLAMAV_URL", "unix:/nowhere/clamd")
    work = make_handed_in(make_contest(), state=State.SUBMITTED, files=0)
    media_file = waiting_file(work, clean.read_bytes())

    retry_in_s = inspect(media_file, at=COLLECTING)

    media_file.refresh_from_db()
    assert retry_in_s
    assert media_file.inspection.state == InspectionState.QUEUED
