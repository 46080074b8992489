"""What the pages of the rule book show."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contests.rulebook import RuleBook
from contests.typesetting import TypesetText, typeset

FIGURES = {
    "title_max_length": gettext_lazy("A title has at most %(limit)s characters."),
    "story_max_length": gettext_lazy("A story has at most %(limit)s characters."),
    "caption_max_length": gettext_lazy("A caption has at most %(limit)s characters."),
    "max_authors": gettext_lazy("At most %(limit)s authors are named."),
    "max_file_mb": gettext_lazy("A file has at most %(limit)s MB."),
}
FIGURES_OF_FILES = {"caption_max_length", "max_file_mb"}


def other_texts(book: RuleBook, *, than: str) -> list[tuple[str, TypesetText]]:
    """Every text of the book but one, with its key."""
    return [(key, typeset(text)) for key, text in book.texts.items() if key != than]


def portal_rules(book: RuleBook) -> list[tuple[str, list[str]]]:
    """What the portal asks for and the notice does not, by category (rule 61)."""
    by_category = [
        (
            category.name,
            [
                limit.clause
                for _name, limit in category.limits.each()
                if limit.source == "portal"
            ],
        )
        for category in book.categories
    ]
    rules = [(name, sentences) for name, sentences in by_category if sentences]
    return [*rules, (_("Every work"), list(_figures(book)))]


def _figures(book):
    takes_files = any(category.limits.takes_files for category in book.categories)
    for name, sentence in FIGURES.items():
        concerns = takes_files or name not in FIGURES_OF_FILES
        if concerns and name not in book.defaults.rules:
            yield sentence % {"limit": getattr(book.defaults, name)}
