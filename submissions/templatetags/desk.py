"""Small words of the screening desk."""

from django import template

from contests.rulebook import RuleBook
from submissions.models import Attachment

register = template.Library()


@register.filter
def proof_label(proof: Attachment, book: RuleBook) -> str:
    """What kind of paper it is; its key if the book dropped it since."""
    labels = {asked.key: asked.label for asked in book.proofs}
    return labels.get(proof.proof_key, proof.proof_key)
