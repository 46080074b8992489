"""Addresses of a work as lines with buttons, for the files step."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from submissions.asked import asked_links
from submissions.models import Submission, WorkLink


@dataclass(frozen=True)
class LinkLine:
    link: WorkLink
    number: int
    count: int

    @property
    def earlier(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def link_context(submission: Submission, form) -> dict:
    """What the step shows of links; nothing where the category asks for none."""
    book = submission.rulebook_version.rulebook
    limit = asked_links(submission, book)
    if limit is None:
        return {}
    links = list(submission.links.all())
    context = {
        "link_limit": limit,
        "link_field": form["links"],
        "link_room": max(limit.max - len(links), 0),
        "link_lines": [
            LinkLine(link, number, len(links))
            for number, link in enumerate(links, start=1)
        ],
    }
    if not book.category(submission.category.key).limits.takes_files:
        words = _("The work stays where it is published; here you only say where.")
        context["lead"] = words
    return context
