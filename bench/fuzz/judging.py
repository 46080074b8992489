"""Has spoiled files examined, and tells how each examination went."""

import json
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.fuzz import spoiling
from bench.fuzz.seeds import Seed
from submissions.media.examine import examine
from submissions.media.tools.processes import peak
from tests.submissions.media.categories import GRAPHIC, PHOTO, SHORT_VIDEO


@dataclass(frozen=True)
class Judged:
    """How the examination of one spoiled file went."""

    number: int
    seed: str
    verdict: str = ""
    codes: tuple[str, ...] = ()
    seconds: float = 0.0
    peak_mb: int = 0  # of the largest process it took
    left: tuple[str, ...] = ()  # names in the folder for temporary files
    log: str = ""


def judge(seed: Seed, number: int) -> Judged:
    """Examine one spoiled file as its inspection does."""
    began = time.monotonic()
    peak.reset()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / ("spoiled.mp4" if seed.is_film else "spoiled.jpg")
        path.write_bytes(spoiling.spoiled(seed, number))
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        found = examine(path, category=_category(seed, number), scratch_dir=scratch)
        for finding in found.findings:
            str(finding.message)
        _as_the_database_takes_it(found.facts)
    return Judged(
        number=number,
        seed=seed.name,
        verdict=str(found.verdict),
        codes=tuple(finding.code.value for finding in found.findings),
        seconds=round(time.monotonic() - began, 3),
        peak_mb=_peak_mb(),
        left=tuple(left.name for left in Path(tempfile.gettempdir()).iterdir()),
        log=found.log if found.verdict == "errored" else "",
    )


def _as_the_database_takes_it(facts) -> None:
    """Numbers that are some, whole characters, no NUL."""
    told = json.dumps(facts.to_json(), allow_nan=False, ensure_ascii=False)
    if b"\\u0000" in told.encode():
        raise ValueError("There is a NUL in the facts.")


def _category(seed: Seed, number: int):
    if seed.is_film:
        return SHORT_VIDEO
    return (PHOTO, GRAPHIC)[number // 2 % 2]


def _peak_mb() -> int:
    """What this process, and each that it had started for this file, had at most."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return max(own, peak.bytes) >> 20
