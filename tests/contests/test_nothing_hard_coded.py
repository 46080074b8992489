"""What belongs to one contest stands in its rule book and nowhere else."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tests.factories.contests import shipped_rulebook

ROOT = Path(__file__).resolve().parents[2]
CODE = (
    "contest_portal",
    "contests",
    "accounts",
    "submissions",
    "judging",
    "outreach",
    "documents",
    "templates",
    "static",
    "locale",
)
ENDINGS = {".py", ".html", ".js", ".css", ".svg", ".txt", ".po"}
NOT_CODE = ("contests/rulebooks/", "static/vendor/")


def words_of_the_book() -> Iterator[str]:
    """Names, titles, dates and numbers that only this contest has."""
    book = shipped_rulebook()
    about = book.contest
    yield from ("杭州", "亚运", "Hangzhou", about.key, about.number_pattern[:4])
    yield from (about.title_full, about.title_short, about.theme, about.brand_name)
    yield from (about.brand_line, about.kicker, about.document_number)
    yield from (part.name for part in (*book.units, *book.tracks, *book.districts))
    yield from (unit.short_name for unit in book.units)
    yield from (name for body in book.bodies for name in body.names)
    yield from book.schools
    yield from (group.name for group in book.prize_groups)
    yield from (stage.name for stage in book.stages)
    for day in days_of(book):
        yield day.isoformat()
        yield f"{day.year}, {day.month}, {day.day}"
        yield f"{day.month} 月 {day.day} 日"


def days_of(book) -> set[dt.date]:
    days = {book.contest.starts_on, book.contest.ends_on, book.outreach.due_on}
    for stage in book.stages:
        days |= {stage.starts_on, stage.ends_on}
    return days | {book.publication.day_of(node) for node in book.publication.nodes}


def code_files():
    for folder in CODE:
        for file in sorted((ROOT / folder).rglob("*")):
            place = file.relative_to(ROOT).as_posix()
            if file.suffix in ENDINGS and not place.startswith(NOT_CODE):
                yield place, file


def test_no_file_of_the_portal_knows_a_contest():
    words = set(words_of_the_book())

    found = {
        place: known
        for place, file in code_files()
        if (known := sorted(w for w in words if w in file.read_text("utf-8")))
    }

    assert found == {}


def test_the_search_would_find_them():
    texts = "".join(shipped_rulebook().texts.values())

    found = {word for word in words_of_the_book() if word in texts}

    assert {"杭州", "上城区", "高校赛道", "杭文明办〔2023〕8 号"} <= found
