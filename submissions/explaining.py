"""Explains finding codes to whoever meets one: `inspectmedia --explain`."""

import difflib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contests.rulebook import Limit, RuleBook
from submissions.media import humanise, messages
from submissions.media.codes import Code
from submissions.rule_items import limits_of
from submissions.states import Severity
from submissions.wording import names_in

MEDIA_OF = {"VID": "video", "IMG": "image"}

# What an example says, by the name of the placeholder, or by how it is written.
EXAMPLES: dict[str, Any] = {
    "duration_s": 200,
    "limit_s": 180,
    "header_s": 5,
    "sound_s": 212,
    "size_px": (1280, 720),
    "limit_px": (1920, 1080),
    "coded_px": (1440, 1080),
    "dpi": 72.0,
    "limit_dpi": 300.0,
    "other_dpi": 300.0,
    "print_cm": (25.4, 16.9),
    "codec": "HEVC",
    "mode": "CMYK",
    "profile": "Adobe RGB",
    "software": "Adobe Photoshop 24.0",
    "recorded_px": (4000, 3000),
    "taken_on": "2019-12-31",
    "gps_on": "2020-04-02",
    "window": "2020-03-01 – 2020-06-30",
    "camera": "EXAMPLE X100",
    "other_camera": "EXAMPLE Phone 12",
    "signer": "Example Camera Inc.",
    "loudness_lufs": -41.2,
    "count": 4,
    "limit": 3,
    "paper": gettext_lazy("proof of study"),
    "site": gettext_lazy("the video site"),
}
EXAMPLE_OF_KIND: dict[str, Any] = {
    "duration": 40,
    "pixels": (1920, 1080),
    "centimetres": (21.0, 29.7),
    "density": 300.0,
    "content_type": "png",
    "number": -41.2,
    humanise.TEXT: "…",
}
# Where the usual example would make no sense.
EXAMPLES_OF: dict[Code, dict[str, Any]] = {
    Code.VID_CONTAINER_OTHER: {"found_type": "mkv"},
    Code.VID_DATA_FOREIGN: {"found_type": "zip"},
    Code.IMG_DATA_FOREIGN: {"found_type": "zip"},
    Code.FRM_PROOF_KIND: {"found_type": "zip"},
    Code.VID_DUR_SHORT: {"duration_s": 95},
    Code.VID_PIXELS_ONESIDE: {"size_px": (1920, 800)},
    Code.VID_PIXELS_NEAR: {"size_px": (1916, 1078)},
    Code.VID_PIXELS_ANAMORPHIC: {"size_px": (1920, 1080)},
    Code.IMG_PIXELS_HUGE: {"size_px": (16000, 16000)},
    Code.IMG_PIXELS_LOW: {"size_px": (800, 600)},
    Code.IMG_EDIT_DEVELOPED: {"software": "Adobe Lightroom 12.3"},
    Code.IMG_SIZE_CHANGED: {"size_px": (3200, 1800)},
    Code.IMG_RATIO_STRIP: {"size_px": (1200, 9000)},
    Code.FRM_TITLE_LONG: {"limit": 60},
    Code.FRM_STORY_LONG: {"limit": 200},
    Code.FRM_SUMMARY_LONG: {"limit": 200},
    Code.FRM_FILE_LARGE: {"limit": 2048},
    Code.SET_PHOTOS_MANY: {"count": 21, "limit": 20},
    Code.SET_FILES_SAME: {"count": 2},
    Code.SET_DUR_LONG: {"duration_s": 720, "limit_s": 600},
}
EXAMPLES_OF_VARIANT: dict[tuple[Code, str], dict[str, Any]] = {
    (Code.VID_DUR_LONG, "waiver"): {"duration_s": 1100, "limit_s": 900},
    (Code.VID_DUR_LONG, "review"): {"duration_s": 180.8},
    (Code.VID_DUR_SHORT, "review"): {"duration_s": 179.2},
    (Code.SET_PHOTOS_MANY, "review"): {"count": 13, "limit": 12},
}

NEXT_STEPS = {
    "FRM": gettext_lazy(
        "Please fill it in or correct it on the form; then the work can be handed in."
    ),
    "LNK": gettext_lazy(
        "Please correct the addresses on the form; then the work can be handed in."
    ),
    "SET": gettext_lazy(
        "Please add, take out or exchange files; then the work can be handed in."
    ),
    "VID": gettext_lazy(
        "Please put it right and send the new file in place of this one; with this "
        "file the work cannot be handed in."
    ),
}
NEXT_STEPS["IMG"] = NEXT_STEPS["VID"]
NEXT_STEP_OF_SEVERITY = {
    Severity.WARNING: gettext_lazy(
        "The work can be handed in as it is. A person looks at it at the screening and "
        "decides; what is easily made better is best made better before."
    ),
    Severity.INFO: gettext_lazy("Nothing needs to be done."),
}
NEXT_STEP_OF = {
    Code.FRM_CHECK_ERRORED: gettext_lazy(
        "Please have it checked once more a little later. If it happens again, those "
        "who run the portal find the reason in the log of the inspection."
    ),
}
NEXT_STEP_OF[Code.IMG_AIGC_LABELLED] = gettext_lazy(
    "Please choose another work, or a category that takes such pictures. If the label "
    "is wrong, the committee can let the picture in."
)
NEXT_STEP_OF |= dict.fromkeys(
    (
        *(Code.FRM_FILE_MISSING, Code.FRM_FILE_KIND, Code.FRM_FILE_EMPTY),
        *(Code.FRM_FILE_LARGE, Code.FRM_PROOF_KIND, Code.FRM_PROOF_DAMAGED),
        *(Code.FRM_PROOF_LOCKED, Code.FRM_PROOF_ACTIVE),
    ),
    gettext_lazy("Please choose the right file, or make it anew, and send it again."),
)


