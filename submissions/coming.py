"""What comes next beside the contest, for the end of one's own page.

An app above registers a source when it is ready; it gets the moment and answers with
what `components/activity_row.html` shows.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

Source = Callable[[datetime], Sequence]

_sources: list[Source] = []


def register_coming(source: Source) -> Source:
    if source not in _sources:
        _sources.append(source)
    return source


def coming(at: datetime) -> list:
    return [activity for source in _sources for activity in source(at)]
