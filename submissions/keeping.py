"""Which works stay as they are after a contest: those the award list needs.

An app above that knows of results registers a source; it gets accepted works and
answers with the ids of those that stay.
"""

from collections.abc import Callable

from django.db.models import QuerySet

Source = Callable[[QuerySet], set[int]]

_sources: list[Source] = []


def register_keeper(source: Source) -> Source:
    if source not in _sources:
        _sources.append(source)
    return source


def kept_among(works: QuerySet) -> set[int]:
    return {pk for source in _sources for pk in source(works)}