@dataclass(frozen=True)
class Citation:
    """Where a rule stands; `category` is empty when it concerns all works."""

    rule: str
    clause: str
    category: str = ""
    source: str = "notice"  # or "portal", where the notice is silent


@dataclass(frozen=True)
class Explanation:
    """All there is to say about a code, in the language now active."""

    code: str
    severity: str
    rule: str
    example: str
    other_examples: list[str]
    why: str
    next_step: str
    citations: list[Citation]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def explanation_of(code: Code, book: RuleBook) -> Explanation:
    return Explanation(
        code=code.value,
        severity=code.severity.value,
        rule=code.rule,
        example=_example(code, ""),
        other_examples=[
            _example(code, variant) for variant in messages.WORDINGS[code].variants
        ],
        why=messages.explain(code),
        next_step=str(_next_step(code)),
        citations=_citations(code, book),
    )


def near(name: str) -> list[Code]:
    """Codes that may have been meant: those with all its parts, else alike ones."""
    name = name.upper().replace("_", "-").strip()
    if name in set(Code):
        return [Code(name)]
    parts = [part for part in name.split("-") if part]
    holding = [code for code in Code if parts and all(part in code for part in parts)]
    return holding[:12] or [
        Code(found) for found in difflib.get_close_matches(name, list(Code), n=5)
    ]


def in_words(explanation: Explanation) -> str:
    """A page for the terminal: what it says, why, what next, and the rule."""
    severity = Severity(explanation.severity).label
    lines = [
        f"{explanation.code} · {severity}",
        *_said(_("For example"), explanation.example),
    ]
    for other in explanation.other_examples:
        lines += _said(_("Or"), other)
    lines += _said(_("Why"), explanation.why)
    lines += _said(_("What next"), explanation.next_step)
    for citation in explanation.citations:
        lines += _said(_rule_title(citation), citation.clause)
        if citation.source == "portal":
            lines += _said("", _("Set by the portal; the notice is silent on it."))
    if not explanation.citations:
        lines += _said(
            _("Rule %(rule)s") % {"rule": explanation.rule},
            _("It is the portal's own; the notice has no sentence for it."),
        )
    return "\n".join(lines)


def _rule_title(citation: Citation) -> str:
    if not citation.category:
        return _("Rule %(rule)s") % {"rule": citation.rule}
    return _("Rule %(rule)s (%(category)s)") % {
        "rule": citation.rule,
        "category": citation.category,
    }


def in_a_line(code: Code) -> str:
    said = {"label": code.severity.label, "value": _example(code, "")}
    return f"{code.value:<26} " + _("%(label)s: %(value)s") % said


def _said(title: str, text: str) -> Iterator[str]:
    if title:
        yield f"    {title}"
    yield from (f"        {line}" for line in text.splitlines())


def _example(code: Code, variant: str) -> str:
    params = {name: _sample(code, variant, name) for name in names_in(code)}
    return messages.render(code, params | {"variant": variant})


def _sample(code: Code, variant: str, name: str) -> Any:
    for samples in (
        EXAMPLES_OF_VARIANT.get((code, variant), {}),
        EXAMPLES_OF.get(code, {}),
        EXAMPLES,
    ):
        if name in samples:
            return samples[name]
    return EXAMPLE_OF_KIND[humanise.kind_of(name)]


def _next_step(code: Code) -> str:
    if code in NEXT_STEP_OF:
        return NEXT_STEP_OF[code]
    prefix, _fact, _fault = code.split("-")
    return NEXT_STEP_OF_SEVERITY.get(code.severity) or NEXT_STEPS[prefix]


def _citations(code: Code, book: RuleBook) -> list[Citation]:
    """The clauses of the limits a code is about, else the one of its rule."""
    media = MEDIA_OF.get(code.split("-")[0])
    found = {
        Citation(_rules(limit), limit.clause, category.name, limit.source): None
        for category in book.categories
        if media in (None, category.media)
        for name, limit in category.limits.each()
        if name in limits_of(code) and _concerns(limit, code)
    }
    if found:
        return list(found)
    try:
        clause = book.clause(code.rule)
    except LookupError:
        return []
    return [Citation(clause.rule, clause.text, source=clause.source)]


def _rules(limit: Limit) -> str:
    return ", ".join(limit.rules)


def _concerns(limit: Limit, code: Code) -> bool:
    """A length without a lower bound is never too short."""
    return code != Code.VID_DUR_SHORT or limit.min_s is not None
