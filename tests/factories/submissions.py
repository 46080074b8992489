"""A contest that collects works, its citizens and reviewers, and works in any state."""

import datetime as dt
from io import BytesIO
from itertools import count

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import Role, User
from contests import clock
from contests.models import Contest
from contests.rulebook import RuleBook
from contests.services import publish_rulebook
from submissions.models import (
    Declaration,
    Derivative,
    Finding,
    Inspection,
    Likeness,
    MediaFile,
    Screening,
    Submission,
    SubmissionAuthor,
)
from submissions.states import (
    Decision,
    InspectionState,
    LikenessKind,
    ScreeningLevel,
    Severity,
    State,
    Verdict,
)
from tests.factories.accounts import CitizenFactory, make_worker

COLLECTION_DAY = dt.date(2031, 4, 10)
LAST_DAY = dt.date(2031, 8, 31)
COLLECTING = clock.start_of(COLLECTION_DAY) + dt.timedelta(hours=10)
TOO_LATE = clock.end_of(LAST_DAY)

_numbers = count(1)


def _limit(clause, **values):
    return {"rule": "1", "clause": clause, **values}


def rulebook_document(key="valley", **changes) -> RuleBook:
    """Two units, two tracks (one of a school), a film, a series and a poster."""
    document = {
        "contest": {
            "key": key,
            "title_full": "The contest of the valley",
            "title_short": "Valley",
            "theme": "Neighbours",
            "brand_line": "The valley",
            "brand_name": "Valley pictures",
            "headline": ["Neighbours"],
            "introduction": "Show your neighbours.",
            "document_number": "1/2031",
            "issued_on": "2031-01-01",
            "starts_on": "2031-01-01",
            "ends_on": "2031-12-31",
            "number_pattern": "V-{sequence:04d}",
            "returned_within_days": 5,
        },
        "bodies": [],
        "units": [
            {
                "key": unit,
                "name": f"The {unit} of the valley",
                "short_name": unit.capitalize(),
                "summary": f"Pictures of the {unit}.",
                "description": f"What happens by the {unit}.",
            }
            for unit in ("river", "street")
        ],
        "tracks": [
            {
                "key": "open",
                "name": "Open track",
                "audience": "Everybody",
                "summary": "Everybody may enter.",
                "rule": "1",
            },
            {
                "key": "students",
                "name": "Student track",
                "audience": "Students",
                "summary": "For students of the valley.",
                "rule": "1",
                "needs_school": True,
            },
        ],
        "categories": [
            {
                "key": "film",
                "name": "Film",
                "media": "video",
                "summary": "A film of one minute.",
                "genres": ["Documentary"],
                "limits": {
                    "format": _limit("MP4 only.", container="mp4"),
                    "count": _limit("One film.", min=1, max=1),
                    "duration": _limit("One minute at most.", max_s=60.0),
                    "pixels": _limit("1080P.", short_side_px=1080, long_side_px=1920),
                },
            },
            {
                "key": "series",
                "name": "Series",
                "media": "image",
                "summary": "One to three photographs.",
                "limits": {
                    "format": _limit("JPG only.", container="jpeg"),
                    "count": _limit("One to three.", min=1, max=3),
                    "unmodified": _limit("Not modified."),
                },
            },
            {
                "key": "poster",
                "name": "Poster",
                "media": "image",
                "summary": "A poster.",
                "limits": {
                    "format": _limit("JPG only.", container="jpeg"),
                    "count": _limit("One page.", min=1, max=1),
                    "colour": _limit("RGB."),
                    "density": _limit("300 dpi.", min_dpi=300.0, accept_from_dpi=299.0),
                    "aspect": _limit("No strips.", max_ratio=4.0, source="portal"),
                },
            },
        ],
        "stages": [
            {
                "key": "collection",
                "name": "Collection",
                "kind": "collection",
                "starts_on": "2031-03-01",
                "ends_on": LAST_DAY.isoformat(),
                "display": "March to August",
            },
            {
                "key": "autumn",
                "name": "Autumn selection",
                "kind": "selection",
                "starts_on": "2031-09-01",
                "ends_on": "2031-09-30",
                "works_from": "2031-03-01",
                "works_until": LAST_DAY.isoformat(),
                "display": "September",
            },
            {
                "key": "final",
                "name": "Annual final",
                "kind": "final",
                "starts_on": "2031-10-01",
                "ends_on": "2031-10-31",
                "display": "October",
            },
        ],
        "prize_groups": [
            {
                "key": "all",
                "name": "All works",
                "cells": [
                    [unit, track]
                    for unit in ("river", "street")
                    for track in ("open", "students")
                ],
            }
        ],
        "award_kinds": [],
        "scoring": {
            "source": "portal",
            "note": "Ours.",
            "max_points": 10,
            "criteria": [
                {"key": "all", "name": "All", "description": "All of it", "weight": 100}
            ],
        },
        "fields": [
            {"key": key}
            for key in (
                "story",
                "text_summary",
                "genre",
                "shot_on",
                "shot_place",
                "captions",
                "organisation",
                "author_roles",
            )
        ],
        "author_roles": ["Director", "Camera"],
        "declarations": [
            {
                "key": "own",
                "label": "I made it myself.",
                "text": "Works are the entrant's own.",
                "version": 2,
                "rules": [],
            },
            {
                "key": "portraits",
                "label": "Everybody shown agrees.",
                "text": "Portrait rights are clear.",
                "version": 1,
                "rules": [],
                "group": "Portraits",
            },
            {
                "key": "unmodified",
                "label": "I did not modify the photographs.",
                "text": "Not modified.",
                "version": 1,
                "rules": [],
                "categories": ["series"],
            },
        ],
        "review_reasons": [
            {
                "key": "unclear",
                "decision": "return",
                "text": "The picture is not clear. Please send a larger one.",
                "rule": "1",
                "clause": "1080P.",
            },
            {
                "key": "off-theme",
                "decision": "reject",
                "text": "It does not show neighbours.",
                "rule": "1",
                "clause": "Neighbours.",
            },
        ],
        "schools": ["Valley University"],
        "genres": ["Documentary", "Story"],
        "ai_policy": "Say truthfully whether AI was used.",
        "defaults": {"title_max_length": 40, "max_file_mb": 1},
        "footer": {"help_line": "Help: 000 0000", "help_hours": "9 to 5"},
    }
    return RuleBook.model_validate(document | changes)


