"""What the pages of the rule book show."""

from django.utils.translation import gettext as _

from contests.rulebook import RuleBook
from contests.typesetting import TypesetText, typeset


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
    return [*rules, (_("Every work"), list(_figures(book.defaults)))]


def _figures(defaults):
    yield _("A title has at most %(limit)s characters.") % {
        "limit": defaults.title_max_length
    }
    yield _("A story has at most %(limit)s characters.") % {
        "limit": defaults.story_max_length
    }
    yield _("A caption has at most %(limit)s characters.") % {
        "limit": defaults.caption_max_length
    }
    yield _("At most %(limit)s authors are named.") % {"limit": defaults.max_authors}
    yield _("A file has at most %(limit)s MB.") % {"limit": defaults.max_file_mb}
