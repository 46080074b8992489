"""Says each step as it begins and ends, and sums up at the end."""

import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

OK, FAILED = "ok", "FAILED"


class StepFailed(Exception):
    """A step did not do what it had to; the sentence says what was seen."""


@dataclass
class Step:
    name: str
    outcome: str = ""
    seen: str = ""
    seconds: float = 0.0

    def note(self, seen: str) -> None:
        """What this step saw, for the summary."""
        self.seen = seen


@dataclass
class Progress:
    """The record of one rehearsal."""

    steps: list[Step] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Run a step; if it raises, it counts as failed and the error goes on."""
        step = Step(name)
        self.steps.append(step)
        say(f"→ {name}…")
        began = time.monotonic()
        try:
            yield step
            step.outcome = OK
        except BaseException as error:
            step.outcome, step.seen = FAILED, f"{type(error).__name__}: {error}"
            raise
        finally:
            step.seconds = time.monotonic() - began
            say(f"  {step.outcome}: {step.seen} ({step.seconds:.1f} s)")

    def keep(self, path: Path) -> Path:
        """Remember a file that stays when all else is dropped."""
        self.made.append(path)
        return path

    def went_well(self) -> bool:
        return all(step.outcome == OK for step in self.steps)

    def summary(self) -> str:
        rows = [("step", "outcome", "seconds", "seen")] + [
            (step.name, step.outcome, f"{step.seconds:.1f}", step.seen)
            for step in self.steps
        ]
        widths = [max(shown_width(row[i]) for row in rows) for i in range(3)]
        lines = [
            "  ".join(
                [
                    *(padded(cell, w) for cell, w in zip(row, widths, strict=False)),
                    row[3],
                ]
            )
            for row in rows
        ]
        lines.insert(1, "-" * shown_width(lines[0]))
        return "\n".join(["", *lines, "", *(f"made: {path}" for path in self.made)])


def shown_width(text: str) -> int:
    """Columns a text takes in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    return text + " " * (width - shown_width(text))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
