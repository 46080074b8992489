"""The same questions to both sides: a browser's jobs, the server's answers."""

import json
from pathlib import Path

from django.utils import translation

from contests.models import RuleBookVersion
from contests.rulebook import RuleBook
from contests.wording import told
from submissions import wording
from submissions.media import messages
from submissions.media.codes import Code
from submissions.media.findings import Finding
from submissions.media.humanise import humanise, kind_of
from submissions.media.rules import check_set, judge
from tests.submissions.media.test_messages import SAMPLE
from tests.submissions.precheck.facts import TABLE, facts_of

ANSWERS = (Path(__file__).parent / "answers.js").read_text()
LANGUAGES = ["zh-hans", "en"]


def served(book: RuleBook) -> dict:
    """A rule book as a browser gets it."""
    document = book.canonical_json()
    return json.loads(told(RuleBookVersion(digest=book.digest, document=document)))


def said(findings: list[Finding]) -> list[dict]:
    """Findings with everything said about them, in the language now active."""
    return [
        finding.as_dict()
        | {"clause": finding.clause, "explanation": messages.explain(finding.code)}
        for finding in findings
    ]


def of_files(book: RuleBook, language: str) -> list[tuple[str, dict, list[dict]]]:
    """(name, job, expected answer) of every file of the table."""
    found = []
    for row in TABLE["files"]:
        category = book.category(row["category"])
        facts = facts_of(row["facts"], category)
        with translation.override(language):
            expected = said(judge(facts, category.limits))
        job = {"call": "judge", "facts": row["facts"], "key": row["category"]}
        found.append((row["name"], job | {"language": language}, expected))
    return found


def of_sets(book: RuleBook, language: str) -> list[tuple[str, dict, list[dict]]]:
    """The same of every set of the table."""
    found = []
    for row in TABLE["sets"]:
        category = book.category(row["category"])
        files = [facts_of(facts, category) for facts in row["files"]]
        with translation.override(language):
            expected = said(check_set(files, category))
        job = {"call": "set", "files": row["files"], "key": row["category"]}
        found.append((row["name"], job | {"language": language}, expected))
    return found


def of_sentences(language: str) -> list[tuple[str, dict, dict]]:
    """Every sentence there is, singular, plural and in its variants."""
    wordings = [(code, {}) for code in Code]
    wordings += [
        (code, {"variant": variant})
        for code in Code
        for variant in messages.WORDINGS[code].variants
    ]
    wordings += [(code, {"limit": 1, "count": 1}) for code in Code]
    found = []
    placeholders = wording.sentences()
    for code, params in wordings:
        params = dict.fromkeys(placeholders[code]["params"], "示例") | SAMPLE | params
        with translation.override(language):
            [expected] = said([Finding(code, params=params)])
        finding = {"code": code.value, "params": params}
        job = {"call": "tell", "finding": finding, "language": language}
        found.append((f"{code} {params.get('variant', '')}", job, expected))
    return found


def of_numbers(language: str) -> list[tuple[str, dict, str]]:
    """Lengths, sizes and densities as they are written, halves among them."""
    seconds = [at * 26.7183 % 8000 for at in range(300)]
    halves = [at / 8 + whole for at in range(8) for whole in (0, 59, 60, 179, 3600)]
    values = {
        "duration_s": [*seconds, *halves, 59.995, 59.999, 0.005, 0.015, 2.675],
        "dpi": [*halves, 299.72, 299.9994, 71.997, 0.125],
        "size_px": [[1920, 1080]],
        "print_cm": [[29.7, 21.0], [8.5, 100.0]],
    }
    found = []
    for name, several in values.items():
        for value in several:
            with translation.override(language):
                expected = humanise(name, value)
            job = {"call": "write", "kind": kind_of(name), "value": value}
            found.append((f"{name} {value}", job | {"language": language}, expected))
    return found


def all_jobs(book: RuleBook) -> list[tuple[str, dict, object]]:
    """Everything, in both languages."""
    return [
        each
        for language in LANGUAGES
        for each in (
            *of_files(book, language),
            *of_sets(book, language),
            *of_sentences(language),
            *of_numbers(language),
        )
    ]
