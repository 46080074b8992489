import os
import signal
from pathlib import Path

import pytest

from submissions.media import batch
from submissions.media.batch import Job, examined
from tests.submissions.media import makers
from tests.submissions.media.categories import PHOTO


@pytest.fixture
def jobs(tmp_path):
    names = [str(makers.picture(tmp_path / f"{number}.jpg")) for number in range(4)]
    return [Job(name) for name in names]


@pytest.mark.parametrize("processes", [1, 2])
def test_files_come_in_the_order_given(jobs, processes):
    done = list(examined(jobs, category=PHOTO, processes=processes))

    assert [each.name for each in done] == [job.name for job in jobs]
    assert [each.examination.verdict for each in done] == ["passed"] * 4
    assert all(each.took_s > 0 for each in done)


def test_a_folder_that_cannot_be_read_is_our_trouble(tmp_path):
    job = Job(str(tmp_path), trouble="Permission denied")

    [done] = examined([job], category=PHOTO)

    assert done.examination.verdict == "errored"
    assert done.examination.log == "Permission denied"


def test_a_worker_that_dies_takes_one_file_and_the_others_are_done(jobs, monkeypatch):
    really = batch._examined
    victim = jobs[1].name

    def killed(job, category):
        if job.name == victim:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(job, category)

    monkeypatch.setattr(batch, "_examined", killed)

    done = list(examined(jobs, category=PHOTO, processes=2))

    assert [each.name for each in done] == [job.name for job in jobs]
    verdicts = {Path(each.name).name: each.examination.verdict for each in done}
    assert verdicts["1.jpg"] == "errored"
    assert (verdicts["2.jpg"], verdicts["3.jpg"]) == ("passed", "passed")
