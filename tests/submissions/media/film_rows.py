"""A boundary of REQUIREMENTS about films, as a row: a made file and what is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contests.rulebook import Category
from submissions.media.examine import examine
from tests.submissions.media.categories import LONG_VIDEO, SHORT_VIDEO
from tests.submissions.media.edge_films import Films


def _of_any_size(of: Category) -> Category:
    """The same limits without the one on pixels, for small and quick files."""
    return of.model_copy(
        update={"limits": of.limits.model_copy(update={"pixels": None})}
    )


SHORT, LONG = _of_any_size(SHORT_VIDEO), _of_any_size(LONG_VIDEO)
MUTE = ("VID-SOUND-NONE", "info")
HEADER_WRONG = ("VID-DUR-HEADER", "info")
TOO_LONG, BIT_LONG = ("VID-DUR-LONG", "error"), ("VID-DUR-LONG", "warning")
TOO_SHORT, BIT_SHORT = ("VID-DUR-SHORT", "error"), ("VID-DUR-SHORT", "warning")
TOO_SMALL = ("VID-PIXELS-LOW", "error")
ONE_SIDE = ("VID-PIXELS-ONESIDE", "warning")
NEARLY = ("VID-PIXELS-NEAR", "warning")
STRETCHED = ("VID-PIXELS-ANAMORPHIC", "info")
CONVERTED = ("VID-CODEC-CONVERT", "info")
NO_MP4 = ("VID-CONTAINER-OTHER", "error")
CUT_SHORT = ("VID-DATA-TRUNCATED", "error")


@dataclass(frozen=True)
class Row:
    what: str
    rule: str  # of part A or B
    make: Callable[[Films], Path]
    codes: list[tuple[str, str]]  # all of them, with their severities
    category: Category = SHORT_VIDEO
    facts: dict[str, Any] = field(default_factory=dict)


def told_of(row: Row, films: Films) -> tuple[list, dict]:
    """The codes with their severities, and what was measured of the row's facts."""
    examination = examine(row.make(films), category=row.category)
    found = [(each.code.value, each.severity.value) for each in examination.findings]
    measured = {name: getattr(examination.facts, name) for name in row.facts}
    return found, measured
