"""A small contest of two units and one track, its people, its works and its rounds."""

import datetime as dt
from itertools import count

import factory

from accounts.models import Membership, Organisation, Role, User
from contests import clock
from contests.models import (
    AwardKind,
    Category,
    Contest,
    Criterion,
    PrizeGroup,
    PrizeGroupCell,
    RuleBookVersion,
    Stage,
    Track,
    Unit,
)
from contests.rulebook import RuleBook
from judging.models import Assignment, Ballot, Candidate, Round
from judging.states import RoundState
from submissions.models import Submission, SubmissionAuthor
from submissions.states import State

IN_SPRING = clock.start_of(dt.date(2031, 4, 10))
AFTER_SPRING = clock.start_of(dt.date(2031, 5, 2))
AFTER_AUTUMN = clock.start_of(dt.date(2031, 9, 2))

CRITERIA = [("idea", "Idea", 60), ("craft", "Craft", 40)]
UNITS = [("river", "River"), ("street", "Street")]
TRACK = ("open", "Everybody")
SPRING = {
    "key": "spring",
    "name": "Spring selection",
    "kind": "selection",
    "starts_on": dt.date(2031, 5, 1),
    "ends_on": dt.date(2031, 5, 31),
    "works_from": dt.date(2031, 3, 1),
    "works_until": dt.date(2031, 4, 30),
}
AUTUMN = {
    "key": "autumn",
    "name": "Autumn selection",
    "kind": "selection",
    "starts_on": dt.date(2031, 9, 1),
    "ends_on": dt.date(2031, 9, 30),
    "works_from": dt.date(2031, 5, 1),
    "works_until": dt.date(2031, 8, 31),
}
FINAL = {
    "key": "final",
    "name": "Annual final",
    "kind": "final",
    "starts_on": dt.date(2031, 10, 1),
    "ends_on": dt.date(2031, 10, 31),
}
AWARD_KINDS = [
    ("first", "First prize", "submission", 1),
    ("second", "Second prize", "submission", None),
    ("organising", "Prize for organising", "organisation", 1),
    ("merit", "Merit of a person", "person", None),
]

_numbers = count(1)


def rulebook_document(key, *, criteria=CRITERIA, max_points=10, **parts) -> RuleBook:
    limit = {"rule": "1", "clause": "…"}
    stages = [{**stage, "display": "…"} for stage in (SPRING, AUTUMN, FINAL)]
    return RuleBook.model_validate(
        {
            "contest": {
                "key": key,
                "title_full": "The contest of the small town",
                "title_short": "Small town",
                "theme": "…",
                "brand_line": "…",
                "brand_name": "Small town",
                "headline": ["…"],
                "introduction": "…",
                "document_number": "…",
                "issued_on": "2031-01-01",
                "starts_on": "2031-01-01",
                "ends_on": "2031-12-31",
                "number_pattern": "S-{sequence:04d}",
                "returned_within_days": 5,
            },
            "bodies": [
                {"role": "organiser", "label": "主办单位", "names": ["示例主办单位"]}
            ],
            "units": [
                {
                    "key": unit,
                    "name": name,
                    "short_name": name,
                    "summary": "…",
                    "description": "…",
                }
                for unit, name in UNITS
            ],
            "tracks": [
                {
                    "key": TRACK[0],
                    "name": TRACK[1],
                    "audience": "…",
                    "summary": "…",
                    "rule": "1",
                }
            ],
            "categories": [
                {
                    "key": "photo",
                    "name": "Photo",
                    "media": "image",
                    "summary": "…",
                    "limits": {
                        "format": {**limit, "container": "jpeg"},
                        "count": {**limit, "min": 1, "max": 1},
                    },
                }
            ],
            "stages": stages,
            "prize_groups": [
                {"key": unit, "name": name, "cells": [[unit, TRACK[0]]]}
                for unit, name in UNITS
            ],
            "award_kinds": [
                {"key": kind, "name": name, "subject": subject, "count": places}
                for kind, name, subject, places in AWARD_KINDS
            ],
            "scoring": {
                "source": "portal",
                "note": "…",
                "max_points": max_points,
                "criteria": [
                    {
                        "key": criterion,
                        "name": name,
                        "description": f"About {name}",
                        "weight": weight,
                    }
                    for criterion, name, weight in criteria
                ],
            },
            "declarations": [],
            "ai_policy": "…",
            "footer": {"help_line": "…", "help_hours": "…"},
        }
        | parts
    )


def make_contest(*, criteria=CRITERIA, max_points=10, **parts) -> Contest:
    """The small contest with all its rows, under a key of its own."""
    key = f"small-{next(_numbers)}"
    book = rulebook_document(key, criteria=criteria, max_points=max_points, **parts)
    contest = Contest.objects.create(
        key=key,
        title_full=book.contest.title_full,
        title_short=book.contest.title_short,
        starts_on=book.contest.starts_on,
        ends_on=book.contest.ends_on,
    )
    contest.current_version = RuleBookVersion.objects.create(
        contest=contest,
        digest=book.digest,
        document=book.canonical_json(),
        published_at=clock.start_of(book.contest.starts_on),
    )
    contest.save()
    _make_parts(contest, criteria)
    return contest


