"""Judges facts by a category's limits. Every rule is a small pure function.

A check takes the facts and the limits and yields what it finds; it yields nothing where
the category sets no such limit or the fact is unknown.
"""

from collections.abc import Callable, Iterator

from contests.rulebook import Limits
from submissions.media.codes import Code
from submissions.media.facts import FileFacts, ImageFacts, VideoFacts
from submissions.media.findings import Finding
from submissions.media.rules import image, video
from submissions.media.rules.sets import check_set
from submissions.states import Severity

__all__ = ["check_set", "judge"]

Check = Callable[[FileFacts, Limits], Iterator[Finding]]


def judge(
    facts: FileFacts, limits: Limits, waived: frozenset[Code] = frozenset()
) -> list[Finding]:
    """All findings of a file; a waived error is kept, as information."""
    return [
        finding.agreed()
        if finding.code in waived and finding.severity == Severity.ERROR
        else finding
        for finding in _findings(facts, limits)
    ]


def _findings(facts: FileFacts, limits: Limits) -> list[Finding]:
    """What cannot be read is not measured, and nothing where no files are asked for."""
    if limits.format is None:
        return []
    if facts.size_bytes == 0:
        return [Finding(Code.FRM_FILE_EMPTY, measured=0)]
    if facts.virus:
        return [Finding(Code.FRM_FILE_INFECTED, measured=facts.virus)]
    checks = video if limits.format.container == "mp4" else image
    found = list(checks.check_format(facts, limits))
    if not isinstance(facts, VideoFacts | ImageFacts):
        return found
    unreadable = _run(checks.READABILITY, facts, limits)
    if any(finding.severity == Severity.ERROR for finding in unreadable):
        return found + unreadable
    return found + unreadable + _run(checks.MEASURES, facts, limits)


def _run(checks: tuple[Check, ...], facts, limits) -> list[Finding]:
    return [finding for check in checks for finding in check(facts, limits)]
