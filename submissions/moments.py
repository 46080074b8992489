"""Days and deadlines in words; `contests` says how."""

from contests.moments import day_words, deadline_words, last_day_before

__all__ = ["day_words", "deadline_words", "last_day_before"]
