"""Links of a work that stands published elsewhere (B21). Nothing of them is fetched."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests.errors import RuleViolation
from contests.rulebook import LinkLimit
from submissions.asked import asked_links
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.models import Submission, WorkLink
from submissions.services.drafts import NotAsked, adopt_rulebook, require_editable

TEXT_MAX_LENGTH = 4000  # a whole set, each with the words an app puts around it
# An address ends where no address goes on: at a space, a Chinese sign or a bracket.
ADDRESS = re.compile(r"https?://[!#$%&*+,\-./0-9:;=?@A-Z_a-z~]+", re.IGNORECASE)


class LinkRefused(RuleViolation):
    code = "link_refused"


@transaction.atomic
def add_links(
    *, submission: Submission, text: str, by: User, at: datetime
) -> list[WorkLink]:
    """Add the addresses in what people paste, be it an address or a whole share text.

    All of them are added, or none.
    """
    require_editable(submission, by=by)
    adopt_rulebook(submission, at=at)
    limit = asked_links(submission, submission.rulebook_version.rulebook)
    if limit is None:
        raise NotAsked(_("This kind of work takes no addresses."))
    addresses = addresses_in(text[:TEXT_MAX_LENGTH], limit)
    standing = set(submission.links.values_list("url", flat=True))
    if standing & set(addresses):
        raise _refusal(Code.LNK_ADDRESS_TWICE)
    if len(standing) + len(addresses) > limit.max:
        raise _refusal(Code.LNK_COUNT_MANY, limit=limit.max)
    last = submission.links.aggregate(last=Max("position"))["last"] or 0
    return WorkLink.objects.bulk_create(
        WorkLink(submission=submission, position=position, url=address)
        for position, address in enumerate(addresses, start=last + 1)
    )


def addresses_in(text: str, limit: LinkLimit) -> list[str]:
    """Every address of a work in a text, each once and in one spelling.

    Refuses a text without any address, and one whose addresses lead elsewhere.
    """
    found = [plain(address) for address in ADDRESS.findall(text)]
    if not found:
        raise _refusal(Code.LNK_ADDRESS_MISSING, site=limit.site)
    taken = dict.fromkeys(address for address in found if limit.takes(address))
    if not taken:
        raise _refusal(Code.LNK_ADDRESS_OTHER, site=limit.site)
    return list(taken)


def plain(address: str) -> str:
    """One spelling of an address: safe, without what only says who shared it."""
    parts = urlsplit(address.rstrip(".,;:!?"))
    return f"https://{parts.netloc.lower()}{parts.path.rstrip('/')}/"


def _refusal(code, **params):
    return LinkRefused(render(code, params), code=code)


@transaction.atomic
def remove_link(*, link: WorkLink, by: User, at: datetime) -> None:
    require_editable(link.submission, by=by)
    link.delete()


@transaction.atomic
def move_link(*, link: WorkLink, by: User, at: datetime, to: int) -> None:
    """Put a link at a place in the order, counted from 1."""
    require_editable(link.submission, by=by)
    links = list(link.submission.links.exclude(pk=link.pk))
    links.insert(max(to, 1) - 1, link)
    for position, each in enumerate(links, start=1):
        each.position = position
    WorkLink.objects.bulk_update(links, ["position"])
