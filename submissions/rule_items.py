"""The rule list beside the wizard, and the findings of a file, in plain words.

A line is as components/rule_item.html takes it: waiting, running, passed, advice or
failed. What a limit measured comes from the inspections; the clause stays at hand.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contests.deadlines import collection_ends_at, days_left
from contests.moments import deadline_words
from contests.rulebook import Category, Limit, RuleBook
from submissions.allowances import category_for
from submissions.asked import asked_declarations
from submissions.deadlines import hand_in_until, may_hand_in
from submissions.media.codes import Code
from submissions.media.humanise import density, duration, pixels
from submissions.media.messages import Counted, explain, render
from submissions.models import Finding, Inspection, Submission
from submissions.states import InspectionState, Severity

# The middle part of a code names the fact that was measured.
FACT_LABELS = {
    "FILE": gettext_lazy("File"),
    "CHECK": gettext_lazy("Check"),
    "CONTAINER": gettext_lazy("Format"),
    "FORMAT": gettext_lazy("Format"),
    "STREAM": gettext_lazy("Picture track"),
    "CODEC": gettext_lazy("Coding"),
    "CODING": gettext_lazy("Coding"),
    "DATA": gettext_lazy("Wholeness of the file"),
    "DUR": gettext_lazy("Length"),
    "PIXELS": gettext_lazy("Size of the picture"),
    "SCAN": gettext_lazy("Scanning"),
    "SOUND": gettext_lazy("Sound"),
    "PICTURE": gettext_lazy("Picture"),
    "EDIT": gettext_lazy("Editing"),
    "AIGC": gettext_lazy("Label of AI-generated content"),
    "MODE": gettext_lazy("Colour mode"),
    "PROFILE": gettext_lazy("Colour profile"),
    "DPI": gettext_lazy("Resolution"),
    "RATIO": gettext_lazy("Proportions"),
    "EXIF": gettext_lazy("Camera data"),
    "CAMERA": gettext_lazy("Camera data"),
    "SIZE": gettext_lazy("Size as taken"),
    "TAKEN": gettext_lazy("Day it was taken"),
    "CLOCK": gettext_lazy("Camera's clock"),
    "SOURCE": gettext_lazy("Origin"),
    "CREDENTIALS": gettext_lazy("Content credentials"),
    "FILES": gettext_lazy("Same file"),
}
UNMODIFIED = {
    *("EDIT", "EXIF", "CAMERA", "CLOCK", "SIZE", "SOURCE", "CREDENTIALS", "AIGC"),
}
FACTS_OF_LIMIT = {
    "count": {"COUNT", "PAGES", "PHOTOS", "FILES"},
    "format": {"CONTAINER", "FORMAT", "STREAM", "CODEC", "CODING"},
    "duration": {"DUR"},
    "pixels": {"PIXELS", "SCAN"},
    "soft_pixels": {"PIXELS"},
    "colour": {"MODE", "PROFILE"},
    "density": {"DPI"},
    "aspect": {"RATIO"},
    "edited": {"EDIT"},
    "unmodified": UNMODIFIED,
    "taken": {"TAKEN"},
}
STATE_OF_SEVERITY = {
    Severity.ERROR: "failed",
    Severity.WARNING: "advice",
    Severity.INFO: "advice",
}
CONTAINERS = {"mp4": "MP4", "jpeg": "JPG"}

# What a browser says in the list once it has looked at a file.
COUNTED = Counted(
    "count",
    lambda count: ngettext("%(count)s file so far", "%(count)s files so far", count),
)
LINKS_COUNTED = Counted(
    "count",
    lambda count: ngettext(
        "%(count)s address so far", "%(count)s addresses so far", count
    ),
)
LIST_WORDS = {
    "count": COUNTED,
    "later": gettext_lazy("Looked at after the upload"),
    "better": gettext_lazy(
        "This video is %(duration_s)s long, which makes it a work of the category "
        "%(category)s."
    ),
    "better_button": gettext_lazy("Enter it as %(category)s"),
}


@dataclass(frozen=True)
class RuleItem:
    state: str
    title: str
    text: str = ""
    url: str = ""
    link: str = ""
    key: str = ""  # the limit this line is about


def fact_of(code: str) -> str:
    return code.split("-")[1]


def limits_of(code: Code) -> list[str]:
    """The limits whose line of the list a finding belongs to."""
    if code.startswith("LNK-"):
        return ["links"]
    fact = fact_of(code)
    return [name for name, facts in FACTS_OF_LIMIT.items() if fact in facts]


def finding_item(finding: Finding) -> RuleItem:
    """A finding as a line: what was looked at, and the sentence about it."""
    fact = fact_of(finding.code)
    is_likeness = finding.code.endswith("-KNOWN")
    return RuleItem(
        state=STATE_OF_SEVERITY[finding.severity],
        title=(
            _("Like another work")
            if is_likeness
            else str(FACT_LABELS.get(fact, _("Rule")))
        ),
        text=render(finding.code, finding.params),
    )


def explained(finding: Finding) -> dict[str, str]:
    """A finding for staff and the API: everything it was made of."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": render(finding.code, finding.params),
        "explanation": explain(finding.code),
        "measured": finding.measured,
        "limit": finding.limit,
        "rule": finding.rule,
        "clause": finding.clause,
    }


