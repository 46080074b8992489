"""Reads for the pages and the API: whole lists in a fixed number of queries."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Case, Prefetch, Q, Value, When
from django.db.models.query import QuerySet
from django.utils import timezone

from accounts.models import Role, User
from accounts.queries import contests_with_role
from contests.models import Contest
from submissions.models import (
    MediaFile,
    OriginalRequest,
    Submission,
    Upload,
    Waiver,
    WinnerForm,
)
from submissions.states import (
    EDITABLE,
    RequestState,
    State,
    UploadState,
    WaiverState,
    WinnerFormState,
)

FILTERS = ("unit", "track", "category")
ON_A_PAGE = 24
REFUSALS_SHOWN_FOR = timedelta(days=3)


def with_parts(works: QuerySet) -> QuerySet:
    return works.select_related(
        "contest__current_version", "rulebook_version", "unit", "track", "category"
    )


def with_covers(works: QuerySet) -> QuerySet:
    """With what tiles and cards show: the files in order, their checks and copies."""
    files = MediaFile.objects.select_related("inspection").prefetch_related(
        "derivatives"
    )
    return works.select_related("unit", "track", "category").prefetch_related(
        Prefetch("media_files", files)
    )


def drafts_of(user: User) -> QuerySet:
    """Begun and not handed in, the newest first."""
    return with_covers(with_parts(Submission.objects.owned_by(user))).filter(
        state=State.DRAFT
    )


def works_of(user: User) -> QuerySet:
    """Everything once handed in; first the returned ones, which wait for the author."""
    is_waiting = Case(When(state=State.RETURNED, then=Value(0)), default=Value(1))
    return (
        with_covers(with_parts(Submission.objects.owned_by(user)))
        .exclude(state=State.DRAFT)
        .exclude(number="")
        .prefetch_related("screenings")
        .order_by(is_waiting, "-submitted_at", "-pk")
    )


def editable_works_of(user: User) -> QuerySet:
    """What its author may still change, the one touched last first."""
    return (
        with_parts(Submission.objects.owned_by(user))
        .filter(state__in=EDITABLE)
        .order_by("-updated_at", "-pk")
    )


def open_drafts(user: User, contest: Contest) -> QuerySet:
    """What could be gone on with on the way to a new submission."""
    return with_parts(
        Submission.objects.owned_by(user).filter(contest=contest, state__in=EDITABLE)
    ).order_by("-updated_at")


def filtered(works: QuerySet, wanted: Mapping[str, str]) -> QuerySet:
    """By unit, track and category keys; an unknown key finds nothing."""
    chosen = {f"{name}__key": wanted[name] for name in FILTERS if wanted.get(name)}
    return works.filter(**chosen)


def gallery(contest: Contest, wanted: Mapping[str, str]) -> QuerySet:
    """Accepted works, the newest first."""
    works = Submission.objects.filter(contest=contest).public()
    shown = with_covers(works).prefetch_related("authors")
    return filtered(shown, wanted).order_by("-submitted_at", "-pk")


def public_work(number: str) -> Submission | None:
    """An accepted work by its number; of the newest contest, should two share it."""
    works = with_covers(with_parts(Submission.objects.public()))
    return (
        works.filter(number=number)
        .prefetch_related("authors")
        .order_by("-contest__starts_on")
        .first()
    )


def waivers_of(contest: Contest) -> QuerySet:
    """Requests for an exception: those an answer still helps first, by waiting time."""
    is_waiting = Case(
        When(
            state=WaiverState.ASKED,
            submission__state__in=[State.DRAFT, State.SUBMITTED, State.RETURNED],
            then=Value(0),
        ),
        default=Value(1),
    )
    return (
        Waiver.objects.filter(submission__contest=contest)
        .select_related(
            "submission__contest__current_version",
            "submission__rulebook_version",
            "submission__category",
            "submission__unit",
            "submission__track",
            "answered_by",
        )
        .annotate(is_done=is_waiting)
        .order_by("is_done", "asked_at", "pk")
    )


def waivers_seen_by(user: User) -> QuerySet:
    """One's own requests, and those of contests one organises."""
    return Waiver.objects.filter(
        Q(submission__author=user)
        | Q(submission__contest__in=contests_with_role(user, Role.ORGANISER))
    ).select_related("submission__contest")


def uploads_of(user: User) -> QuerySet:
    """Bytes on their way into works that can still be changed, and, of the last days,
    what arrived and was refused."""
    a_while_ago = timezone.now() - REFUSALS_SHOWN_FOR
    arriving = Q(state=UploadState.RECEIVING, expires_at__gt=timezone.now())
    refused = Q(state=UploadState.REFUSED, touched_at__gt=a_while_ago)
    return (
        Upload.objects.filter(owner=user, submission__state__in=EDITABLE)
        .filter(arriving | refused | Q(state=UploadState.FINISHING))
        .select_related("submission")
        .order_by("pk")
    )


def winner_forms_of(user: User) -> QuerySet:
    """Forms that an own awarded work waits for, the one due first on top."""
    return (
        WinnerForm.objects.filter(
            submission__author=user,
            submission__state=State.ACCEPTED,
            state=WinnerFormState.ASKED,
        )
        .select_related("submission")
        .order_by("due_at", "pk")
    )


def original_requests_of(user: User, *, at: datetime) -> QuerySet:
    """Originals that reviewers wait for, the one due first on top."""
    return (
        OriginalRequest.objects.filter(
            submission__author=user,
            submission__state=State.SCREENING,
            state=RequestState.OPEN,
            due_at__gt=at,
        )
        .select_related("submission")
        .order_by("due_at", "pk")
    )
