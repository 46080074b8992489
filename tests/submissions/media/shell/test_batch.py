import os
import signal
from pathlib import Path

import pytest

from submissions.media.shell import batch
from submissions.media.shell.batch import Job, examined
from tests.submissions.media import makers
from tests.submissions.media.categories import GRAPHIC


@pytest.fixture
def jobs(tmp_path):
    paths = [
        makers.picture(tmp_path / f"{number}.jpg", dpi=(300, 300))
        for number in range(4)
    ]
    return [Job(str(path)) for path in paths]


@pytest.mark.parametrize("processes", [1, 2])
def test_files_come_in_the_order_given(jobs, processes):
    done = list(examined(jobs, category=GRAPHIC, processes=processes))

    assert [each.name for each in done] == [job.name for job in jobs]
    assert [each.examination.verdict for each in done] == ["passed"] * 4
    assert all(each.took_s > 0 for each in done)


def test_a_folder_that_cannot_be_read_is_our_trouble(tmp_path):
    job = Job(str(tmp_path), trouble="Permission denied")

    [done] = examined([job], category=GRAPHIC)

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

    done = list(examined(jobs, category=GRAPHIC, processes=2))

    assert [each.name for each in done] == [job.name for job in jobs]
    verdicts = {Path(each.name).name: each.examination.verdict for each in done}
    assert verdicts["1.jpg"] == "errored"
    assert (verdicts["2.jpg"], verdicts["3.jpg"]) == ("passed", "passed")
