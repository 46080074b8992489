"""Of files that are like those of another work."""

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages.wording import Wording

WORDINGS = {
    Code.IMG_PICTURE_KNOWN: Wording(
        _(
            "This picture looks much like one in another work. A person compares the "
            "two."
        ),
        why=_("Alike is not copied: two people may have stood at the same place."),
    ),
    Code.VID_SCENES_KNOWN: Wording(
        _(
            "Scenes of this film look like scenes of another work. A person compares "
            "them."
        ),
        why=_("Shared opening titles or borrowed scenes are looked at by a person."),
    ),
    Code.VID_SOUND_KNOWN: Wording(
        _("This sound is also heard in another work."),
        why=_("Many films share a piece of music; that alone is fine."),
    ),
    Code.SET_FILE_KNOWN: Wording(
        _(
            "The very same file has been handed in by somebody else. A person will "
            "look at it."
        ),
        why=_(
            "A person looks at both works side by side; nobody is blamed beforehand."
        ),
    ),
}
