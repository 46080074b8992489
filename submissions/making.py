"""What a file says about its making, in words for who screens it.

All of it is the file's own account; only a signature over it is checked.
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from submissions.media.exif import day_of
from submissions.media.humanise import pixels

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
    "c2pa.created": pgettext_lazy("step", "created"),
    "c2pa.opened": pgettext_lazy("step", "opened"),
    "c2pa.edited": pgettext_lazy("step", "edited"),
    "c2pa.cropped": pgettext_lazy("step", "cropped"),
    "c2pa.resized": pgettext_lazy("step", "resized"),
    "c2pa.filtered": pgettext_lazy("step", "filtered"),
    "c2pa.placed": pgettext_lazy("step", "another picture put in"),
    "c2pa.removed": pgettext_lazy("step", "something taken out"),
    "c2pa.drawing": pgettext_lazy("step", "drawn on"),
    "c2pa.color_adjustments": pgettext_lazy("step", "colours adjusted"),
    "c2pa.orientation": pgettext_lazy("step", "turned"),
    "c2pa.converted": pgettext_lazy("step", "converted"),
    "c2pa.transcoded": pgettext_lazy("step", "converted"),
    "c2pa.published": pgettext_lazy("step", "published"),
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
        (_("Camera or phone"), facts.get("camera")),
        (_("Taken at"), _taken(facts, collection)),
        (_("Recorded size"), _recorded(facts)),
        (_("Programs"), _programs(facts)),
        (_("Content credentials"), _credentials(facts)),
        (_("Steps they tell of"), _steps(facts)),
        (_("Origin"), _origin(facts)),
        (
            _("Label of generated content"),
            _named(LABELS, facts.get("aigc_label") or ""),
        ),
    ]
    return [(name, value) for name, value in rows if value]


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
