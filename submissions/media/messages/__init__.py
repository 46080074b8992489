"""The sentences people read: the fact first, then the way out.

A finding is stored as code and parameters and worded when it is shown, in the reader's
language. `variant` among the parameters picks another wording of the same code.
"""

from collections.abc import Mapping
from typing import Any

from submissions.media.codes import Code
from submissions.media.humanise import humanise
from submissions.media.messages import (
    entry,
    files,
    films,
    likenesses,
    links,
    papers,
    pictures,
    provenance,
    sets,
)
from submissions.media.messages.wording import Counted, Wording

__all__ = ["WORDINGS", "Counted", "Wording", "explain", "render"]

WORDINGS: dict[Code, Wording] = {
    **entry.WORDINGS,
    **papers.WORDINGS,
    **files.WORDINGS,
    **links.WORDINGS,
    **films.WORDINGS,
    **pictures.WORDINGS,
    **provenance.WORDINGS,
    **likenesses.WORDINGS,
    **sets.WORDINGS,
}


def render(code: Code | str, params: Mapping[str, Any]) -> str:
    """The sentence for a finding, in the language now active."""
    wording = WORDINGS[Code(code)]
    sentence = wording.variants.get(params.get("variant", ""), wording.sentence)
    if isinstance(sentence, Counted):
        sentence = sentence.form(params[sentence.by])
    return str(sentence) % {name: humanise(name, at) for name, at in params.items()}


def explain(code: Code | str) -> str:
    """Why there is such a finding, and how it is measured."""
    return str(WORDINGS[Code(code)].why)
