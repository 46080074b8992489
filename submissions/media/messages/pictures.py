"""Of pictures, as they were measured."""

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages.wording import Wording

WORDINGS = {
    Code.IMG_FORMAT_OTHER: Wording(
        _(
            "This file is not a JPG picture but %(found_type)s. Please export it as "
            "JPG and send it again."
        ),
        why=_(
            "The kind of a file is told by its content, so renaming it changes nothing."
        ),
        variants={
            "heic": _(
                "This picture is a HEIC, not a JPG. On an iPhone choose Settings, "
                "Camera, Formats, Most Compatible; on other phones turn HEIF off in "
                "the camera's settings. A picture already taken can be saved as JPG in "
                "the album."
            ),
            "film": _(
                "This is a film (%(found_type)s), not a JPG picture. Of a live photo "
                "only the still is needed: in the album choose to duplicate or save it "
                "as a still, and send that."
            ),
        },
    ),
    Code.IMG_CODING_OTHER: Wording(
        _(
            "This JPG is in a rare coding that usual programs cannot open. Please save "
            "it as an ordinary JPG."
        ),
        why=_(
            "Browsers cannot show such rare kinds of JPEG (lossless, hierarchical, 12 "
            "bits)."
        ),
    ),
    Code.IMG_DATA_DAMAGED: Wording(
        _("This picture cannot be read. Please export it again and send the new file."),
        why=_("The picture in this file cannot be opened."),
    ),
    Code.IMG_DATA_UNSAFE: Wording(
        _(
            "This picture could not be opened safely. Please open it in an image "
            "program, save it as a new JPG and send that."
        ),
        why=_(
            "Reading it took more memory or time than a picture may cost, or broke off."
        ),
    ),
    Code.IMG_DATA_TRUNCATED: Wording(
        _(
            "The lower part of this picture is missing, as if sending had broken off. "
            "Please send the file again."
        ),
        why=_("The file ends before the picture does."),
    ),
    Code.IMG_DATA_GLITCH: Wording(
        _(
            "Some parts of this picture may be damaged. Please open it and look; a "
            "person will look at it too."
        ),
        why=_("Small faults may not be seen at all, so a person decides."),
    ),
    Code.IMG_DATA_FOREIGN: Wording(
        _(
            "This picture file holds something else as well: %(found_type)s. A person "
            "will look at it."
        ),
        why=_("Viewers ignore it; ordinary exports have nothing of the kind."),
    ),
    Code.IMG_DATA_TRAILING: Wording(
        _(
            "There are more data behind the picture, as some phones add them. Nothing "
            "needs to be done."
        ),
        why=_("Motion photos, second views and gain maps are stored like this."),
    ),
    Code.IMG_PIXELS_HUGE: Wording(
        _(
            "This picture is %(size_px)s, too big to be opened safely. Please save it "
            "a little smaller or as an ordinary, not progressive JPG."
        ),
        why=_("Opening it would take more memory or time than one picture may cost."),
    ),
    Code.IMG_PIXELS_LOW: Wording(
        _(
            "This picture is only %(size_px)s. If there is a larger original, please "
            "send that; a person will look at it."
        ),
        why=_(
            "The notice sets no size; small pictures are hard to judge and to print."
        ),
    ),
    Code.IMG_MODE_CMYK: Wording(
        _(
            "This picture is in %(mode)s, while RGB is asked for. In an image editor "
            "choose RGB as the colour mode, save it as JPG and send it again."
        ),
        why=_("CMYK is made for printing machines; screens show it wrongly."),
    ),
    Code.IMG_MODE_GREY: Wording(
        _(
            "This picture is greyscale, while RGB is asked for. If black and white is "
            "meant, leave it; a person will look at it."
        ),
        why=_(
            "A black and white picture can be saved in RGB without looking different."
        ),
    ),
    Code.IMG_PROFILE_OTHER: Wording(
        _(
            "The colours are described by the profile %(profile)s, which is RGB too. "
            "Nothing needs to be done."
        ),
        why=_("sRGB, Adobe RGB and Display P3 are all RGB."),
    ),
    Code.IMG_DPI_MISSING: Wording(
        _(
            "This picture does not say its resolution. At %(limit_dpi)s it prints at "
            "%(print_cm)s. A person will look at it; you can also set %(limit_dpi)s in "
            "an image editor, without changing the picture."
        ),
        why=_(
            "The resolution is a number in the file's header, not a property of the "
            "picture."
        ),
    ),
    Code.IMG_DPI_LOW: Wording(
        _(
            "This picture says %(dpi)s, while %(limit_dpi)s is asked for. At "
            "%(limit_dpi)s it prints at %(print_cm)s. A person will look at it; you "
            "can also set %(limit_dpi)s in an image editor, without changing the "
            "picture."
        ),
        why=_(
            "The resolution is a number in the file's header, not a property of the "
            "picture."
        ),
    ),
    Code.IMG_DPI_UNEQUAL: Wording(
        _(
            "The resolution differs across and down: %(dpi)s and %(other_dpi)s. A "
            "person will look at it."
        ),
        why=_("Printed as the file says, the picture would come out stretched."),
    ),
    Code.IMG_DPI_CONFLICT: Wording(
        _(
            "This picture names two resolutions: %(dpi)s and %(other_dpi)s. A person "
            "will look at it."
        ),
        why=_("Some programs read the one number, some the other."),
    ),
    Code.IMG_RATIO_STRIP: Wording(
        _(
            "This page is a long strip of %(size_px)s. One file counts as one page; a "
            "person will see whether it holds several."
        ),
        why=_("A long strip can hold several pages, so a person counts them."),
    ),
}
