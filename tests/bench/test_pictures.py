"""The bench of pictures: what it tells of processes that end too early."""

import pytest

from bench.pictures import memory
from bench.pictures.asked import Asked
from bench.pictures.memory import Weight
from tests.submissions.media import makers


def test_a_process_asked_tells_what_it_spent(tmp_path):
    path = makers.picture(tmp_path / "a.jpg", makers.photograph((600, 400)))

    with Asked(path, tmp_path) as process:
        spent = [
            process.spent(what, how)
            for what in ("raw", "look")
            for how in ("here", "fresh")
        ]

    assert all(each.wall_s > 0 for each in spent)
    assert process.process.returncode == 0
    assert (tmp_path / "view.jpg").is_file()


def test_a_process_that_has_ended_is_no_figure(tmp_path):
    with (
        Asked(tmp_path / "none.jpg", tmp_path) as process,
        pytest.raises((RuntimeError, BrokenPipeError)),
    ):
        process.spent("raw", "here")


def test_a_picture_that_can_not_be_made_is_told_as_such(tmp_path):
    found = memory.weight("unheard of", tmp_path / "large.jpg")

    assert found == Weight(
        "unheard of", failure="not made: ended with 1 KeyError: 'unheard of'"
    )
