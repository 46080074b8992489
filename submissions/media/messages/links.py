"""Of works handed in by their address."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.media.codes import Code
from submissions.media.messages.wording import Counted, Wording

WORDINGS = {
    Code.LNK_COUNT_FEW: Wording(
        Counted(
            "limit",
            lambda limit: ngettext(
                "Please paste the share text of your work: %(limit)s address is "
                "needed.",
                "Please paste the share texts of your work: %(limit)s are needed.",
                limit,
            ),
        ),
        why=_("The rule book says how many addresses make a work."),
    ),
    Code.LNK_COUNT_MANY: Wording(
        Counted(
            "limit",
            lambda limit: ngettext(
                "One work has %(limit)s address here. Please remove the other one "
                "first.",
                "One work has at most %(limit)s addresses. Please leave some out.",
                limit,
            ),
        ),
        why=_("The rule book says how many addresses make a work."),
    ),
    Code.LNK_FILES_NONE: Wording(
        _(
            "This kind of work is handed in by its address alone. Please take the "
            "files out."
        ),
        why=_("The work is looked at where it is published."),
    ),
    Code.LNK_ADDRESS_MISSING: Wording(
        _(
            "There is no address in this text. On %(site)s tap Share, then copy the "
            "link, and paste the whole text here."
        ),
        why=_("The work is looked at where it is published."),
    ),
    Code.LNK_ADDRESS_OTHER: Wording(
        _(
            "This address does not lead to a work on %(site)s. Please open the work "
            "there, tap Share, copy the link, and paste the whole text here."
        ),
        why=_(
            "The portal never opens an address by itself; it knows a work by how its "
            "address is written."
        ),
    ),
    Code.LNK_ADDRESS_TWICE: Wording(
        _("This address is in the list already."),
        why=_("Each part of a work is named once."),
    ),
    Code.LNK_ADDRESS_KNOWN: Wording(
        _(
            "You have already handed in this address with another work. Please take it "
            "out here, or withdraw the other work first."
        ),
        why=_("One published work belongs to one entry."),
    ),
}
