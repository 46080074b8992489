"""Rounds of plain decodes and an inspection of one film, and the line they make."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.media import measuring
from bench.media.clips import Kind
from bench.media.measuring import Spent

HEADS = [
    *("film", "length", "pairs", "plain CPU s", "CPU ×", "from–to", "wall ×"),
    *("wall × default", "with copy: CPU ×", "wall ×", "MB of ffmpeg", "MB of ours"),
    "own CPU s",
]


@dataclass(frozen=True)
class Round:
    """Three runs over one film, one after the other."""

    plain: Spent  # `ffmpeg -f null` as it comes
    even: Spent  # the same with as many threads as the inspection decodes with
    look: Spent  # the inspection, and the copy for viewing


def run(kind: Kind, film: Path, count: int) -> Iterator[Round]:
    for _each in range(count):
        plain = measuring.plain_decode(film)
        look = measuring.inspection(film)
        even = measuring.plain_decode(film, threads=kind.threads)
        yield Round(plain, even, look)


def line(name: str, seconds: int, rounds: list[Round]) -> list[str]:
    """The cells under HEADS. Ratios of CPU are to the plain decode, those of wall time
    to the one with as many threads, but for *wall × default*. *With copy* counts the
    copy for viewing too."""
    ratios = [each.look.without_copy.cpu_s / each.plain.cpu_s for each in rounds]
    return [
        *(name, f"{seconds} s", str(len(rounds))),
        f"{statistics.median(each.plain.cpu_s for each in rounds):.1f}",
        f"{statistics.median(ratios):.3f}",
        f"{min(ratios):.3f}–{max(ratios):.3f}",
        _median(rounds, lambda r: r.look.without_copy.wall_s / r.even.wall_s, 2),
        _median(rounds, lambda r: r.look.without_copy.wall_s / r.plain.wall_s, 2),
        _median(rounds, lambda r: r.look.cpu_s / r.plain.cpu_s, 3),
        _median(rounds, lambda r: r.look.wall_s / r.even.wall_s, 2),
        f"{max(each.look.tool_mb for each in rounds):.0f}",
        f"{max(each.look.own_mb for each in rounds):.0f}",
        _median(rounds, lambda r: r.look.own_cpu_s, 2),
    ]


def _median(rounds: list[Round], figure: Callable[[Round], float], digits: int) -> str:
    return f"{statistics.median(map(figure, rounds)):.{digits}f}"