def make_contest(*, key=None, **changes) -> Contest:
    """Published like a real one; changes replace parts of the rule book."""
    book = rulebook_document(key or f"valley-{next(_numbers)}", **changes)
    return publish_rulebook(book, at=clock.start_of(dt.date(2031, 1, 1))).contest


def make_reviewer(contest, **fields) -> User:
    return make_worker(contest, Role.REVIEWER, **fields)


def make_organiser(contest, **fields) -> User:
    return make_worker(contest, Role.ORGANISER, **fields)


def picture_bytes(size=(64, 48), colour="teal") -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG")
    return stream.getvalue()


class SubmissionFactory(factory.django.DjangoModelFactory):
    """An empty draft of a citizen, of the series category."""

    class Meta:
        model = Submission

    author = factory.SubFactory(CitizenFactory)
    rulebook_version = factory.SelfAttribute("contest.current_version")
    unit = factory.LazyAttribute(lambda work: work.contest.units.get(key="river"))
    track = factory.LazyAttribute(lambda work: work.contest.tracks.get(key="open"))
    category = factory.LazyAttribute(
        lambda work: work.contest.categories.get(key="series")
    )


def make_draft(contest, **fields) -> Submission:
    return SubmissionFactory(contest=contest, **fields)


def make_complete_draft(contest, *, files=1, **fields) -> Submission:
    """A draft that lacks nothing: files passed, texts written, all ticked."""
    fields = {
        "title": "Morning by the river",
        "story": "Aunt Zhou sweeps the bank each morning.",
        "entrant_name": "王小荷",
        "ai_use": Submission.AiUse.NONE,
    } | fields
    submission = make_draft(contest, **fields)
    SubmissionAuthor.objects.create(submission=submission, position=1, name="王小荷")
    for _number in range(files):
        make_media_file(submission)
    declare_all(submission)
    return submission


