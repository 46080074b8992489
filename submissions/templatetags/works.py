"""Small words of the pages about works."""

from datetime import datetime, timedelta
from functools import partial

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from contests import clock
from contests.moments import deadline_words
from contests.rulebook import RuleBook
from submissions.allowances import allowance_words, waivable_duration_of
from submissions.deadlines import can_ask_for_late_entry, may_hand_in
from submissions.media.humanise import duration
from submissions.models import Declaration, Submission
from submissions.precheck import LEADS, precheck_data
from submissions.rule_items import RuleItem

MINUTE = timedelta(minutes=1)

register = template.Library()

register.filter("deadline", deadline_words)
register.filter("deadline_with_year", partial(deadline_words, with_year=True))
register.simple_tag(precheck_data, name="precheck_data")
register.filter("length_words", duration)


@register.filter
def rule_counts(items: list[RuleItem]) -> dict[str, object]:
    """How many rules are passed, of how many, and that in words."""
    passed = sum(item.state == "passed" for item in items)
    failed = sum(item.state == "failed" for item in items)
    lead = LEADS["failed" if failed else "passed"]
    words = lead % {"passed": passed, "failed": failed}
    return {"passed": passed, "total": len(items), "lead": words}


@register.filter
def saved_words(moment: datetime) -> str:
    """How long ago a draft was saved, as somebody would say it."""
    if timezone.now() - moment < MINUTE:
        return _("saved just now")
    return _("saved %(time)s ago") % {"time": timesince(moment)}


@register.filter
def tick_label(tick: Declaration, book: RuleBook) -> str:
    """The plain sentence beside the tick; the clause if the book dropped it since."""
    labels = {declaration.key: declaration.label for declaration in book.declarations}
    return labels.get(tick.key, tick.text)


@register.filter
def winner_form_tone(state: str) -> str:
    """The colour of the tag of a winner's form."""
    return {"asked": "gui", "sent": "zi", "signed": "he"}.get(state, "")


@register.filter
def allowances(submission: Submission) -> list[str]:
    """What the committee agreed to for this work."""
    return allowance_words(submission)


@register.inclusion_tag("submissions/_waivers.html")
def waivers(submission: Submission, step: str = "") -> dict:
    """The exceptions asked for with a draft, and the way to ask for one."""
    at = clock.now()
    standing = [each for each in submission.waivers.all() if each.state != "withdrawn"]
    kinds = {each.kind for each in standing if each.state != "refused"}
    limit = waivable_duration_of(submission)
    return {
        "submission": submission,
        "step": step,
        "waivers": standing,
        "limit": limit if "duration" not in kinds else None,
        "offers_late_entry": "late_entry" not in kinds
        and not may_hand_in(submission, at)
        and can_ask_for_late_entry(submission, at),
    }
