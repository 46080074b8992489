"""What a draft still lacks before it can be handed in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from submissions.media.codes import Code
from submissions.states import Verdict


@dataclass(frozen=True)
class Gap:
    """Something missing or wrong: its code, the wizard's step that mends it, and why."""

    code: str
    step: str
    message: str


def missing_for_submit(submission) -> list[Gap]:
    """Every gap, in the order of the wizard's steps; empty when all is there."""
    book = submission.rulebook_version.rulebook
    return [
        *_choice_gaps(submission),
        *_file_gaps(submission, book),
        *_story_gaps(submission, book),
        *_rights_gaps(submission, book),
    ]


def _choice_gaps(submission):
    if submission.unit is None:
        yield Gap(Code.FRM_UNIT_MISSING, "track", _("Please choose a unit."))
    if submission.track is None:
        yield Gap(Code.FRM_TRACK_MISSING, "track", _("Please choose a track."))
    if submission.category is None:
        yield Gap(Code.FRM_CATEGORY_MISSING, "track", _("Please choose a category."))


def _file_gaps(submission, book):
    if submission.category is None:
        return
    limit = book.category(submission.category.key).limits.count
    files = list(submission.media_files.select_related("inspection"))
    if len(files) < limit.min:
        yield Gap(
            Code.SET_COUNT_FEW,
            "files",
            _("Please add at least %(limit)s file(s).") % {"limit": limit.min},
        )
    if len(files) > limit.max:
        yield Gap(
            Code.SET_COUNT_MANY,
            "files",
            _("At most %(limit)s files belong to one work. Please remove some.")
            % {"limit": limit.max},
        )
    if any(file.inspection.verdict == Verdict.FAILED for file in files):
        yield Gap(
            Code.SET_FILE_FAILED,
            "files",
            _("A file does not meet the rules. Please see what it says beside it."),
        )
    hashes = [file.sha256 for file in files if file.sha256]
    if (
        type(submission)
        .objects.live()
        .filter(author=submission.author, media_files__sha256__in=hashes)
        .exclude(pk=submission.pk)
        .exists()
    ):
        yield Gap(
            Code.SET_FILE_TWICE,
            "files",
            _("You have already handed in this very file with another work."),
        )


def _story_gaps(submission, book):
    if not submission.title:
        yield Gap(Code.FRM_TITLE_MISSING, "story", _("Please give the work a title."))
    if not submission.entrant_name:
        yield Gap(
            Code.FRM_ENTRANT_MISSING, "story", _("Please tell us who hands this in.")
        )
    if submission.entrant == submission.Entrant.ORGANISATION and not (
        submission.organisation_id or submission.organisation_name
    ):
        yield Gap(
            Code.FRM_ORGANISATION_MISSING,
            "story",
            _("Please give the name of your organisation."),
        )
    if not submission.authors.exists():
        yield Gap(
            Code.FRM_AUTHORS_MISSING, "story", _("Please name at least one author.")
        )
    if submission.track and submission.track.needs_school and not submission.school:
        yield Gap(Code.FRM_SCHOOL_MISSING, "story", _("Please choose your university."))
    if not submission.ai_use:
        yield Gap(Code.FRM_AI_MISSING, "story", _("Please say whether AI was used."))


def _rights_gaps(submission, book):
    made = {(tick.key, tick.version) for tick in submission.declarations.all()}
    for declaration in book.declarations:
        if (
            declaration.moment == "submission"
            and declaration.required
            and (declaration.key, declaration.version) not in made
        ):
            yield Gap(Code.FRM_DECLARATION_MISSING, "rights", declaration.label)
