"""What the form of a work says."""

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.media.messages.wording import Wording

WORDINGS = {
    Code.FRM_UNIT_MISSING: Wording(
        _("Please choose a unit."),
        why=_("Every work belongs to one unit."),
    ),
    Code.FRM_TRACK_MISSING: Wording(
        _("Please choose a track."),
        why=_("Every work belongs to one track."),
    ),
    Code.FRM_TRACK_OTHER: Wording(
        _("The same person has handed in a work in another track as well."),
        why=_(
            "Each track is meant for certain people; a person sees whether both fit."
        ),
    ),
    Code.FRM_CATEGORY_MISSING: Wording(
        _("Please choose a category."),
        why=_("The category decides which limits a file is held to."),
    ),
    Code.FRM_TITLE_MISSING: Wording(
        _("Please give the work a title."),
        why=_("A work is listed, shown and judged under its title."),
    ),
    Code.FRM_TITLE_LONG: Wording(
        _("The title is longer than %(limit)s characters. Please shorten it."),
        why=_("The notice sets no length; this one is the portal's own."),
    ),
    Code.FRM_STORY_LONG: Wording(
        _("The story is longer than %(limit)s characters. Please shorten it."),
        why=_("Every character but a space counts as one."),
    ),
    Code.FRM_ENTRANT_MISSING: Wording(
        _("Please tell us who hands this in."),
        why=_("An entrant is a person or an organisation."),
    ),
    Code.FRM_ORGANISATION_MISSING: Wording(
        _("Please give the name of your organisation."),
        why=_("A work handed in by an organisation carries its name."),
    ),
    Code.FRM_AUTHORS_MISSING: Wording(
        _("Please name at least one author."),
        why=_("Authors are credited wherever the work is shown."),
    ),
    Code.FRM_AUTHORS_MANY: Wording(
        _("At most %(limit)s authors can be named. Please leave some out."),
        why=_("The rule book says how many authors a work may name."),
    ),
    Code.FRM_SCHOOL_MISSING: Wording(
        _("Please choose your university."),
        why=_("This track is for students of a university."),
    ),
    Code.FRM_AI_MISSING: Wording(
        _("Please say whether AI was used."),
        why=_("Whoever shows works to the public has to ask about generated content."),
    ),
    Code.FRM_AI_UNEXPLAINED: Wording(
        _("Please say in a few words what was made with AI."),
        why=_("Whoever shows works to the public has to say what was generated."),
    ),
    Code.FRM_AI_BARRED: Wording(
        _(
            "This category does not take pictures made with AI. Please choose another "
            "category, or a work made without AI."
        ),
        why=_("A photograph shows what was there."),
    ),
    Code.FRM_AI_CONFLICT: Wording(
        _(
            "A file carries a label of AI-generated content, but the entrant says that "
            "no AI was used."
        ),
        why=_(
            "Programs that generate content write this label into the file; a person "
            "compares it with what was declared."
        ),
    ),
    Code.FRM_STORY_MISSING: Wording(
        _("Please write a few sentences about the work."),
        why=_(
            "The rules of this contest ask for it; judges and visitors read it beside "
            "the work."
        ),
    ),
    Code.FRM_SUMMARY_MISSING: Wording(
        _("Please tell in words what is seen and heard in the film."),
        why=_("It is read by those who cannot see or hear the film."),
    ),
    Code.FRM_SUMMARY_LONG: Wording(
        _("The text summary is longer than %(limit)s characters. Please shorten it."),
        why=_("Every character but a space counts as one."),
    ),
    Code.FRM_GENRE_MISSING: Wording(
        _("Please choose a genre."),
        why=_(
            "The rules of this contest ask for it, so that works of a kind are found "
            "together."
        ),
    ),
    Code.FRM_DATE_MISSING: Wording(
        _("Please give the day of shooting."),
        why=_("The rules of this contest ask when a work was made."),
    ),
    Code.FRM_PLACE_MISSING: Wording(
        _("Please give the place of shooting."),
        why=_("The rules of this contest ask where a work was made."),
    ),
    Code.FRM_CAPTION_MISSING: Wording(
        _("Please give each picture a caption."),
        why=_("The rules of this contest ask for it; it stands under the picture."),
    ),
    Code.FRM_ROLE_MISSING: Wording(
        _("Please say what each author did."),
        why=_("Authors are credited with what they did, wherever the work is shown."),
    ),
    Code.FRM_TAG_MISSING: Wording(
        _("Please choose at least one of “I am”."),
        why=_("It is only used for statistics."),
    ),
    Code.FRM_CODE_MISSING: Wording(
        _("Please give the unified social credit code of your organisation."),
        why=_("It tells organisations of the same name from each other."),
    ),
    Code.FRM_CODE_WRONG: Wording(
        _(
            "This is not a unified social credit code of 18 characters: one of them "
            "seems to be mistyped. It stands on the organisation's certificate."
        ),
        why=_(
            "The last character is computed from the others (GB 32100), so a slip "
            "shows."
        ),
    ),
    Code.FRM_AGE_MISSING: Wording(
        _("Please say how old the youngest author is."),
        why=_("For young authors a guardian must consent."),
    ),
    Code.FRM_CHILDREN_MISSING: Wording(
        _("Please say whether children can be recognised in the work."),
        why=_("For children who are shown a guardian must consent."),
    ),
    Code.FRM_CHILDREN_HINTED: Wording(
        _(
            "The words speak of children, but the entrant says that none can be "
            "recognised."
        ),
        why=_(
            "It is only a hint from a word of the text; a person looks at the pictures."
        ),
    ),
    Code.FRM_GUARDIAN_MISSING: Wording(
        _(
            "The guardian's consent is still missing: sign it here, or add a photo of "
            "the signed form."
        ),
        why=_(
            "The data of children are protected more strictly; without consent they "
            "are not shown."
        ),
    ),
    Code.FRM_DECLARATION_MISSING: Wording(
        _(
            "A declaration has not been ticked yet. Please read it, and tick it if you "
            "agree."
        ),
        why=_("The declarations are part of the contest's rules."),
    ),
}
