"""What `inspectmedia` prints: results as plain data, and as words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from contests.rulebook import Category
from submissions.media import humanise
from submissions.media.examine import Examination, SetExamination
from submissions.states import Severity, Verdict

MARKS = {
    Verdict.PASSED: "✓",
    Verdict.REVIEW: "?",
    Verdict.FAILED: "✗",
    Verdict.ERRORED: "!",
}


def of_file(name: str, category: Category, examination: Examination) -> dict[str, Any]:
    return {
        "file": name,
        "category": category.key,
        "verdict": examination.verdict.value,
        "findings": [finding.as_dict() for finding in examination.findings],
        "facts": examination.facts.to_json(),
    }


def of_set(
    names: Sequence[str], category: Category, examination: SetExamination
) -> dict[str, Any]:
    return {
        "file": None,
        "files": list(names),
        "category": category.key,
        "verdict": examination.verdict.value,
        "findings": [finding.as_dict() for finding in examination.findings],
        "facts": {
            "kind": "set",
            "file_count": examination.file_count,
            "size_bytes": examination.size_bytes,
        },
    }


def in_words(result: dict[str, Any]) -> str:
    """A short summary for people: verdict, what it is, then each finding."""
    verdict = Verdict(result["verdict"])
    name = result["file"] if result["file"] is not None else _("All files together")
    lines = [f"{MARKS[verdict]} {printable(name)}: {verdict.label}"]
    if summary := _summary(result["facts"]):
        lines.append(f"    {summary}")
    for finding in result["findings"]:
        severity = Severity(finding["severity"]).label
        lines.append(f"    [{finding['code']}] {severity}: {finding['message']}")
    return "\n".join(lines)


def printable(name: str) -> str:
    """A name that cannot steer a terminal."""
    text = name.encode("utf-8", "backslashreplace").decode()
    return "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def _summary(facts: dict[str, Any]) -> str:
    size = (facts.get("display_width_px"), facts.get("display_height_px"))
    parts = [
        str(facts.get("content_type", "")).upper(),
        humanise.pixels(size) if None not in size else "",
        humanise.duration(facts["duration_s"]) if facts.get("duration_s") else "",
        facts.get("codec", ""),
        facts.get("mode", ""),
        humanise.density(facts["dpi_x"]) if facts.get("dpi_x") else "",
    ]
    return " · ".join(filter(None, parts))
