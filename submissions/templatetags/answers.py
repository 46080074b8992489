"""What entrants answered to the rule book's questions, in words."""

from django import template
from django.utils.translation import gettext as _

from contests.rulebook import RuleBook
from submissions.asked import asked_field, asks_for_school, needs_guardian
from submissions.forms.rights import age_choices
from submissions.models import Submission
from submissions.permissions import can_see_attachment
from submissions.remarks import remarks
from submissions.services.proofs import proofs_of

register = template.Library()

register.filter("remarks", remarks)


def _book(submission) -> RuleBook:
    return submission.rulebook_version.rulebook


@register.filter
def asks(submission: Submission, field: str) -> bool:
    return asked_field(submission, _book(submission), field) is not None


@register.filter
def asks_school(submission: Submission) -> bool:
    return asks_for_school(submission)


@register.filter
def wants_guardian(submission: Submission) -> bool:
    return needs_guardian(submission, _book(submission))


@register.filter
def guardian_words(submission: Submission) -> str:
    """By whom the statement is signed, or that the signed paper is there."""
    guardian = _book(submission).guardian
    signed = submission.declarations.filter(key=guardian.statement).first()
    if signed is not None and signed.signed_by:
        return _("Signed by %(name)s") % {"name": signed.signed_by}
    has_paper = proofs_of(submission).filter(proof_key=guardian.proof).exists()
    return _("As a paper") if has_paper else ""


@register.filter
def age_words(submission: Submission) -> str:
    ages = dict(age_choices(_book(submission).guardian.author_under))
    return ages.get(submission.author_age, "")


@register.filter
def tag_names(submission: Submission) -> list[str]:
    names = {tag.key: tag.name for tag in _book(submission).entrant_tags}
    return [names.get(key, key) for key in submission.tags]


@register.simple_tag(takes_context=True)
def papers_by_kind(context, submission: Submission) -> list[tuple[str, list]]:
    """(label, papers) in the rule book's order, for those who may open them."""
    there = {}
    for paper in proofs_of(submission):
        if can_see_attachment(context["request"].user, paper):
            there.setdefault(paper.proof_key, []).append(paper)
    labels = {proof.key: proof.label for proof in _book(submission).proofs}
    known = [(label, there.pop(key)) for key, label in labels.items() if key in there]
    return [*known, *there.items()]
