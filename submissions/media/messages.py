"""The sentences people read: the fact first, then the way out.

A finding is stored as code and parameters and worded when it is shown, in the reader's
language. `variant` among the parameters picks another wording of the same code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.media.codes import Code
from submissions.media.humanise import humanise


@dataclass(frozen=True)
class Counted:
    """A sentence whose form follows the number `by` among its parameters."""

    by: str
    form: Callable[[int], str]


SENTENCES = {
    Code.FRM_UNIT_MISSING: _("Please choose a unit."),
    Code.FRM_TRACK_MISSING: _("Please choose a track."),
    Code.FRM_TRACK_OTHER: _(
        "The same person has handed in a work in another track as well."
    ),
    Code.FRM_CATEGORY_MISSING: _("Please choose a category."),
    Code.FRM_TITLE_MISSING: _("Please give the work a title."),
    Code.FRM_TITLE_LONG: _(
        "The title is longer than %(limit)s characters. Please shorten it."
    ),
    Code.FRM_STORY_LONG: _(
        "The story is longer than %(limit)s characters. Please shorten it."
    ),
    Code.FRM_ENTRANT_MISSING: _("Please tell us who hands this in."),
    Code.FRM_ORGANISATION_MISSING: _("Please give the name of your organisation."),
    Code.FRM_AUTHORS_MISSING: _("Please name at least one author."),
    Code.FRM_AUTHORS_MANY: _(
        "At most %(limit)s authors can be named. Please leave some out."
    ),
    Code.FRM_SCHOOL_MISSING: _("Please choose your university."),
    Code.FRM_AI_MISSING: _("Please say whether AI was used."),
    Code.FRM_AI_UNEXPLAINED: _("Please say in a few words what was made with AI."),
    Code.FRM_AI_BARRED: _(
        "This category does not take pictures made with AI. Please choose another "
        "category, or a work made without AI."
    ),
    Code.FRM_AI_CONFLICT: _(
        "A file carries a label of AI-generated content, but the entrant says that no "
        "AI was used."
    ),
    Code.FRM_STORY_MISSING: _("Please write a few sentences about the work."),
    Code.FRM_SUMMARY_MISSING: _(
        "Please tell in words what is seen and heard in the film."
    ),
    Code.FRM_SUMMARY_LONG: _(
        "The text summary is longer than %(limit)s characters. Please shorten it."
    ),
    Code.FRM_GENRE_MISSING: _("Please choose a genre."),
    Code.FRM_DATE_MISSING: _("Please give the day of shooting."),
    Code.FRM_PLACE_MISSING: _("Please give the place of shooting."),
    Code.FRM_CAPTION_MISSING: _("Please give each picture a caption."),
    Code.FRM_ROLE_MISSING: _("Please say what each author did."),
    Code.FRM_TAG_MISSING: _("Please choose at least one of “I am”."),
    Code.FRM_CODE_MISSING: _(
        "Please give the unified social credit code of your organisation."
    ),
    Code.FRM_CODE_WRONG: _(
        "This is not a unified social credit code of 18 characters: one of them seems "
        "to be mistyped. It stands on the organisation's certificate."
    ),
    Code.FRM_AGE_MISSING: _("Please say how old the youngest author is."),
    Code.FRM_CHILDREN_MISSING: _(
        "Please say whether children can be recognised in the work."
    ),
    Code.FRM_CHILDREN_HINTED: _(
        "The words speak of children, but the entrant says that none can be recognised."
    ),
    Code.FRM_GUARDIAN_MISSING: _(
        "The guardian's consent is still missing: sign it here, or add a photo of the "
        "signed form."
    ),
    Code.FRM_DECLARATION_MISSING: _(
        "A declaration has not been ticked yet. Please read it, and tick it if you "
        "agree."
    ),
    Code.FRM_PROOF_MISSING: _("Please add this paper: %(paper)s."),
    Code.FRM_PROOF_KIND: _(
        "This is neither PDF nor JPG nor PNG, but %(found_type)s. Please take a photo "
        "of the paper, or save it as PDF."
    ),
    Code.FRM_PROOF_DAMAGED: _(
        "This paper cannot be opened. Please scan it or take a photo of it once more."
    ),
    Code.FRM_PROOF_LOCKED: _(
        "This PDF is locked with a password. Please save it without one, or take a "
        "photo of the paper."
    ),
    Code.FRM_PROOF_ACTIVE: _(
        "This PDF holds more than paper: programs or other files. Please print it as a "
        "new PDF, or take a photo of the paper."
    ),
    Code.FRM_PROOF_MANY: _(
        "There are %(limit)s papers of this kind already. Please remove one first."
    ),
    Code.FRM_FILE_MISSING: _(
        "There is no file here. Please check its name and its place."
    ),
    Code.FRM_FILE_KIND: _(
        "This is not a file but a folder or a device. Please choose a file."
    ),
    Code.FRM_FILE_EMPTY: _(
        "This file is empty (0 bytes). Please choose the original again and send it "
        "once more."
    ),
    Code.FRM_FILE_INFECTED: _(
        "The virus scanner objects to this file, so it was not opened. Please check "
        "your device, export the work anew and send that file."
    ),
    Code.FRM_FILE_LARGE: _(
        "This file is larger than %(limit)s MB. Please export it a little smaller."
    ),
    Code.FRM_CHECK_ERRORED: _(
        "We could not check this file. It is not the file's fault; please try again a "
        "little later."
    ),
    Code.LNK_COUNT_FEW: Counted(
        "limit",
        lambda limit: ngettext(
            "Please paste the share text of your work: %(limit)s address is needed.",
            "Please paste the share texts of your work: %(limit)s are needed.",
            limit,
        ),
    ),
    Code.LNK_COUNT_MANY: Counted(
        "limit",
        lambda limit: ngettext(
            "One work has %(limit)s address here. Please remove the other one first.",
            "One work has at most %(limit)s addresses. Please leave some out.",
            limit,
        ),
    ),
    Code.LNK_FILES_NONE: _(
        "This kind of work is handed in by its address alone. Please take the files "
        "out."
    ),
    Code.LNK_ADDRESS_MISSING: _(
        "There is no address in this text. On %(site)s tap Share, then copy the link, "
        "and paste the whole text here."
    ),
    Code.LNK_ADDRESS_OTHER: _(
        "This address does not lead to a work on %(site)s. Please open the work there, "
        "tap Share, copy the link, and paste the whole text here."
    ),
    Code.LNK_ADDRESS_TWICE: _("This address is in the list already."),
    Code.LNK_ADDRESS_KNOWN: _(
        "You have already handed in this address with another work. Please take it "
        "out here, or withdraw the other work first."
    ),
    Code.VID_CONTAINER_OTHER: _(
        "This file is not an MP4 video but %(found_type)s. Please export it as MP4 and"
        " send it again."
    ),
    Code.VID_CONTAINER_BRAND: _(
        "This file looks like an MP4, but does not say so clearly. A person will look "
        "at it."
    ),
    Code.VID_STREAM_NONE: _(
        "There is no moving picture in this file. Please export the video again."
    ),
    Code.VID_STREAM_SEVERAL: _(
        "This file holds %(count)s picture tracks. The first one counts; a person will"
        " look at it."
    ),
    Code.VID_CODEC_UNKNOWN: _(
        "We cannot read the picture of this video. A person will look at it. If you "
        "can, please export it once more as H.264, which plays everywhere."
    ),
    Code.VID_CODEC_CONVERT: _(
        "The picture is stored as %(codec)s, which some browsers cannot play. We make "
        "a copy that plays; nothing needs to be done."
    ),
    Code.VID_DATA_DAMAGED: _(
        "This video cannot be read. Please export it again and send the new file."
    ),
    Code.VID_DATA_TRUNCATED: _(
        "The end of this video is missing, as if sending had broken off. Please send "
        "the file again."
    ),
    Code.VID_DATA_GLITCH: _(
        "Some moments of this video may be damaged. Please play it through once; a "
        "person will look at it too."
    ),
    Code.VID_DATA_PARTIAL: _(
        "This video could not be checked to its end. A person will look at it."
    ),
    Code.VID_DATA_FOREIGN: _(
        "Something else is attached to this video: %(found_type)s. A person will look "
        "at it."
    ),
    Code.VID_DUR_LONG: _(
        "This video is %(duration_s)s long, more than %(limit_s)s. Please shorten it, "
        "or choose a category for longer videos."
    ),
    Code.VID_DUR_SHORT: _(
        "This video is %(duration_s)s long, less than %(limit_s)s. Please choose a "
        "category for shorter videos, or add to it."
    ),
    Code.VID_DUR_HEADER: _(
        "The file says it is %(header_s)s long; the picture really plays for "
        "%(duration_s)s, and that counts."
    ),
    Code.VID_PIXELS_LOW: _(
        "The picture is %(size_px)s, smaller than the %(limit_px)s asked for. Please "
        "send the original, not a compressed copy; when sending from WeChat, choose "
        "the original quality."
    ),
    Code.VID_PIXELS_ONESIDE: _(
        "The picture is %(size_px)s: one side reaches %(limit_px)s, the other does "
        "not. A wide or square picture is fine; a person will confirm it."
    ),
    Code.VID_PIXELS_NEAR: _(
        "The picture is %(size_px)s, a touch smaller than %(limit_px)s. A person will "
        "look at it."
    ),
    Code.VID_PIXELS_ANAMORPHIC: _(
        "The picture is stored as %(coded_px)s and shown at %(size_px)s. That is fine."
    ),
    Code.VID_SCAN_INTERLACED: _(
        "This video is interlaced, while progressive pictures are asked for. A person "
        "will look at it; exporting it as progressive is better."
    ),
    Code.VID_SOUND_LONG: _(
        "The sound lasts %(sound_s)s, longer than the picture with %(duration_s)s. "
        "Please see whether the end of the picture is missing."
    ),
    Code.VID_SOUND_NONE: _("This video has no sound. That is allowed."),
    Code.VID_SOUND_SILENT: _(
        "The sound track of this video is silent from beginning to end. If it should "
        "be heard, please export the video once more."
    ),
    Code.VID_SOUND_QUIET: _(
        "The sound of this video is very quiet (%(loudness_lufs)s LUFS). Please "
        "listen whether it can be heard well."
    ),
    Code.VID_PICTURE_BLACK: _(
        "The picture is black for %(black_s)s. Please see whether that is meant."
    ),
    Code.VID_EDIT_RAW: _(
        "This video looks like a camera's own recording in one piece. The notice asks "
        "for an edited work; a person will look at it."
    ),
    Code.VID_AIGC_LABELLED: _(
        "This video carries a label of AI-generated content. A person will look at it;"
        " please declare it truthfully."
    ),
    Code.VID_SOURCE_GENERATED: _(
        "This file says that AI made the film or a part of it. A person will look at "
        "it; please declare it truthfully."
    ),
    Code.IMG_FORMAT_OTHER: _(
        "This file is not a JPG picture but %(found_type)s. Please export it as JPG "
        "and send it again."
    ),
    Code.IMG_CODING_OTHER: _(
        "This JPG is in a rare coding that usual programs cannot open. Please save it "
        "as an ordinary JPG."
    ),
    Code.IMG_DATA_DAMAGED: _(
        "This picture cannot be read. Please export it again and send the new file."
    ),
    Code.IMG_DATA_UNSAFE: _(
        "This picture could not be opened safely. Please open it in an image program, "
        "save it as a new JPG and send that."
    ),
    Code.IMG_DATA_TRUNCATED: _(
        "The lower part of this picture is missing, as if sending had broken off. "
        "Please send the file again."
    ),
    Code.IMG_DATA_GLITCH: _(
        "Some parts of this picture may be damaged. Please open it and look; a person "
        "will look at it too."
    ),
    Code.IMG_DATA_FOREIGN: _(
        "This picture file holds something else as well: %(found_type)s. A person "
        "will look at it."
    ),
    Code.IMG_DATA_TRAILING: _(
        "There are more data behind the picture, as some phones add them. Nothing "
        "needs to be done."
    ),
    Code.IMG_PIXELS_HUGE: _(
        "This picture is %(size_px)s, too big to be opened safely. Please save it a "
        "little smaller or as an ordinary, not progressive JPG."
    ),
    Code.IMG_PIXELS_LOW: _(
        "This picture is only %(size_px)s. If there is a larger original, please send "
        "that; a person will look at it."
    ),
    Code.IMG_MODE_CMYK: _(
        "This picture is in %(mode)s, while RGB is asked for. In an image editor "
        "choose RGB as the colour mode, save it as JPG and send it again."
    ),
    Code.IMG_MODE_GREY: _(
        "This picture is greyscale, while RGB is asked for. If black and white is "
        "meant, leave it; a person will look at it."
    ),
    Code.IMG_PROFILE_OTHER: _(
        "The colours are described by the profile %(profile)s, which is RGB too. "
        "Nothing needs to be done."
    ),
    Code.IMG_DPI_MISSING: _(
        "This picture does not say its resolution. At %(limit_dpi)s it prints at "
        "%(print_cm)s. A person will look at it; you can also set %(limit_dpi)s in an "
        "image editor, without changing the picture."
    ),
    Code.IMG_DPI_LOW: _(
        "This picture says %(dpi)s, while %(limit_dpi)s is asked for. At "
        "%(limit_dpi)s it prints at %(print_cm)s. A person will look at it; you can "
        "also set %(limit_dpi)s in an image editor, without changing the picture."
    ),
    Code.IMG_DPI_UNEQUAL: _(
        "The resolution differs across and down: %(dpi)s and %(other_dpi)s. A person "
        "will look at it."
    ),
    Code.IMG_DPI_CONFLICT: _(
        "This picture names two resolutions: %(dpi)s and %(other_dpi)s. A person will "
        "look at it."
    ),
    Code.IMG_RATIO_STRIP: _(
        "This page is a long strip of %(size_px)s. One file counts as one page; a "
        "person will see whether it holds several."
    ),
    Code.IMG_PICTURE_KNOWN: _(
        "This picture looks much like one in another work. A person compares the two."
    ),
    Code.VID_SCENES_KNOWN: _(
        "Scenes of this film look like scenes of another work. A person compares them."
    ),
    Code.VID_SOUND_KNOWN: _("This sound is also heard in another work."),
    Code.IMG_EDIT_SOFTWARE: _(
        "This photograph names an editing program: %(software)s. Moderate brightness, "
        "contrast and saturation are allowed; a person will look at it. Please keep "
        "the original at hand."
    ),
    Code.IMG_EDIT_DEVELOPED: _(
        "This photograph was developed in %(software)s, as photographers do with raw "
        "files. Adjusting light and colour is fine; a person will look at it. Please "
        "keep the original at hand."
    ),
    Code.IMG_EDIT_HISTORY: _(
        "This file keeps a record of being edited. Moderate brightness, contrast and "
        "saturation are allowed; a person will look at it. Please keep the original at "
        "hand."
    ),
    Code.IMG_EXIF_NONE: _(
        "This photograph carries no camera data, as happens when it is sent by a chat "
        "program. If you have the file from the camera or phone, please send that; "
        "otherwise leave it, and a person will look at it."
    ),
    Code.IMG_SIZE_CHANGED: _(
        "This photograph is %(size_px)s, while the camera recorded %(recorded_px)s. If "
        "you have the uncut original, please send that; otherwise a person will look "
        "at it."
    ),
    Code.IMG_TAKEN_OUTSIDE: _(
        "By the camera's clock this photograph was taken on %(taken_on)s, outside the "
        "days asked for (%(window)s). If the clock was wrong, please say so in the "
        "story; a person will look at it."
    ),
    Code.IMG_CLOCK_ODD: _(
        "The camera's clock says %(taken_on)s, the satellite's %(gps_on)s. That happens"
        " with a wrongly set clock; please give the true day in the story, and a "
        "person will look at it."
    ),
    Code.IMG_CAMERA_OTHER: _(
        "This file names two cameras: %(camera)s and %(other_camera)s. Please see "
        "whether it is the right file; a person will look at it."
    ),
    Code.IMG_SOURCE_GENERATED: _(
        "This file says that AI made the picture or a part of it. A person will look at"
        " it; please declare it truthfully."
    ),
    Code.IMG_SOURCE_OTHER: _(
        "This file says that it is not a camera's picture but put together or drawn. A "
        "person will look at it; if that is wrong, please send the original."
    ),
    Code.IMG_CREDENTIALS_FOUND: _(
        "This photograph carries content credentials signed by %(signer)s, and they "
        "fit the picture. Nothing needs to be done."
    ),
    Code.IMG_CREDENTIALS_EDITED: _(
        "The content credentials, signed by %(signer)s, tell of editing. Moderate "
        "brightness, contrast and saturation are allowed; a person will look at it. "
        "Please keep the original at hand."
    ),
    Code.IMG_CREDENTIALS_INVALID: _(
        "The content credentials in this file do not fit the picture any more, as "
        "after saving it in another program. If you have the original, please send "
        "that; otherwise a person will look at it."
    ),
    Code.IMG_CREDENTIALS_UNREADABLE: _(
        "The content credentials in this file cannot be read. If you have the original,"
        " please send that; otherwise leave it, and a person will look at it."
    ),
    Code.IMG_AIGC_LABELLED: _(
        "This picture carries a label of AI-generated content, which this category "
        "does not take. If that is wrong, please write to the committee."
    ),
    Code.SET_COUNT_FEW: Counted(
        "limit",
        lambda limit: ngettext(
            "Please add at least %(limit)s file.",
            "Please add at least %(limit)s files.",
            limit,
        ),
    ),
    Code.SET_COUNT_MANY: Counted(
        "limit",
        lambda limit: ngettext(
            "At most %(limit)s file belongs to one work. Please remove the others.",
            "At most %(limit)s files belong to one work. Please remove some.",
            limit,
        ),
    ),
    Code.SET_PAGES_MANY: _(
        "This work has %(count)s pages; at most %(limit)s are allowed. Please remove "
        "some."
    ),
    Code.SET_PHOTOS_MANY: _(
        "This series has %(count)s photographs; at most %(limit)s fit into one work. "
        "Please choose the best."
    ),
    Code.SET_DUR_LONG: _(
        "Together the videos last %(duration_s)s, more than %(limit_s)s. A person will"
        " look at it."
    ),
    Code.SET_FILES_SAME: _(
        "The same file was chosen %(count)s times. Please see whether another one was "
        "meant."
    ),
    Code.SET_FILE_FAILED: _(
        "A file does not meet the rules. Please see what it says beside it."
    ),
    Code.SET_FILE_COMING: _(
        "A file is still on its way. Let it arrive, or cancel it; then hand the work "
        "in."
    ),
    Code.SET_FILE_TWICE: _(
        "You have already handed in this very file with another work. Please choose "
        "another file, or withdraw the other work first."
    ),
    Code.SET_FILE_KNOWN: _(
        "The very same file has been handed in by somebody else. A person will look at"
        " it."
    ),
}

# Other wordings: "review" where a person decides instead of the rule, "waiver" where
# the committee may allow it, or the kind of file that needs advice of its own.
VARIANTS = {
    (Code.VID_CONTAINER_OTHER, "mov"): _(
        "This file is a MOV video, not an MP4. Renaming is not enough: please save or "
        "export it as MP4 and send it again; the picture stays the same."
    ),
    (Code.VID_DUR_LONG, "waiver"): _(
        "This video is %(duration_s)s long, more than %(limit_s)s. You can shorten it,"
        " or ask the committee for a special case before handing in."
    ),
    (Code.VID_DUR_LONG, "review"): _(
        "This video is %(duration_s)s long, a touch more than %(limit_s)s. A person "
        "will look at it."
    ),
    (Code.VID_DUR_SHORT, "review"): _(
        "This video is %(duration_s)s long, a touch less than %(limit_s)s. A person "
        "will look at it."
    ),
    (Code.IMG_FORMAT_OTHER, "heic"): _(
        "This picture is a HEIC, not a JPG. On an iPhone choose Settings, Camera, "
        "Formats, Most Compatible; on other phones turn HEIF off in the camera's "
        "settings. A picture already taken can be saved as JPG in the album."
    ),
    (Code.IMG_FORMAT_OTHER, "film"): _(
        "This is a film (%(found_type)s), not a JPG picture. Of a live photo only the "
        "still is needed: in the album choose to duplicate or save it as a still, and "
        "send that."
    ),
    (Code.IMG_SIZE_CHANGED, "ratio"): _(
        "This photograph is %(size_px)s, proportions no camera has: it seems to be cut."
        " If you have the uncut original, please send that; otherwise a person will "
        "look at it."
    ),
    (Code.IMG_CLOCK_ODD, "unset"): _(
        "The camera's clock was not set: it says %(taken_on)s. Please give the true day"
        " in the story; a person will look at it."
    ),
    (Code.IMG_CREDENTIALS_FOUND, "remote"): _(
        "This photograph names content credentials that lie elsewhere; they are not "
        "fetched. Nothing needs to be done."
    ),
    (Code.IMG_AIGC_LABELLED, "waiver"): _(
        "This picture carries a label of AI-generated content, which this category "
        "does not take. If the label is wrong, please ask the committee before handing "
        "in; otherwise choose another category."
    ),
    (Code.IMG_AIGC_LABELLED, "agreed"): _(
        "This picture carries a label of AI-generated content; the committee has agreed"
        " to it."
    ),
    (Code.IMG_AIGC_LABELLED, "review"): _(
        "This picture carries a label of AI-generated content. A person will look at "
        "it; please declare it truthfully."
    ),
    (Code.SET_PHOTOS_MANY, "review"): _(
        "This series has %(count)s photographs, more than the usual %(limit)s. A "
        "person will look at it."
    ),
}

EXPLANATIONS = {
    Code.FRM_UNIT_MISSING: _("Every work belongs to one unit."),
    Code.FRM_TRACK_MISSING: _("Every work belongs to one track."),
    Code.FRM_TRACK_OTHER: _(
        "Each track is meant for certain people; a person sees whether both fit."
    ),
    Code.FRM_CATEGORY_MISSING: _(
        "The category decides which limits a file is held to."
    ),
    Code.FRM_TITLE_MISSING: _("A work is listed, shown and judged under its title."),
    Code.FRM_TITLE_LONG: _("The notice sets no length; this one is the portal's own."),
    Code.FRM_STORY_LONG: _("Every character but a space counts as one."),
    Code.FRM_ENTRANT_MISSING: _("An entrant is a person or an organisation."),
    Code.FRM_ORGANISATION_MISSING: _(
        "A work handed in by an organisation carries its name."
    ),
    Code.FRM_AUTHORS_MISSING: _("Authors are credited wherever the work is shown."),
    Code.FRM_AUTHORS_MANY: _("The rule book says how many authors a work may name."),
    Code.FRM_SCHOOL_MISSING: _("This track is for students of a university."),
    Code.FRM_AI_MISSING: _(
        "Whoever shows works to the public has to ask about generated content."
    ),
    Code.FRM_AI_UNEXPLAINED: _(
        "Whoever shows works to the public has to say what was generated."
    ),
    Code.FRM_AI_BARRED: _("A photograph shows what was there."),
    Code.FRM_AI_CONFLICT: _(
        "Programs that generate content write this label into the file; a person "
        "compares it with what was declared."
    ),
    Code.FRM_STORY_MISSING: _(
        "The rules of this contest ask for it; judges and visitors read it beside the "
        "work."
    ),
    Code.FRM_SUMMARY_MISSING: _("It is read by those who cannot see or hear the film."),
    Code.FRM_SUMMARY_LONG: _("Every character but a space counts as one."),
    Code.FRM_GENRE_MISSING: _(
        "The rules of this contest ask for it, so that works of a kind are found "
        "together."
    ),
    Code.FRM_DATE_MISSING: _("The rules of this contest ask when a work was made."),
    Code.FRM_PLACE_MISSING: _("The rules of this contest ask where a work was made."),
    Code.FRM_CAPTION_MISSING: _(
        "The rules of this contest ask for it; it stands under the picture."
    ),
    Code.FRM_ROLE_MISSING: _(
        "Authors are credited with what they did, wherever the work is shown."
    ),
    Code.FRM_TAG_MISSING: _("It is only used for statistics."),
    Code.FRM_CODE_MISSING: _(
        "It tells organisations of the same name from each other."
    ),
    Code.FRM_CODE_WRONG: _(
        "The last character is computed from the others (GB 32100), so a slip shows."
    ),
    Code.FRM_AGE_MISSING: _("For young authors a guardian must consent."),
    Code.FRM_CHILDREN_MISSING: _("For children who are shown a guardian must consent."),
    Code.FRM_CHILDREN_HINTED: _(
        "It is only a hint from a word of the text; a person looks at the pictures."
    ),
    Code.FRM_GUARDIAN_MISSING: _(
        "The data of children are protected more strictly; without consent they are "
        "not shown."
    ),
    Code.FRM_DECLARATION_MISSING: _(
        "The declarations are part of the contest's rules."
    ),
    Code.FRM_PROOF_MISSING: _("The rule book asks for this paper in this track."),
    Code.FRM_PROOF_KIND: _(
        "The kind of a file is told by its content, so renaming it changes nothing."
    ),
    Code.FRM_PROOF_DAMAGED: _(
        "A person who screens the works must be able to read it."
    ),
    Code.FRM_PROOF_LOCKED: _("A person who screens the works must be able to read it."),
    Code.FRM_PROOF_ACTIVE: _(
        "Papers are opened by those who screen, so they may hold nothing that runs."
    ),
    Code.FRM_PROOF_MANY: _("The rule book says how many papers of a kind are enough."),
    Code.FRM_FILE_MISSING: _(
        "The name or the place of the file is wrong, or it has been removed."
    ),
    Code.FRM_FILE_KIND: _("Only ordinary files can be inspected."),
    Code.FRM_FILE_EMPTY: _("Nothing arrived, most often because sending broke off."),
    Code.FRM_FILE_INFECTED: _(
        "Scanners err now and then; the organiser sees what was found."
    ),
    Code.FRM_FILE_LARGE: _("The notice sets no size; this one is the portal's own."),
    Code.FRM_CHECK_ERRORED: _(
        "Something on our side failed; the work is not judged by it."
    ),
    Code.LNK_COUNT_FEW: _("The rule book says how many addresses make a work."),
    Code.LNK_COUNT_MANY: _("The rule book says how many addresses make a work."),
    Code.LNK_FILES_NONE: _("The work is looked at where it is published."),
    Code.LNK_ADDRESS_MISSING: _("The work is looked at where it is published."),
    Code.LNK_ADDRESS_OTHER: _(
        "The portal never opens an address by itself; it knows a work by how its "
        "address is written."
    ),
    Code.LNK_ADDRESS_TWICE: _("Each part of a work is named once."),
    Code.LNK_ADDRESS_KNOWN: _("One published work belongs to one entry."),
    Code.VID_CONTAINER_OTHER: _(
        "The kind of a file is told by its content, so renaming it changes nothing."
    ),
    Code.VID_CONTAINER_BRAND: _(
        "An MP4 names its kind at the beginning; here that name is missing or unusual."
    ),
    Code.VID_STREAM_NONE: _("The file holds only sound, or only a cover picture."),
    Code.VID_STREAM_SEVERAL: _(
        "Players may show another track than the one that was checked."
    ),
    Code.VID_CODEC_UNKNOWN: _(
        "The notice asks for MP4 only, so this is no reason to refuse the video."
    ),
    Code.VID_CODEC_CONVERT: _(
        "The rule asks for MP4 only; how the picture is stored in it is free."
    ),
    Code.VID_DATA_DAMAGED: _("No picture, or only a small part of it, can be played."),
    Code.VID_DATA_TRUNCATED: _("The file ends before the video does."),
    Code.VID_DATA_GLITCH: _(
        "Small faults may not be seen at all, so a person decides."
    ),
    Code.VID_DATA_PARTIAL: _(
        "Checking took longer than such a video should need, or broke off."
    ),
    Code.VID_DATA_FOREIGN: _(
        "Players ignore what follows the video; ordinary exports have nothing there."
    ),
    Code.VID_DUR_LONG: _(
        "What counts is how long the picture really plays; a fraction of a second "
        "more is let pass."
    ),
    Code.VID_DUR_SHORT: _(
        "What counts is how long the picture really plays; a fraction of a second "
        "less is let pass."
    ),
    Code.VID_DUR_HEADER: _(
        "What a file says of its own length may be wrong, so it is measured."
    ),
    Code.VID_PIXELS_LOW: _(
        "What counts is the picture as shown: upright, with square pixels. Portrait "
        "and landscape are both welcome."
    ),
    Code.VID_PIXELS_ONESIDE: _(
        "Cinema, 4:3 and square pictures reach the figure on one side only."
    ),
    Code.VID_PIXELS_NEAR: _("A crop by a few pixels is no fault of the work."),
    Code.VID_PIXELS_ANAMORPHIC: _("The pixels are not square; the shown size counts."),
    Code.VID_SCAN_INTERLACED: _(
        "Interlaced pictures show fine lines where things move; the P in sizes like "
        "1080P stands for progressive, without them."
    ),
    Code.VID_SOUND_LONG: _(
        "A long sound track behind a short picture mostly is a slip in editing."
    ),
    Code.VID_SOUND_NONE: _("The notice does not ask for sound."),
    Code.VID_SOUND_SILENT: _("Perhaps the sound was muted when exporting."),
    Code.VID_SOUND_QUIET: _(
        "Loudness is told in LUFS; most films lie between -16 and -23, and less is "
        "quieter."
    ),
    Code.VID_PICTURE_BLACK: _(
        "Long black stretches mostly come from an export gone wrong."
    ),
    Code.VID_EDIT_RAW: _(
        "The file names a camera and no editing program, and no cut was found."
    ),
    Code.VID_AIGC_LABELLED: _(
        "Programs that generate content write this label into the file."
    ),
    Code.VID_SOURCE_GENERATED: _(
        "Programs write the origin of a picture into the file (IPTC, C2PA)."
    ),
    Code.IMG_FORMAT_OTHER: _(
        "The kind of a file is told by its content, so renaming it changes nothing."
    ),
    Code.IMG_CODING_OTHER: _(
        "Browsers cannot show such rare kinds of JPEG (lossless, hierarchical, 12 "
        "bits)."
    ),
    Code.IMG_DATA_DAMAGED: _("The picture in this file cannot be opened."),
    Code.IMG_DATA_UNSAFE: _(
        "Reading it took more memory or time than a picture may cost, or broke off."
    ),
    Code.IMG_DATA_TRUNCATED: _("The file ends before the picture does."),
    Code.IMG_DATA_GLITCH: _(
        "Small faults may not be seen at all, so a person decides."
    ),
    Code.IMG_DATA_FOREIGN: _(
        "Viewers ignore it; ordinary exports have nothing of the kind."
    ),
    Code.IMG_DATA_TRAILING: _(
        "Motion photos, second views and gain maps are stored like this."
    ),
    Code.IMG_PIXELS_HUGE: _(
        "Opening it would take more memory or time than one picture may cost."
    ),
    Code.IMG_PIXELS_LOW: _(
        "The notice sets no size; small pictures are hard to judge and to print."
    ),
    Code.IMG_MODE_CMYK: _(
        "CMYK is made for printing machines; screens show it wrongly."
    ),
    Code.IMG_MODE_GREY: _(
        "A black and white picture can be saved in RGB without looking different."
    ),
    Code.IMG_PROFILE_OTHER: _("sRGB, Adobe RGB and Display P3 are all RGB."),
    Code.IMG_DPI_MISSING: _(
        "The resolution is a number in the file's header, not a property of the "
        "picture."
    ),
    Code.IMG_DPI_LOW: _(
        "The resolution is a number in the file's header, not a property of the "
        "picture."
    ),
    Code.IMG_DPI_UNEQUAL: _(
        "Printed as the file says, the picture would come out stretched."
    ),
    Code.IMG_DPI_CONFLICT: _("Some programs read the one number, some the other."),
    Code.IMG_RATIO_STRIP: _(
        "A long strip can hold several pages, so a person counts them."
    ),
    Code.IMG_PICTURE_KNOWN: _(
        "Alike is not copied: two people may have stood at the same place."
    ),
    Code.VID_SCENES_KNOWN: _(
        "Shared opening titles or borrowed scenes are looked at by a person."
    ),
    Code.VID_SOUND_KNOWN: _("Many films share a piece of music; that alone is fine."),
    Code.IMG_EDIT_SOFTWARE: _(
        "It does not say what was done with it, so a person decides."
    ),
    Code.IMG_EDIT_DEVELOPED: _(
        "A raw file has to be developed before it can be seen; that is no fault."
    ),
    Code.IMG_EDIT_HISTORY: _(
        "It does not say how far the editing went, so a person decides."
    ),
    Code.IMG_EXIF_NONE: _("Chat programs remove them when sending."),
    Code.IMG_SIZE_CHANGED: _(
        "Cutting is no change of light and colour, so a person decides."
    ),
    Code.IMG_TAKEN_OUTSIDE: _(
        "A camera's clock is easily wrong, so it never decides by itself."
    ),
    Code.IMG_CLOCK_ODD: _("A camera's clock is easily wrong, or never set."),
    Code.IMG_CAMERA_OTHER: _(
        "Programs that put pictures together may keep the data of either."
    ),
    Code.IMG_SOURCE_GENERATED: _(
        "Programs write the origin of a picture into the file (IPTC, C2PA)."
    ),
    Code.IMG_SOURCE_OTHER: _(
        "Programs write the origin of a picture into the file (IPTC, C2PA)."
    ),
    Code.IMG_CREDENTIALS_FOUND: _(
        "A signature says that the file is as it was signed; not who may sign."
    ),
    Code.IMG_CREDENTIALS_EDITED: _(
        "Programs sign what was done to a picture (C2PA); a person weighs it."
    ),
    Code.IMG_CREDENTIALS_INVALID: _(
        "The signature (C2PA) is over other bytes than these, or over another claim."
    ),
    Code.IMG_CREDENTIALS_UNREADABLE: _(
        "They are damaged, or of a kind (C2PA) that we do not know yet."
    ),
    Code.IMG_AIGC_LABELLED: _(
        "Programs that generate pictures write this label into the file."
    ),
    Code.SET_COUNT_FEW: _("The rules say how many files make a work."),
    Code.SET_COUNT_MANY: _("The rules say how many files make a work."),
    Code.SET_PAGES_MANY: _("One JPG file is one page."),
    Code.SET_PHOTOS_MANY: _("The notice sets no number; this one is the portal's own."),
    Code.SET_DUR_LONG: _(
        "The rules do not say whether the length counts for each film or for all "
        "together."
    ),
    Code.SET_FILES_SAME: _("The files are the same to the last byte."),
    Code.SET_FILE_FAILED: _(
        "A work can be handed in once none of its files has failed."
    ),
    Code.SET_FILE_COMING: _(
        "If the work were handed in now, this file would not be part of it."
    ),
    Code.SET_FILE_TWICE: _("One file belongs to one work."),
    Code.SET_FILE_KNOWN: _(
        "A person looks at both works side by side; nobody is blamed beforehand."
    ),
}


def render(code: Code | str, params: Mapping[str, Any]) -> str:
    """The sentence for a finding, in the language now active."""
    code = Code(code)
    sentence = VARIANTS.get((code, params.get("variant")), SENTENCES[code])
    if isinstance(sentence, Counted):
        sentence = sentence.form(params[sentence.by])
    return str(sentence) % {name: humanise(name, at) for name, at in params.items()}


def explain(code: Code | str) -> str:
    """Why there is such a finding, and how it is measured."""
    return str(EXPLANATIONS[Code(code)])