def _make_parts(contest, criteria):
    track = Track.objects.create(
        contest=contest, key=TRACK[0], name=TRACK[1], position=1
    )
    Category.objects.create(
        contest=contest, key="photo", name="Photo", media="image", position=1
    )
    for position, (key, name) in enumerate(UNITS, start=1):
        unit = Unit.objects.create(
            contest=contest, key=key, name=name, position=position
        )
        group = PrizeGroup.objects.create(
            contest=contest, key=key, name=name, position=position
        )
        PrizeGroupCell.objects.create(prize_group=group, unit=unit, track=track)
    for position, stage in enumerate((SPRING, AUTUMN, FINAL), start=1):
        Stage.objects.create(contest=contest, position=position, **stage)
    for position, (key, name, subject, places) in enumerate(AWARD_KINDS, start=1):
        AwardKind.objects.create(
            contest=contest,
            key=key,
            name=name,
            subject=subject,
            count=places,
            position=position,
        )
    for position, (key, name, weight) in enumerate(criteria, start=1):
        Criterion.objects.create(
            contest=contest, key=key, name=name, weight=weight, position=position
        )


class StaffFactory(factory.django.DjangoModelFactory):
    """Somebody with a user name and, if `contest` is given, a role in it."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"staff-{number}")
    full_name = factory.Sequence(lambda number: f"Person {number}")
    is_staff = True

    @classmethod
    def _create(cls, model_class, *args, contest=None, role=Role.JUDGE, **fields):
        user = super()._create(model_class, *args, **fields)
        if contest:
            Membership.objects.create(user=user, contest=contest, role=role)
        return user


def make_judge(contest, **fields) -> User:
    return StaffFactory(contest=contest, role=Role.JUDGE, **fields)


def make_organiser(contest, **fields) -> User:
    return StaffFactory(contest=contest, role=Role.ORGANISER, **fields)


def make_organisation(contest, **fields) -> Organisation:
    number = next(_numbers)
    fields = {
        "key": f"body-{number}",
        "name": f"Body {number}",
        "kind": "media",
    } | fields
    return Organisation.objects.create(contest=contest, **fields)


def make_submission(
    contest, *, unit="river", submitted_at=IN_SPRING, authors=("王小荷",), **fields
) -> Submission:
    """An accepted work of the first unit and of spring."""
    number = next(_numbers)
    defaults = {
        "author": User.objects.create_user(phone=f"+86199{number:08d}"),
        "rulebook_version": contest.current_version,
        "state": State.ACCEPTED,
        "number": f"S-{number:04d}",
        "unit": contest.units.get(key=unit),
        "track": contest.tracks.get(key=TRACK[0]),
        "category": contest.categories.get(key="photo"),
        "title": f"Work {number}",
        "first_submitted_at": submitted_at,
        "counts_at": submitted_at,
        "submitted_at": submitted_at,
    }
    submission = Submission.objects.create(contest=contest, **(defaults | fields))
    SubmissionAuthor.objects.bulk_create(
        SubmissionAuthor(submission=submission, position=position, name=name)
        for position, name in enumerate(authors, start=1)
    )
    return submission


def make_round(contest, *, stage="spring", state=RoundState.DRAFT, **fields) -> Round:
    """A round in the state given, without candidates."""
    fields = {
        "contest": contest,
        "stage": contest.stages.get(key=stage),
        "rulebook_version": contest.current_version,
        "state": state,
        "created_at": AFTER_SPRING,
    } | fields
    round = Round.objects.create(**fields)
    for kind in contest.award_kinds.all() if round.is_final else ():
        round.award_counts.create(kind=kind, count=kind.count)
    return round


def make_candidate(round, *, unit="river", submission=None, **fields) -> Candidate:
    submission = submission or make_submission(round.contest, unit=unit)
    fields = {
        "submission": submission,
        "prize_group": round.contest.prize_groups.get(key=submission.unit.key),
        "blind_number": f"{round.candidates.count() + 1:04d}",
    } | fields
    return Candidate.objects.create(round=round, **fields)


def make_assignment(candidate, judge=None) -> Assignment:
    """With its blank ballot, as the service leaves it."""
    assignment = Assignment.objects.create(
        candidate=candidate,
        judge=judge or make_judge(candidate.round.contest),
        assigned_at=AFTER_SPRING,
    )
    Ballot.objects.create(assignment=assignment, updated_at=AFTER_SPRING)
    return assignment


def score(assignment, *, total=None, **half_points) -> Ballot:
    """Fill in a ballot directly, `total` in hundredths."""
    ballot = assignment.ballot
    for key, points in half_points.items():
        criterion = assignment.candidate.round.contest.criteria.get(key=key)
        ballot.scores.create(criterion=criterion, half_points=points)
    ballot.total_hundredths = total
    ballot.save()
    return ballot
