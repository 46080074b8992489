"""The sentences of all findings as data, so that a browser says what the server says.

Every language is in it: a form is chosen by its CLDR plural name, numbers are written
by the kind of their placeholder and filled in, and nothing else is worded elsewhere.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.utils import translation

from contests.wording import register_wording
from submissions.media import humanise, messages
from submissions.media.codes import Code
from submissions.media.content_type import LABELS
from submissions.media.messages import Counted
from submissions.rule_items import LIST_WORDS, limits_of

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
PLURAL_EXAMPLES = {"one": 1, "other": 2}  # CLDR's names for languages of two forms


def sentences() -> dict[str, object]:
    """By code; see the answer of the rule book's address."""
    return {code.value: _sentence(code) for code in Code}


def words() -> dict[str, object]:
    """By language: the patterns of measured values, and what the rule list says."""
    return _in_all_languages(
        lambda: {
            "duration": {name: str(at) for name, at in humanise.DURATION.items()},
            "pixels": str(humanise.PIXELS),
            "centimetres": str(humanise.CENTIMETRES),
            "density": str(humanise.DENSITY),
            "content_type": {kind.value: str(name) for kind, name in LABELS.items()},
            "list": {name: _forms(said) for name, said in LIST_WORDS.items()},
        }
    )


def _sentence(code):
    message = messages.WORDINGS[code].sentence
    variants = {
        variant: _in_all_languages(lambda said=said: _forms(said))
        for variant, said in messages.WORDINGS[code].variants.items()
    }
    return {
        "severity": code.severity.value,
        "rule": code.rule,
        "limits": limits_of(code),
        "by": message.by if isinstance(message, Counted) else None,
        "params": {name: humanise.kind_of(name) for name in names_in(code)},
        "message": _in_all_languages(lambda: _forms(message)),
        "variants": variants,
        "explanation": _in_all_languages(lambda: messages.explain(code)),
    }


def names_in(code):
    """The placeholders of a code's sentences, whatever the variant."""
    wording = messages.WORDINGS[code]
    said = [wording.sentence, *wording.variants.values()]
    with translation.override(None):
        forms = [form for at in said for form in _forms(at).values()]
    return sorted({name for form in forms for name in PLACEHOLDER.findall(form)})


def _forms(said):
    if not isinstance(said, Counted):
        return {"other": str(said)}
    forms = {name: said.form(count) for name, count in PLURAL_EXAMPLES.items()}
    return forms if forms["one"] != forms["other"] else {"other": forms["other"]}


def _in_all_languages(build: Callable[[], object]) -> dict[str, object]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = build()
    return found


register_wording("sentences", sentences)
register_wording("words", words)
