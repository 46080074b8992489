"""What staff have to see to where the checking of files stands still."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contests.models import Contest
from submissions.models import Inspection
from submissions.states import JOBS_TO_DO, ConversionState, InspectionState

LONG_WAIT = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class ToDo:
    icon: str
    tone: str
    title: str
    text: str
    url: str
    link: str


def media_to_dos(contest: Contest) -> Iterator[ToDo]:
    """Files that broke on our side, that wait for long, and films without a copy."""
    # By the real clock: no date of a contest makes a worker faster.
    is_late = Q(state__in=JOBS_TO_DO, queued_at__lt=timezone.now() - LONG_WAIT)
    has_no_copy = Q(media_file__conversion__state=ConversionState.ERRORED)
    counted = Inspection.objects.filter(
        media_file__submission__contest=contest
    ).aggregate(
        errored=Count("pk", filter=Q(state=InspectionState.ERRORED)),
        late=Count("pk", filter=is_late),
        unconverted=Count("pk", filter=has_no_copy),
    )
    if counted["errored"]:
        yield _errored(counted["errored"])
    if counted["late"]:
        yield _late(counted["late"])
    if counted["unconverted"]:
        yield _unconverted(counted["unconverted"])


def _errored(count):
    title = ngettext(
        "%(number)d file could not be checked",
        "%(number)d files could not be checked",
        count,
    )
    text = _("The fault is ours, not the file's.")
    return _to_do("file-warning", title, count, text, "inspection", "errored")


def _late(count):
    title = ngettext(
        "%(number)d file has waited long for its check",
        "%(number)d files have waited long for their check",
        count,
    )
    text = _("More than half an hour. Is there a rush, or is a worker missing?")
    return _to_do("timer", title, count, text, "inspection", ",".join(JOBS_TO_DO))


def _unconverted(count):
    title = ngettext(
        "%(number)d film has no copy that plays",
        "%(number)d films have no copy that plays",
        count,
    )
    text = _("Judges see its picture only, until it has been converted.")
    return _to_do("file-warning", title, count, text, "conversion", "errored")


def _to_do(icon, title, count, text, model, states):
    changelist = reverse(f"admin:submissions_{model}_changelist")
    return ToDo(
        icon=icon,
        tone="gui",
        title=title % {"number": count},
        text=text,
        url=f"{changelist}?state__in={states}",
        link=_("See which"),
    )
