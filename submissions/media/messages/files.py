"""Of any file, whatever its kind."""

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages.wording import Wording

WORDINGS = {
    Code.FRM_FILE_MISSING: Wording(
        _("There is no file here. Please check its name and its place."),
        why=_("The name or the place of the file is wrong, or it has been removed."),
    ),
    Code.FRM_FILE_KIND: Wording(
        _("This is not a file but a folder or a device. Please choose a file."),
        why=_("Only ordinary files can be inspected."),
    ),
    Code.FRM_FILE_EMPTY: Wording(
        _(
            "This file is empty (0 bytes). Please choose the original again and send "
            "it once more."
        ),
        why=_("Nothing arrived, most often because sending broke off."),
    ),
    Code.FRM_FILE_INFECTED: Wording(
        _(
            "The virus scanner objects to this file, so it was not opened. Please "
            "check your device, make the file anew and send that one."
        ),
        why=_("Scanners err now and then; the organiser sees what was found."),
    ),
    Code.FRM_FILE_LARGE: Wording(
        _("This file is larger than %(limit)s MB. Please export it a little smaller."),
        why=_("The notice sets no size; this one is the portal's own."),
    ),
    Code.FRM_CHECK_ERRORED: Wording(
        _(
            "We could not check this file. It is not the file's fault; please try "
            "again a little later."
        ),
        why=_("Something on our side failed; the work is not judged by it."),
    ),
}