def rule_items(submission: Submission, *, at: datetime) -> list[RuleItem]:
    """The rules of the draft's category, the period and the rights, as they stand."""
    book = submission.rulebook_version.rulebook
    return [
        *_limit_items(submission, book),
        _period_item(submission, at=at),
        _rights_item(submission, book),
    ]


def category_limits(category: Category) -> list[tuple[str, str]]:
    """A category's limits in short words, with the clause each comes from."""
    return [
        (limit_title(name, limit), limit.clause)
        for name, limit in category.limits.each()
    ]


def limit_title(name: str, limit: Limit) -> str:
    return _TITLES[name](limit)


def _limit_items(submission, book):
    if submission.category is None:
        title = _("Format and limits")
        return [RuleItem("waiting", title, _("They follow from the category."))]
    inspections = [
        file.inspection
        for file in submission.media_files.select_related(
            "inspection"
        ).prefetch_related("inspection__findings")
    ]
    category = category_for(submission, book)
    counted = {
        "count": (len(inspections), COUNTED),
        "links": (submission.links.count(), LINKS_COUNTED),
    }
    limits = list(category.limits.each())
    return [
        _count_item(name, limit, *counted[name])
        if name in counted
        else _limit_item(name, limit, inspections)
        for name, limit in limits
    ] + _other_faults(inspections, {name for name, _limit in limits})


def _other_faults(inspections, names):
    """What keeps a file out though it keeps every limit: cut short, spoiled."""
    faults = {
        finding.code: replace(finding_item(finding), key=finding.code)
        for inspection in inspections
        for finding in inspection.findings.all()
        if finding.severity == Severity.ERROR
        and not names & set(limits_of(finding.code))
    }
    return list(faults.values())


def _count_item(name, limit, count, words):
    title = limit_title(name, limit)
    if not count:
        return RuleItem("waiting", title, _source(limit), key=name)
    state = "passed" if limit.min <= count <= limit.max else "failed"
    return RuleItem(state, title, words.form(count) % {"count": count}, key=name)


def _limit_item(name, limit, inspections: list[Inspection]):
    """The worst of what the files say about one limit."""
    state, text = _worst(name, limit, inspections)
    return RuleItem(state, limit_title(name, limit), text, key=name)


def _worst(name, limit, inspections) -> tuple[str, str]:
    found = [
        finding
        for inspection in inspections
        for finding in inspection.findings.all()
        if fact_of(finding.code) in FACTS_OF_LIMIT[name]
    ]
    for severity in (Severity.ERROR, Severity.WARNING):
        for finding in found:
            if finding.severity == severity:
                said = render(finding.code, finding.params)
                return STATE_OF_SEVERITY[severity], said
    if not inspections:
        return "waiting", _source(limit)
    if any(each.state != InspectionState.FINISHED for each in inspections):
        return "running", _("Being checked")
    return "passed", _measured(name, inspections[0].facts)


