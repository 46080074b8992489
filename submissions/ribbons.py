"""Ribbons on works: what an app above has to say about them, such as a selection.

An app registers a source when it is ready; it gets works and answers {pk: words}.
"""

from collections.abc import Callable, Iterable

from submissions.models import Submission

Source = Callable[[list[Submission]], dict[int, str]]

_sources: list[Source] = []


def register_ribbons(source: Source) -> Source:
    if source not in _sources:
        _sources.append(source)
    return source


def ribbons_of(submissions: Iterable[Submission]) -> dict[int, str]:
    """The words for each work that has some; one call of each source for all."""
    works = list(submissions)
    ribbons = {}
    for source in _sources:
        ribbons |= source(works)
    return ribbons
