"""What `inspectmedia` prints: results as plain data, and as words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from contests.rulebook import Category
from submissions.media import fact_words, humanise
from submissions.media.examine import Examination, SetExamination
from submissions.media.shell.batch import Done
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


def in_full(result: dict[str, Any], done: Done) -> dict[str, Any]:
    """The same, with what measured it and how long that took."""
    return result | {
        "tool_versions": done.examination.tool_versions,
        "timings": {"total_s": round(done.took_s, 3)} | done.examination.timings,
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
    lines = [f"{MARKS[verdict]} {_told(printable(name), verdict.label)}"]
    if summary := _summary(result["facts"]):
        lines.append(f"    {summary}")
    for finding in result["findings"]:
        severity = Severity(finding["severity"]).label
        lines.append(f"    [{finding['code']}] {_told(severity, finding['message'])}")
    if "timings" in result:
        lines += _details(result)
    return "\n".join(lines)


def counted(verdicts: Iterable[Verdict]) -> str:
    """How many files got which verdict, in one line."""
    counts = Counter(verdicts)
    parts = [(_("Files"), counts.total())]
    parts += [
        (verdict.label, counts[verdict]) for verdict in Verdict if counts[verdict]
    ]
    return " · ".join(_told(label, count) for label, count in parts)


def _details(result: dict[str, Any]) -> Iterator[str]:
    """Each fact, each tool and each time on a line."""
    for label, value in fact_words.told(result["facts"]):
        yield _labelled(label, value)
    for tool, version in result["tool_versions"].items():
        yield _labelled(_("Tool"), f"{tool} {version}")
    for step, seconds in result["timings"].items():
        yield _labelled(
            fact_words.time_label(step),
            _("%(seconds)s s") % {"seconds": f"{seconds:.3f}"},
        )


def _labelled(label: str, value: str) -> str:
    return f"    {_told(label, printable(value))}"


def _told(label: str, value: object) -> str:
    """With the colon of the language."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


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
