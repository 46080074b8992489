"""Reads of drafts that were begun and not handed in."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.query import QuerySet

from contests.models import Contest
from notifications.kinds import Kind
from notifications.models import Message
from submissions.models import MediaFile, Submission, WorkLink
from submissions.queries import with_parts
from submissions.states import State

REMINDERS = (Kind.DRAFT_REMINDER, Kind.DRAFT_UNFINISHED)
NEARLY_THERE = 2  # gaps of a draft that is almost complete


def begun_drafts(contest: Contest) -> QuerySet:
    """Drafts with a file or a link: somebody meant to hand something in."""
    has_file = Exists(MediaFile.objects.filter(submission=OuterRef("pk")))
    has_link = Exists(WorkLink.objects.filter(submission=OuterRef("pk")))
    return with_parts(
        Submission.objects.filter(contest=contest, state=State.DRAFT)
        .filter(has_file | has_link)
        .order_by("pk")
    )


def unsent_drafts(contest: Contest) -> QuerySet:
    """Of those looked at: nothing missing first, then what lacks little.

    With `gaps`, the number and size of files, and when the owner was last reminded.
    """
    reminders = Message.objects.filter(
        submission_id=OuterRef("pk"), kind__in=REMINDERS
    ).order_by("-pk")
    return (
        with_parts(Submission.objects.filter(contest=contest, state=State.DRAFT))
        .select_related("draft_check", "author")
        .filter(draft_check__gap_steps__len__lte=NEARLY_THERE)
        .annotate(
            gaps=Coalesce(F("draft_check__gap_steps__len"), Value(0)),
            file_count=Count("media_files"),
            file_bytes=Coalesce(Sum("media_files__size_bytes"), Value(0)),
            reminded_at=Subquery(reminders.values("at")[:1]),
        )
        .order_by("gaps", "updated_at", "pk")
    )


def reminded_since(submission: Submission, since: datetime) -> bool:
    return Message.objects.filter(
        submission_id=submission.pk, kind__in=REMINDERS, at__gt=since
    ).exists()
