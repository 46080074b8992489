"""Of films, as they were measured."""

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages.wording import Wording

WORDINGS = {
    Code.VID_CONTAINER_OTHER: Wording(
        _(
            "This file is not an MP4 video but %(found_type)s. Please export it as MP4 "
            "and send it again."
        ),
        why=_(
            "The kind of a file is told by its content, so renaming it changes nothing."
        ),
        variants={
            "mov": _(
                "This file is a MOV video, not an MP4. Renaming is not enough: please "
                "save or export it as MP4 and send it again; the picture stays the "
                "same."
            ),
            "picture": _(
                "This is a picture (%(found_type)s); this category takes a video. To "
                "enter a photograph, please choose its category in step 1."
            ),
        },
    ),
    Code.VID_CONTAINER_BRAND: Wording(
        _(
            "This file looks like an MP4, but does not say so clearly. A person will "
            "look at it."
        ),
        why=_(
            "An MP4 names its kind at the beginning; here that name is missing or "
            "unusual."
        ),
    ),
    Code.VID_STREAM_NONE: Wording(
        _("There is no moving picture in this file. Please export the video again."),
        why=_("The file holds only sound, or only a cover picture."),
    ),
    Code.VID_STREAM_SEVERAL: Wording(
        _(
            "This file holds %(count)s picture tracks. The first one counts; a person "
            "will look at it."
        ),
        why=_("Players may show another track than the one that was checked."),
    ),
    Code.VID_CODEC_UNKNOWN: Wording(
        _(
            "We cannot read the picture of this video. A person will look at it. If "
            "you can, please export it once more as H.264, which plays everywhere."
        ),
        why=_(
            "The notice asks for MP4 only, so this is no reason to refuse the video."
        ),
    ),
    Code.VID_CODEC_CONVERT: Wording(
        _(
            "The picture is stored as %(codec)s, which some browsers cannot play. We "
            "make a copy that plays; nothing needs to be done."
        ),
        why=_("The rule asks for MP4 only; how the picture is stored in it is free."),
    ),
    Code.VID_DATA_DAMAGED: Wording(
        _("This video cannot be read. Please export it again and send the new file."),
        why=_("No picture, or only a small part of it, can be played."),
    ),
    Code.VID_DATA_TRUNCATED: Wording(
        _(
            "The end of this video is missing, as if sending had broken off. Please "
            "send the file again."
        ),
        why=_("The file ends before the video does."),
    ),
    Code.VID_DATA_GLITCH: Wording(
        _(
            "Some moments of this video may be damaged. Please play it through once; a "
            "person will look at it too."
        ),
        why=_("Small faults may not be seen at all, so a person decides."),
    ),
    Code.VID_DATA_PARTIAL: Wording(
        _("This video could not be checked to its end. A person will look at it."),
        why=_("Checking took longer than such a video should need, or broke off."),
    ),
    Code.VID_DATA_FOREIGN: Wording(
        _(
            "Something else is attached to this video: %(found_type)s. A person will "
            "look at it."
        ),
        why=_(
            "Players ignore what follows the video; ordinary exports have nothing "
            "there."
        ),
    ),
    Code.VID_DUR_LONG: Wording(
        _(
            "This video is %(duration_s)s long, more than %(limit_s)s. Please shorten "
            "it, or choose a category for longer videos."
        ),
        why=_(
            "What counts is how long the picture really plays; a fraction of a second "
            "more is let pass."
        ),
        variants={
            "waiver": _(
                "This video is %(duration_s)s long, more than %(limit_s)s. You can "
                "shorten it, or ask the committee for a special case before handing "
                "in."
            ),
            "review": _(
                "This video is %(duration_s)s long, a touch more than %(limit_s)s. A "
                "person will look at it."
            ),
        },
    ),
    Code.VID_DUR_SHORT: Wording(
        _(
            "This video is %(duration_s)s long, less than %(limit_s)s. Please choose a "
            "category for shorter videos, or add to it."
        ),
        why=_(
            "What counts is how long the picture really plays; a fraction of a second "
            "less is let pass."
        ),
        variants={
            "review": _(
                "This video is %(duration_s)s long, a touch less than %(limit_s)s. A "
                "person will look at it."
            ),
        },
    ),
    Code.VID_DUR_HEADER: Wording(
        _(
            "The file says it is %(header_s)s long; the picture really plays for "
            "%(duration_s)s, and that counts."
        ),
        why=_("What a file says of its own length may be wrong, so it is measured."),
    ),
    Code.VID_PIXELS_LOW: Wording(
        _(
            "The picture is %(size_px)s, smaller than the %(limit_px)s asked for. "
            "Please send the original, not a compressed copy; when sending from "
            "WeChat, choose the original quality."
        ),
        why=_(
            "What counts is the picture as shown: upright, with square pixels. "
            "Portrait and landscape are both welcome."
        ),
    ),
    Code.VID_PIXELS_ONESIDE: Wording(
        _(
            "The picture is %(size_px)s: one side reaches %(limit_px)s, the other does "
            "not. A wide or square picture is fine; a person will confirm it."
        ),
        why=_("Cinema, 4:3 and square pictures reach the figure on one side only."),
    ),
    Code.VID_PIXELS_NEAR: Wording(
        _(
            "The picture is %(size_px)s, a touch smaller than %(limit_px)s. A person "
            "will look at it."
        ),
        why=_("A crop by a few pixels is no fault of the work."),
    ),
    Code.VID_PIXELS_ANAMORPHIC: Wording(
        _(
            "The picture is stored as %(coded_px)s and shown at %(size_px)s. That is "
            "fine."
        ),
        why=_("The pixels are not square; the shown size counts."),
    ),
    Code.VID_SCAN_INTERLACED: Wording(
        _(
            "This video is interlaced, while progressive pictures are asked for. A "
            "person will look at it; exporting it as progressive is better."
        ),
        why=_(
            "Interlaced pictures show fine lines where things move; the P in sizes "
            "like 1080P stands for progressive, without them."
        ),
    ),
    Code.VID_SOUND_LONG: Wording(
        _(
            "The sound lasts %(sound_s)s, longer than the picture with %(duration_s)s. "
            "Please see whether the end of the picture is missing."
        ),
        why=_("A long sound track behind a short picture mostly is a slip in editing."),
    ),
    Code.VID_SOUND_NONE: Wording(
        _("This video has no sound. That is allowed."),
        why=_("The notice does not ask for sound."),
    ),
    Code.VID_SOUND_SILENT: Wording(
        _(
            "The sound track of this video is silent from beginning to end. If it "
            "should be heard, please export the video once more."
        ),
        why=_("Perhaps the sound was muted when exporting."),
    ),
    Code.VID_SOUND_QUIET: Wording(
        _(
            "The sound of this video is very quiet (%(loudness_lufs)s LUFS). Please "
            "listen whether it can be heard well."
        ),
        why=_(
            "Loudness is told in LUFS; most films lie between -16 and -23, and less is "
            "quieter."
        ),
    ),
    Code.VID_PICTURE_BLACK: Wording(
        _("The picture is black for %(black_s)s. Please see whether that is meant."),
        why=_("Long black stretches mostly come from an export gone wrong."),
    ),
}
