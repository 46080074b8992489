"""The bench of films: what its lines count, and to what they are set in relation."""

from bench.media import clips, measuring, rounds
from bench.media.measuring import Spent
from bench.media.rounds import HEADS, Round
from tests.submissions.media import makers


def spent(cpu_s, wall_s, **more):
    return Spent(cpu_s, wall_s, **{"tool_mb": 100.0} | more)


def test_a_line_tells_the_inspection_with_and_without_the_copy_for_viewing():
    look = spent(10.7, 8.5, own_cpu_s=0.4, own_mb=90, copy_cpu_s=0.2, copy_wall_s=0.5)
    slow = spent(11.2, 8.5, own_cpu_s=0.4, own_mb=90, copy_cpu_s=0.2, copy_wall_s=0.5)
    decodes = {"plain": spent(10.0, 4.0), "even": spent(9.5, 8.0)}

    line = rounds.line(
        "film", 60, [Round(look=each, **decodes) for each in (look, slow)]
    )

    assert list(zip(HEADS, line, strict=True)) == [
        *[("film", "film"), ("length", "60 s"), ("pairs", "2")],
        *[("plain CPU s", "10.0"), ("CPU ×", "1.075"), ("from–to", "1.050–1.100")],
        *[("wall ×", "1.00"), ("wall × default", "2.00")],
        *[("with copy: CPU ×", "1.095"), ("wall ×", "1.06")],
        *[("MB of ffmpeg", "100"), ("MB of ours", "90"), ("own CPU s", "0.40")],
    ]


def test_a_round_runs_all_three_over_a_film(tmp_path):
    measuring.warm_up()
    film = makers.film(tmp_path / "a.mp4", seconds=1)

    [one] = rounds.run(clips.KINDS["h264"], film, 1)

    assert 0 < one.look.copy_cpu_s < one.look.cpu_s
    assert 0 < one.look.without_copy.wall_s < one.look.wall_s
    assert min(one.plain.cpu_s, one.even.cpu_s) > 0
