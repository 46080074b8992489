"""What reviewers should look at twice: hints from a work as a whole, not from one file.

They are worked out when shown, so they follow the answers as they now stand; none of
them holds a work up.
"""

import re

from submissions.asked import asked_field
from submissions.media.codes import Code
from submissions.media.messages import explain, render
from submissions.media.provenance.origins import tells_of_ai
from submissions.models import Submission

# Words of a text that speak of children; only a hint, as a person looks at it.
CHILD_WORDS = re.compile(
    "小朋友|孩子|儿童|幼儿园|小学|宝宝|少年宫|红领巾|[一二三四五六七八九十两]岁"
    r"|\b(?:child|children|kids?|kindergarten)\b",
    re.IGNORECASE,
)


def remarks(submission: Submission) -> list[dict]:
    """Each as a finding is told to staff: code, message, explanation, rule."""
    return [_told(code) for code, applies in _CHECKS if applies(submission)]


def _told(code):
    return {
        "code": code,
        "severity": code.severity,
        "message": render(code, {}),
        "explanation": explain(code),
        "rule": code.rule,
    }


def _denies_label(submission):
    """A file says it was generated, the entrant says it was not (CHINA 6.5)."""
    if submission.ai_use != Submission.AiUse.NONE:
        return False
    return any(
        tells_of_ai(file.inspection.facts)
        for file in submission.media_files.select_related("inspection")
    )


def _hints_at_children(submission):
    """The words speak of children where none are said to be shown (B17)."""
    book = submission.rulebook_version.rulebook
    if submission.shows_children or not asked_field(submission, book, "shows_children"):
        return False
    texts = (
        submission.title,
        submission.story,
        submission.text_summary,
        submission.school,
    )
    return any(CHILD_WORDS.search(text) for text in texts)


def _is_in_another_track(submission):
    """Whether the same person has handed in to another track as well (rule 40)."""
    others = Submission.objects.live().filter(
        contest=submission.contest, author=submission.author
    )
    return others.exclude(track=submission.track).exclude(pk=submission.pk).exists()


_CHECKS = (
    (Code.FRM_TRACK_OTHER, _is_in_another_track),
    (Code.FRM_AI_CONFLICT, _denies_label),
    (Code.FRM_CHILDREN_HINTED, _hints_at_children),
)
