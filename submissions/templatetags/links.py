"""Where a work of links can be watched."""

from django import template

from submissions.asked import asked_links
from submissions.models import Submission

register = template.Library()


@register.inclusion_tag("submissions/_link_list.html")
def watch_links(submission: Submission) -> dict:
    """Its addresses, to be opened by the reader; the portal never opens them."""
    limit = asked_links(submission, submission.rulebook_version.rulebook)
    links = list(submission.links.all()) if limit else []
    return {"links": links, "site": limit.site if limit else ""}
