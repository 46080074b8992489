"""Of the files of a work together."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.media.codes import Code
from submissions.media.messages.wording import Counted, Wording

WORDINGS = {
    Code.SET_COUNT_FEW: Wording(
        Counted(
            "limit",
            lambda limit: ngettext(
                "Please add at least %(limit)s file.",
                "Please add at least %(limit)s files.",
                limit,
            ),
        ),
        why=_("The rules say how many files make a work."),
    ),
    Code.SET_COUNT_MANY: Wording(
        Counted(
            "limit",
            lambda limit: ngettext(
                "At most %(limit)s file belongs to one work. Please remove the others.",
                "At most %(limit)s files belong to one work. Please remove some.",
                limit,
            ),
        ),
        why=_("The rules say how many files make a work."),
    ),
    Code.SET_PAGES_MANY: Wording(
        _(
            "This work has %(count)s pages; at most %(limit)s are allowed. Please "
            "remove some."
        ),
        why=_("One JPG file is one page."),
    ),
    Code.SET_PHOTOS_MANY: Wording(
        _(
            "This series has %(count)s photographs; at most %(limit)s fit into one "
            "work. Please choose the best."
        ),
        why=_("The notice sets no number; this one is the portal's own."),
        variants={
            "review": _(
                "This series has %(count)s photographs, more than the usual %(limit)s. "
                "A person will look at it."
            ),
        },
    ),
    Code.SET_DUR_LONG: Wording(
        _(
            "Together the videos last %(duration_s)s, more than %(limit_s)s. A person "
            "will look at it."
        ),
        why=_(
            "The rules do not say whether the length counts for each film or for all "
            "together."
        ),
    ),
    Code.SET_FILES_SAME: Wording(
        _(
            "The same file was chosen %(count)s times. Please see whether another one "
            "was meant."
        ),
        why=_("The files are the same to the last byte."),
    ),
    Code.SET_FILE_FAILED: Wording(
        _("A file does not meet the rules. Please see what it says beside it."),
        why=_("A work can be handed in once none of its files has failed."),
    ),
    Code.SET_FILE_COMING: Wording(
        _(
            "A file is still on its way. Let it arrive, or cancel it; then hand the "
            "work in."
        ),
        why=_("If the work were handed in now, this file would not be part of it."),
    ),
    Code.SET_FILE_TWICE: Wording(
        _(
            "You have already handed in this very file with another work. Please "
            "choose another file, or withdraw the other work first."
        ),
        why=_("One file belongs to one work."),
    ),
}
