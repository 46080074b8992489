"""One thing a rule says about a file or a work, and the verdict over several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.states import Severity, Verdict


@dataclass(frozen=True)
class Finding:
    """`measured` against `limit`; severity and rule are the code's unless given."""

    code: Code
    severity: Severity = None
    measured: Any = None
    limit: Any = None
    rule: str = ""
    clause: str = ""  # the notice's own sentence
    params: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self):
        if self.severity is None:
            object.__setattr__(self, "severity", self.code.severity)
        if not self.rule:
            object.__setattr__(self, "rule", self.code.rule)

    @property
    def message(self) -> str:
        """The sentence for people, in the language now active."""
        return render(self.code, self.params)

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "message": self.message,
            "measured": self.measured,
            "limit": self.limit,
            "rule": self.rule,
        }

    def agreed(self) -> Self:
        """The same as the committee has let it be: told, and no fault any more."""
        params = {**self.params, "variant": "agreed"}
        return replace(self, severity=Severity.INFO, params=params)

    def with_severity(self, severity: Severity) -> Self:
        return replace(self, severity=severity)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """An error fails, else a warning asks a person, else the file passes."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return Verdict.FAILED
    if Severity.WARNING in severities:
        return Verdict.REVIEW
    return Verdict.PASSED


def worst_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a work made of files: one failed file fails it."""
    order = (Verdict.FAILED, Verdict.ERRORED, Verdict.REVIEW, Verdict.PASSED)
    found = set(verdicts)
    return next((verdict for verdict in order if verdict in found), Verdict.PASSED)