def _source(limit):
    is_ours = limit.source == "portal"
    return _("Set by the portal; the notice is silent on it.") if is_ours else ""


def _measured(name, facts):
    size = (facts.get("display_width_px"), facts.get("display_height_px"))
    if name == "duration" and facts.get("duration_s"):
        return duration(facts["duration_s"])
    if name in {"pixels", "soft_pixels"} and all(size):
        return pixels(size)
    if name == "density" and facts.get("dpi_x"):
        return density(facts["dpi_x"])
    if name == "colour":
        return facts.get("mode", "")
    return ""


def _period_item(submission, *, at):
    title = _("Within the collection")
    if submission.correct_by is not None:
        text = _("To be handed in again before %(time)s.") % {
            "time": deadline_words(submission.correct_by)
        }
        state = "passed" if at < submission.correct_by else "failed"
        return RuleItem(state, title, text, key="period")
    if not may_hand_in(submission, at):
        text = _("The collection is not open at this time.")
        return RuleItem("failed", title, text, key="period")
    if at >= collection_ends_at(submission.contest):
        text = _("To be handed in before %(time)s.") % {
            "time": deadline_words(hand_in_until(submission))
        }
        return RuleItem("passed", title, text, key="period")
    days = days_left(submission.contest, at=at)
    text = ngettext(
        "%(days)s day to the deadline", "%(days)s days to the deadline", days
    )
    return RuleItem("passed", title, text % {"days": days}, key="period")


def _rights_item(submission, book: RuleBook):
    title = _("Copyright and portraits")
    asked = {
        (each.key, each.version)
        for each in asked_declarations(submission, book)
        if each.required
    }
    made = {(tick.key, tick.version) for tick in submission.declarations.all()}
    if asked <= made:
        return RuleItem("passed", title, _("All confirmed"), key="rights")
    return RuleItem("waiting", title, _("Confirmed in step 4"), key="rights")


def _format_title(limit):
    return _("Format %(format)s") % {"format": CONTAINERS[limit.container]}


def _count_title(limit):
    if limit.max == 1:
        return _("One file")
    if not limit.min:
        return _("Up to %(max)s files, if you like") % {"max": limit.max}
    return _("%(min)s to %(max)s files") % {"min": limit.min, "max": limit.max}


def _links_title(limit):
    if limit.max == 1:
        return _("Published on %(site)s") % {"site": limit.site}
    return _("Published on %(site)s, %(min)s to %(max)s addresses") % {
        "site": limit.site,
        "min": limit.min,
        "max": limit.max,
    }


def _duration_title(limit):
    if limit.min_s is None:
        return _("At most %(limit)s") % {"limit": duration(limit.max_s)}
    if limit.max_s is None:
        return _("At least %(limit)s") % {"limit": duration(limit.min_s)}
    return _("%(min)s to %(max)s") % {
        "min": duration(limit.min_s),
        "max": duration(limit.max_s),
    }


def _pixels_title(limit):
    size = pixels((limit.long_side_px, limit.short_side_px))
    return _("At least %(size)s, upright or wide") % {"size": size}


def _soft_pixels_title(limit):
    return _("Short side of %(px)s pixels or more") % {"px": limit.min_short_side_px}


_TITLES = {
    "format": _format_title,
    "count": _count_title,
    "links": _links_title,
    "duration": _duration_title,
    "pixels": _pixels_title,
    "soft_pixels": _soft_pixels_title,
    "colour": lambda limit: _("RGB colours"),
    "density": lambda limit: density(limit.min_dpi),
    "aspect": lambda limit: _("No long strips of several pages"),
    "edited": lambda limit: _("Edited, not a raw recording"),
    "unmodified": lambda limit: _("Only moderate changes of light and colour"),
    "taken": lambda limit: _("Taken from %(window)s") % {"window": limit.words},
}
