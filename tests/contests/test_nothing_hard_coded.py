"""What belongs to one contest stands in its rule book and nowhere else."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from contests.rulebook import RuleBook, load_rulebook

ROOT = Path(__file__).resolve().parents[2]
BOOKS = ROOT / "contests" / "rulebooks"
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


PLACES = {  # what each city's book is full of, and no other place should know
    "hangzhou-2023": ("杭州", "亚运", "Hangzhou"),
    "wenzhou-2024": ("温州", "抖音", "Wenzhou", "Douyin"),
}


def shipped_books() -> list[RuleBook]:
    folders = sorted(file.parent for file in BOOKS.glob("*/rulebook.toml"))
    return [load_rulebook(folder) for folder in folders]


def words_of(book) -> Iterator[str]:
    """Names, titles, dates and numbers that only this contest has."""
    about = book.contest
    yield from PLACES[about.key]
    yield from (about.key, about.number_pattern[:4])
    yield from (about.title_full, about.title_short, about.theme, about.brand_name)
    yield from (about.brand_line, about.kicker, about.document_number)
    yield from (part.name for part in (*book.units, *book.tracks, *book.districts))
    yield from (unit.short_name for unit in book.units)
    yield from (name for body in book.bodies for name in body.names)
    yield from book.schools
    yield from filter(is_telling, (group.name for group in book.prize_groups))
    yield from filter(is_telling, (stage.name for stage in book.stages))
    for day in days_of(book):
        yield day.isoformat()
        yield f"{day.year}, {day.month}, {day.day}"
        yield f"{day.month} 月 {day.day} 日"


def is_telling(name) -> bool:
    """公示 or 全部作品 may stand anywhere: they are no contest's own words."""
    return len(name) > 4


def days_of(book) -> set[dt.date]:
    days = {book.contest.starts_on, book.contest.ends_on}
    for stage in book.stages:
        days |= {stage.starts_on, stage.ends_on}
    days |= {duty.due_on for duty in book.duties if duty.due_on}
    if book.publication:
        days |= {book.publication.day_of(node) for node in book.publication.nodes}
    return days


def code_files():
    for folder in CODE:
        for file in sorted((ROOT / folder).rglob("*")):
            place = file.relative_to(ROOT).as_posix()
            if file.suffix in ENDINGS and not place.startswith(NOT_CODE):
                yield place, file


def test_no_file_of_the_portal_knows_a_contest():
    words = {word for book in shipped_books() for word in words_of(book)}

    found = {
        place: known
        for place, file in code_files()
        if (known := sorted(w for w in words if w in file.read_text("utf-8")))
    }

    assert found == {}


def test_the_search_would_find_them():
    found = {
        book.contest.key: {word for word in words_of(book) if word in texts_of(book)}
        for book in shipped_books()
    }

    assert {"杭州", "上城区", "高校赛道", "杭文明办〔2023〕8 号"} <= found[
        "hangzhou-2023"
    ]
    assert {"温州", "抖音", "定向征集", "温委网办发〔2024〕6 号"} <= found[
        "wenzhou-2024"
    ]


def texts_of(book):
    return "".join(book.texts.values())


def test_every_shipped_book_is_searched_for():
    assert {book.contest.key for book in shipped_books()} == set(PLACES)
