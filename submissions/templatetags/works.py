"""Small words of the pages about works."""

from django import template

from contests.rulebook import RuleBook
from submissions.models import Declaration
from submissions.moments import deadline_words
from submissions.rule_items import RuleItem

register = template.Library()

register.filter("deadline", deadline_words)


@register.filter
def rule_counts(items: list[RuleItem]) -> dict[str, int]:
    passed = sum(item.state == "passed" for item in items)
    return {"passed": passed, "total": len(items)}


@register.filter
def tick_label(tick: Declaration, book: RuleBook) -> str:
    """The plain sentence beside the tick; the clause if the book dropped it since."""
    labels = {declaration.key: declaration.label for declaration in book.declarations}
    return labels.get(tick.key, tick.text)
