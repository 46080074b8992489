"""The bench of pictures: what it tells of processes that end too early."""

import pytest

from bench.pictures import damage, made, memory, ratios
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


def test_each_way_of_looking_is_told_for_all_photographs_at_once(tmp_path):
    paths = [
        makers.picture(tmp_path / f"{name}.jpg", makers.photograph((600, 400)), **how)
        for name, how in (("a", {}), ("b", {"progressive": True}))
    ]

    rows = list(ratios.by_what(paths, folder=tmp_path, rounds=1))

    named = [[cost.what for cost in row] for row in rows]
    assert named[0] == ["the whole look, in one process"] * 2
    assert named[-1] == ["SHA-256 (not in the look)"] * 2
    assert all(cost.ratio > 0 for row in rows for cost in row)


# A few zeros may be honest where the last bits of mean values are sent, a bit a block.
SEEN_ANYWHERE = [
    (what, progressive)
    for what in made.SPOILED
    for progressive in (False, True)
    if (what, progressive) != ("64 bytes zeroed", True)
]


@pytest.mark.parametrize(("what", "progressive"), SEEN_ANYWHERE)
def test_damage_is_seen_wherever_it_is_done(what, progressive, tmp_path):
    image = made.grainy(makers.photograph((1600, 1200)))
    path = tmp_path / "photograph.jpg"
    image.save(path, quality=made.QUALITY, progressive=progressive)

    seen, tried = damage.seen_in(path, what)

    assert seen == tried