def declare_all(submission) -> None:
    for declaration in submission.rulebook_version.rulebook.declarations:
        Declaration.objects.create(
            submission=submission,
            key=declaration.key,
            version=declaration.version,
            text=declaration.text,
            accepted_at=COLLECTING,
        )


def make_handed_in(
    contest, *, state=State.SCREENING, submitted_at=COLLECTING, **fields
) -> Submission:
    """A complete work in a state after submission, with its number."""
    fields = {
        "state": state,
        "number": f"V-{next(_numbers):04d}",
        "first_submitted_at": submitted_at,
        "counts_at": submitted_at,
        "submitted_at": submitted_at,
        "cycle": 1,
        "correct_by": TOO_LATE if state == State.RETURNED else None,
    } | fields
    return make_complete_draft(contest, **fields)


def make_media_file(
    submission,
    *,
    content=None,
    state=InspectionState.FINISHED,
    verdict=Verdict.PASSED,
    findings=(),
    copies=True,
    **fields,
) -> MediaFile:
    """A stored file with its inspection; findings are (code, severity) pairs."""
    content = picture_bytes() if content is None else content
    fields = {
        "position": submission.media_files.count() + 1,
        "original_name": "DSC_0001.jpg",
        "size_bytes": len(content),
        "content_type": "jpeg",
        "sha256": f"{next(_numbers):064x}",
        "uploaded_at": COLLECTING,
    } | fields
    media_file = MediaFile(submission=submission, **fields)
    media_file.file.save(media_file.original_name, ContentFile(content), save=True)
    is_finished = state == InspectionState.FINISHED
    inspection = Inspection.objects.create(
        media_file=media_file,
        state=state,
        verdict=verdict if is_finished else "",
        queued_at=timezone.now(),
        finished_at=timezone.now() if is_finished else None,
        facts={
            "kind": "image",
            "display_width_px": 64,
            "display_height_px": 48,
        }
        if is_finished
        else {},
    )
    for code, severity in findings:
        Finding.objects.create(inspection=inspection, code=code, severity=severity)
    if copies and is_finished and verdict != Verdict.FAILED:
        make_copies(media_file)
    return media_file


def make_copies(media_file, *kinds) -> None:
    for kind in kinds or (Derivative.Kind.VIEW, Derivative.Kind.THUMBNAIL):
        copy = Derivative(
            media_file=media_file,
            kind=kind,
            content_type="image/jpeg",
            width_px=64,
            height_px=48,
        )
        copy.file.save(kind, ContentFile(picture_bytes(colour="olive")), save=True)


def make_failed_file(submission, *, code="IMG-FORMAT-OTHER", **fields) -> MediaFile:
    media_file = make_media_file(
        submission, verdict=Verdict.FAILED, content_type="png", **fields
    )
    Finding.objects.create(
        inspection=media_file.inspection,
        code=code,
        severity=Severity.ERROR,
        rule="54",
        params={"found_type": "png"},
    )
    return media_file


def make_screening(
    submission, *, reviewer=None, level=ScreeningLevel.FIRST, **fields
) -> Screening:
    fields = {
        "cycle": submission.cycle,
        "decision": Decision.PASS,
        "decided_at": COLLECTING,
        "rulebook_version": submission.rulebook_version,
    } | fields
    if fields["decision"] != Decision.PASS:
        fields = {"clause": "1080P."} | fields
    return Screening.objects.create(
        submission=submission,
        reviewer=reviewer or make_reviewer(submission.contest),
        level=level,
        **fields,
    )


def make_likeness(work, other, *, kind=LikenessKind.PICTURE, score=0.914, **detail):
    """Written both ways, as inspections do; gives this work's side."""
    files = work.media_files.get(), other.media_files.get()
    rows = [
        Likeness.objects.create(
            media_file=one,
            other_file=two,
            kind=kind,
            score=score,
            detail=detail,
            found_at=COLLECTING,
        )
        for one, two in (files, reversed(files))
    ]
    return rows[0]
