"""The works a rehearsal hands in: made here, plus any files somebody brings along."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contest_portal.desk import demo_media
from contests.models import Contest
from contests.rulebook import Category
from submissions.media.examine import examine
from submissions.states import Verdict

MOTIFS = ("booth", "bridge", "tea", "bins", "lotus", "metro")
SHORT_S = 6


@dataclass(frozen=True)
class Work:
    """A title, a category and files; `refused` works must not get in."""

    title: str
    category: str
    files: tuple[Path, ...]
    refused: bool = False


def made_works(contest: Contest, folder: Path) -> Iterator[Work]:
    """One work of each category, a second of the first, and a file that lies."""
    for number, category in enumerate(contest.rulebook.categories):
        files = tuple(make(category, folder, number=number))
        yield Work(f"Rehearsal {number + 1}: {category.name}", category.key, files)
    first = contest.rulebook.categories[0]
    yield Work("Rehearsal: one more", first.key, tuple(make(first, folder, number=90)))
    liar = folder / ("liar.mp4" if first.media == "video" else "liar.jpg")
    liar.write_text("<html><body>Not what the name says.</body></html>", "utf-8")
    yield Work("Rehearsal: a web page by another name", first.key, (liar,), True)


def make(category: Category, folder: Path, *, number: int) -> Iterator[Path]:
    """Files that keep the category's limits."""
    motif = MOTIFS[number % len(MOTIFS)]
    if category.media == "video":
        least = category.limits.duration.min_s or 0
        seconds = max(SHORT_S, round(least) + 2)
        path = folder / f"{number}.mp4"
        yield demo_media.make_film(path, motif=motif, seconds=seconds, variant=number)
        return
    for page in range(
        min(max(category.limits.count.min, 2), category.limits.count.max)
    ):
        path = folder / f"{number}-{page}.jpg"
        yield demo_media.make_photo(path, motif=motif, variant=number * 7 + page)


def brought_works(contest: Contest, folder: Path) -> Iterator[Work]:
    """Every file of a folder as a work of the first category that takes it."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            category, taken = fitting_category(contest, path)
            yield Work(path.stem[:40], category.key, (path,), refused=not taken)


def fitting_category(contest: Contest, path: Path) -> tuple[Category, bool]:
    """The first category whose limits one file keeps, or the first of all."""
    categories = contest.rulebook.categories
    for category in categories:
        takes_one = category.limits.count.min == 1
        if takes_one and examine(path, category=category).verdict != Verdict.FAILED:
            return category, True
    return categories[0], False
