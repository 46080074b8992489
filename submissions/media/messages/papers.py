"""Of papers beside a work."""

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages.wording import Wording

WORDINGS = {
    Code.FRM_PROOF_MISSING: Wording(
        _("Please add this paper: %(paper)s."),
        why=_("The rule book asks for this paper in this track."),
    ),
    Code.FRM_PROOF_KIND: Wording(
        _(
            "This is neither PDF nor JPG nor PNG, but %(found_type)s. Please take a "
            "photo of the paper, or save it as PDF."
        ),
        why=_(
            "The kind of a file is told by its content, so renaming it changes nothing."
        ),
    ),
    Code.FRM_PROOF_DAMAGED: Wording(
        _(
            "This paper cannot be opened. Please scan it or take a photo of it once "
            "more."
        ),
        why=_("A person who screens the works must be able to read it."),
    ),
    Code.FRM_PROOF_LOCKED: Wording(
        _(
            "This PDF is locked with a password. Please save it without one, or take a "
            "photo of the paper."
        ),
        why=_("A person who screens the works must be able to read it."),
    ),
    Code.FRM_PROOF_ACTIVE: Wording(
        _(
            "This PDF holds more than paper: programs or other files. Please print it "
            "as a new PDF, or take a photo of the paper."
        ),
        why=_(
            "Papers are opened by those who screen, so they may hold nothing that runs."
        ),
    ),
    Code.FRM_PROOF_MANY: Wording(
        _("There are %(limit)s papers of this kind already. Please remove one first."),
        why=_("The rule book says how many papers of a kind are enough."),
    ),
}
