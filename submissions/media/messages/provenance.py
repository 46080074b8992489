"""Of how a file came about: editing, cameras, signatures, generated content."""

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages.wording import Wording

WORDINGS = {
    Code.VID_EDIT_RAW: Wording(
        _(
            "This video looks like a camera's own recording in one piece. The notice "
            "asks for an edited work; a person will look at it."
        ),
        why=_("The file names a camera and no editing program, and no cut was found."),
    ),
    Code.VID_AIGC_LABELLED: Wording(
        _(
            "This video carries a label of AI-generated content. A person will look at "
            "it; please declare it truthfully."
        ),
        why=_("Programs that generate content write this label into the file."),
    ),
    Code.VID_SOURCE_GENERATED: Wording(
        _(
            "This file says that AI made the film or a part of it. A person will look "
            "at it; please declare it truthfully."
        ),
        why=_("Programs write the origin of a picture into the file (IPTC, C2PA)."),
    ),
    Code.IMG_EDIT_SOFTWARE: Wording(
        _(
            "This photograph names an editing program: %(software)s. Moderate "
            "brightness, contrast and saturation are allowed; a person will look at "
            "it. Please keep the original at hand."
        ),
        why=_("It does not say what was done with it, so a person decides."),
    ),
    Code.IMG_EDIT_DEVELOPED: Wording(
        _(
            "This photograph was developed in %(software)s, as photographers do with "
            "raw files. Adjusting light and colour is fine; a person will look at it. "
            "Please keep the original at hand."
        ),
        why=_(
            "A raw file has to be developed before it can be seen; that is no fault."
        ),
    ),
    Code.IMG_EDIT_HISTORY: Wording(
        _(
            "This file keeps a record of being edited. Moderate brightness, contrast "
            "and saturation are allowed; a person will look at it. Please keep the "
            "original at hand."
        ),
        why=_("It does not say how far the editing went, so a person decides."),
    ),
    Code.IMG_EXIF_NONE: Wording(
        _(
            "This photograph carries no camera data, as happens when it is sent by a "
            "chat program. If you have the file from the camera or phone, please send "
            "that; otherwise leave it, and a person will look at it."
        ),
        why=_("Chat programs remove them when sending."),
    ),
    Code.IMG_SIZE_CHANGED: Wording(
        _(
            "This photograph is %(size_px)s, while the camera recorded "
            "%(recorded_px)s. If you have the uncut original, please send that; "
            "otherwise a person will look at it."
        ),
        why=_("Cutting is no change of light and colour, so a person decides."),
        variants={
            "ratio": _(
                "This photograph is %(size_px)s, proportions no camera has: it seems "
                "to be cut. If you have the uncut original, please send that; "
                "otherwise a person will look at it."
            ),
        },
    ),
    Code.IMG_TAKEN_OUTSIDE: Wording(
        _(
            "By the camera's clock this photograph was taken on %(taken_on)s, outside "
            "the days asked for (%(window)s). If the clock was wrong, please say so in "
            "the story; a person will look at it."
        ),
        why=_("A camera's clock is easily wrong, so it never decides by itself."),
    ),
    Code.IMG_CLOCK_ODD: Wording(
        _(
            "The camera's clock says %(taken_on)s, the satellite's %(gps_on)s. That "
            "happens with a wrongly set clock; please give the true day in the story, "
            "and a person will look at it."
        ),
        why=_("A camera's clock is easily wrong, or never set."),
        variants={
            "unset": _(
                "The camera's clock was not set: it says %(taken_on)s. Please give the "
                "true day in the story; a person will look at it."
            ),
        },
    ),
    Code.IMG_CAMERA_OTHER: Wording(
        _(
            "This file names two cameras: %(camera)s and %(other_camera)s. Please see "
            "whether it is the right file; a person will look at it."
        ),
        why=_("Programs that put pictures together may keep the data of either."),
    ),
    Code.IMG_SOURCE_GENERATED: Wording(
        _(
            "This file says that AI made the picture or a part of it. A person will "
            "look at it; please declare it truthfully."
        ),
        why=_("Programs write the origin of a picture into the file (IPTC, C2PA)."),
    ),
    Code.IMG_SOURCE_OTHER: Wording(
        _(
            "This file says that it is not a camera's picture but put together or "
            "drawn. A person will look at it; if that is wrong, please send the "
            "original."
        ),
        why=_("Programs write the origin of a picture into the file (IPTC, C2PA)."),
    ),
    Code.IMG_CREDENTIALS_FOUND: Wording(
        _(
            "This photograph carries content credentials signed by %(signer)s, and "
            "they fit the picture. Nothing needs to be done."
        ),
        why=_("A signature says that the file is as it was signed; not who may sign."),
        variants={
            "remote": _(
                "This photograph names content credentials that lie elsewhere; they "
                "are not fetched. Nothing needs to be done."
            ),
        },
    ),
    Code.IMG_CREDENTIALS_EDITED: Wording(
        _(
            "The content credentials, signed by %(signer)s, tell of editing. Moderate "
            "brightness, contrast and saturation are allowed; a person will look at "
            "it. Please keep the original at hand."
        ),
        why=_("Programs sign what was done to a picture (C2PA); a person weighs it."),
    ),
    Code.IMG_CREDENTIALS_INVALID: Wording(
        _(
            "The content credentials in this file do not fit the picture any more, as "
            "after saving it in another program. If you have the original, please send "
            "that; otherwise a person will look at it."
        ),
        why=_(
            "The signature (C2PA) is over other bytes than these, or over another "
            "claim."
        ),
    ),
    Code.IMG_CREDENTIALS_UNREADABLE: Wording(
        _(
            "The content credentials in this file cannot be read. If you have the "
            "original, please send that; otherwise leave it, and a person will look at "
            "it."
        ),
        why=_("They are damaged, or of a kind (C2PA) that we do not know yet."),
    ),
    Code.IMG_AIGC_LABELLED: Wording(
        _(
            "This picture carries a label of AI-generated content, which this category "
            "does not take. If that is wrong, please write to the committee."
        ),
        why=_("Programs that generate pictures write this label into the file."),
        variants={
            "waiver": _(
                "This picture carries a label of AI-generated content, which this "
                "category does not take. If the label is wrong, please ask the "
                "committee before handing in; otherwise choose another category."
            ),
            "agreed": _(
                "This picture carries a label of AI-generated content; the committee "
                "has agreed to it."
            ),
            "review": _(
                "This picture carries a label of AI-generated content. A person will "
                "look at it; please declare it truthfully."
            ),
        },
    ),
}
