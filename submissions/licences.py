"""On the strength of what a work may be shown and passed on, in words for lists.

Rule 79: what leaves the portal says so beside each work. Works come with
`declarations`, `contest__current_version` and `winner_form` loaded.
"""

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from submissions.models import Submission
from submissions.states import WinnerFormState

DAY = "Y-m-d"


def with_licences(works: QuerySet) -> QuerySet:
    """With all that `basis_of` reads, in a fixed number of queries."""
    return works.select_related(
        "contest__current_version", "winner_form"
    ).prefetch_related("declarations")


def basis_of(work: Submission) -> str:
    """The licence its entrant agreed to, and of an awarded work whether it is signed
    over; nothing is claimed that nobody has agreed to."""
    parts = [_of_entry(work), _of_winner(work)]
    return "；".join(part for part in parts if part) or _("None: ask the author first")


def _of_entry(work):
    licence = work.contest.rulebook.licence
    if licence is None:
        return ""
    made = {each.key: each for each in work.declarations.all()}
    agreed = made.get(licence.declaration)
    if agreed is None:
        return ""
    return _("%(basis)s (text %(version)s, agreed %(day)s)") % {
        "basis": licence.basis,
        "version": agreed.version,
        "day": date_format(localtime(agreed.accepted_at), DAY),
    }


def _of_winner(work):
    form = getattr(work, "winner_form", None)
    if form is None:
        return ""
    if form.state == WinnerFormState.SIGNED:
        return _("winner's form signed %(day)s") % {
            "day": date_format(localtime(form.looked_at), DAY)
        }
    return _("winner's form not signed yet")
