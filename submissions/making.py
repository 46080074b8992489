"""What a file says about its making, in words for who screens it.

All of it is the file's own account; only a signature over it is checked.
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.measured import camera_words
from submissions.media.humanise import pixels
from submissions.media.pictures.exif import day_of

CREDENTIALS = {
    "valid": gettext_lazy("whole, by a known signer"),
    "untrusted": gettext_lazy("whole, by a signer we cannot vouch for"),
    "invalid": gettext_lazy("do not fit the file any more"),
    "unreadable": gettext_lazy("cannot be read"),
    "remote": gettext_lazy("lie elsewhere and are not fetched"),
}
# IPTC's kinds of origin.
ORIGINS = {
    "digitalCapture": gettext_lazy("taken by a camera"),
    "computationalCapture": gettext_lazy("taken by a camera, from several exposures"),
    "negativeFilm": gettext_lazy("scanned from a negative"),
    "positiveFilm": gettext_lazy("scanned from a slide"),
    "print": gettext_lazy("scanned from a print"),
    "humanEdits": gettext_lazy("edited by a person"),
    "minorHumanEdits": gettext_lazy("edited a little by a person"),
    "algorithmicallyEnhanced": gettext_lazy("enhanced by a program"),
    "composite": gettext_lazy("put together from several"),
    "compositeCapture": gettext_lazy("put together from several camera pictures"),
    "digitalArt": gettext_lazy("drawn by a person"),
    "digitalCreation": gettext_lazy("drawn by a person"),
    "screenCapture": gettext_lazy("a picture of a screen"),
    "virtualRecording": gettext_lazy("recorded from a virtual scene"),
    "softwareImage": gettext_lazy("made by a program"),
    "algorithmicMedia": gettext_lazy("made by a program"),
    "dataDrivenMedia": gettext_lazy("made by a program from data"),
    "trainedAlgorithmicMedia": gettext_lazy("made by AI"),
    "compositeSynthetic": gettext_lazy("put together, in part by AI"),
    "compositeWithTrainedAlgorithmicMedia": gettext_lazy("edited with AI"),
}
ACTIONS = {
    "c2pa.created": gettext_lazy("created"),
    "c2pa.opened": gettext_lazy("opened"),
    "c2pa.edited": gettext_lazy("edited"),
    "c2pa.cropped": gettext_lazy("cropped"),
    "c2pa.resized": gettext_lazy("resized"),
    "c2pa.filtered": gettext_lazy("filtered"),
    "c2pa.placed": gettext_lazy("another picture put in"),
    "c2pa.removed": gettext_lazy("something taken out"),
    "c2pa.drawing": gettext_lazy("drawn on"),
    "c2pa.color_adjustments": gettext_lazy("colours adjusted"),
    "c2pa.orientation": gettext_lazy("turned"),
    "c2pa.converted": gettext_lazy("converted"),
    "c2pa.transcoded": gettext_lazy("converted"),
    "c2pa.published": gettext_lazy("published"),
}
LABELS = {
    "1": gettext_lazy("1: is generated content"),
    "2": gettext_lazy("2: may be generated content"),
    "3": gettext_lazy("3: suspected of being generated content"),
    "?": gettext_lazy("there is one, but it cannot be read"),
}


def making_rows(
    facts: dict, *, collection: tuple[date, date] | None = None
) -> list[tuple[str, str]]:
    """(name, value) of what is told; days outside the collection are marked."""
    rows = [
        (_("Camera or phone"), camera_words(facts.get("camera") or "")),
        (_("Taken at"), _taken(facts, collection)),
        (_("Recorded size"), _recorded(facts)),
        (_("Programs"), _programs(facts)),
        (_("Content credentials"), _credentials(facts)),
        (_("Steps they tell of"), _steps(facts)),
        (_("Origin"), _origin(facts)),
        (_("Label of generated content"), label_words(facts)),
    ]
    return [(name, value) for name, value in rows if value]


def label_words(facts: dict) -> str:
    """What the file's label of generated content says; "" without one."""
    return _named(LABELS, facts.get("aigc_label") or "")


def _named(names: dict, key: str) -> str:
    return str(names.get(key, key))


def _taken(facts, collection) -> str:
    told = facts.get("taken_at") or ""
    day = day_of(told)
    if day is None:
        return told
    time = told[11:16] + " UTC" * told.endswith("Z")
    words = f"{date_format(day, 'DATE_FORMAT')} {time}".strip()
    if collection is None or collection[0] <= day <= collection[1]:
        return words
    if day < collection[0]:
        return _("%(time)s, before the collection began") % {"time": words}
    return _("%(time)s, after the collection ended") % {"time": words}


def _recorded(facts) -> str:
    """The camera's own figure, where the file has another."""
    told = (facts.get("recorded_width_px"), facts.get("recorded_height_px"))
    size = (facts.get("width_px"), facts.get("height_px"))
    if not all(told) or sorted(told) == sorted(side or 0 for side in size):
        return ""
    return pixels(told)


def _programs(facts) -> str:
    named = [
        facts.get("software"),
        facts.get("edited_with"),
        *(facts.get("edit_programs") or ()),
        facts.get("c2pa_generator"),
    ]
    return " · ".join(dict.fromkeys(filter(None, named)))


def _credentials(facts) -> str:
    state = facts.get("c2pa_state") or ""
    if not state:
        return _("there are some") if facts.get("has_c2pa") else ""
    told = [_named(CREDENTIALS, state)]
    told += [facts[key] for key in ("c2pa_signer", "c2pa_signed_at") if facts.get(key)]
    return " · ".join(told)


def _steps(facts) -> str:
    return " · ".join(_named(ACTIONS, each) for each in facts.get("c2pa_actions") or ())


def _origin(facts) -> str:
    told = [facts.get("c2pa_source_type"), facts.get("digital_source_type")]
    return " · ".join(_named(ORIGINS, each) for each in dict.fromkeys(told) if each)
