"""Fills a contest with its demonstration: the same services, on the days of the story.

Nothing here writes a row by itself. Files are inspected as they would be by the worker,
two reviewers screen, three judges score, centres hand in their tables.
"""

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.files import File

from accounts.models import Membership, Role, User
from contest_portal.desk import demo_media
from contest_portal.desk.demo_outreach import tell_outreach
from contest_portal.desk.scenario import Scenario, Work, at_noon
from contests.models import Contest, Stage
from contests.rulebook import RuleBook
from judging import services as judging
from judging.queries import submissions_for_round
from submissions import services as submissions
from submissions.asked import FIELD_OF_COLUMN
from submissions.likenesses import standings_of
from submissions.media.jobs import inspection
from submissions.models import Submission
from submissions.services import likenesses, screening
from submissions.states import Decision, LikenessVerdict

DEMO_CODE = "52000000MJ00000008"  # its last character is right, the others invented
CITIZEN_PHONES = "+861990000{:04d}"  # a range no network gives out


def tell_story(
    contest: Contest, scenario: Scenario, *, say: Callable[[str], None]
) -> None:
    """Make everything the scenario tells, unless the contest has works already."""
    if contest.submissions.exists():
        say("The demonstration is there already.")
        return
    with tempfile.TemporaryDirectory(prefix="demonstration-") as folder:
        for number, work in enumerate(scenario.works, start=1):
            say(f"Work {number} of {len(scenario.works)}: {work.title}")
            hand_in(contest, work, number=number, folder=Path(folder))
    judge_rounds(contest, scenario)
    tell_outreach(contest, scenario)


def people(contest: Contest, role: Role) -> list[User]:
    holders = Membership.objects.filter(contest=contest, role=role)
    return [held.user for held in holders.select_related("user").order_by("user")]


def citizen(name: str) -> User:
    """An invented citizen; the same name is the same person."""
    known = User.objects.filter(full_name=name, phone__startswith="+861990000").first()
    if known:
        return known
    number = User.objects.filter(phone__startswith="+861990000").count() + 1
    return User.objects.create_user(
        phone=CITIZEN_PHONES.format(number), phone_verified=True, full_name=name
    )


def hand_in(contest: Contest, work: Work, *, number: int, folder: Path) -> Submission:
    """One work from draft to where the story leaves it."""
    at = at_noon(work.on)
    author = citizen(work.authors[0])
    draft = submissions.create_draft(contest=contest, author=author, at=at)
    common = {"submission": draft, "by": author, "at": at}
    submissions.update_draft(**common, **details(contest, work))
    for path in make_files(contest, work, number=number, folder=folder):
        with path.open("rb") as opened:
            media_file = submissions.add_file(
                **common, upload=File(opened, name=path.name)
            )
        inspection.inspect(media_file, at=at)
    submissions.set_authors(**common, names=work.authors, roles=work.roles or None)
    submissions.declare(**common, keys=declarations(contest))
    add_papers(common, folder=folder)
    if work.end != "draft":
        submissions.submit(**common)
        inspection.settle(draft, at=at)
        screen(draft, work, at=at + dt.timedelta(hours=20))
    return draft


def details(contest: Contest, work: Work) -> dict:
    """All that the rule book may ask; what it does not ask of this work is left out."""
    book = contest.rulebook
    track = contest.tracks.get(key=work.track)
    told = {
        "story": work.story,
        "text_summary": work.summary,
        "shot_on": work.on,
        "organisation_name": work.organisation,
        "organisation_code": work.organisation and DEMO_CODE,
        "tags": work.tags,
        **minors(),
    }
    return {
        "unit": contest.units.get(key=work.unit),
        "track": track,
        "category": contest.categories.get(key=work.category),
        "title": work.title,
        "entrant": "organisation" if work.organisation else "person",
        "entrant_name": work.authors[0],
        "school": (book.schools or ["—"])[0] if track.needs_school else "",
        "ai_use": "none",
        **asked_only(book, told, category=work.category, track=work.track),
    }


def minors() -> dict:
    """Nobody in the demonstration is young."""
    return {"author_age": "adult", "shows_children": False}


def asked_only(book: RuleBook, told: dict, *, category: str, track: str) -> dict:
    """Of what could be told, what the book asks of a work of this place."""
    return {
        column: value
        for column, value in told.items()
        if book.asked_field(FIELD_OF_COLUMN[column], category=category, track=track)
    }


def add_papers(common: dict, *, folder: Path) -> None:
    """A scan for each paper without which the work could not be handed in."""
    submission = common["submission"]
    for key in required_papers(submission.contest.rulebook, submission.track.key):
        scan = demo_media.make_scan(folder / f"{key}.jpg")
        with scan.open("rb") as opened:
            submissions.add_proof(
                **common, proof_key=key, file=File(opened, name=scan.name)
            )


def required_papers(book: RuleBook, track: str) -> list[str]:
    return [
        proof.key
        for proof in book.proofs
        if proof.required and (not proof.tracks or track in proof.tracks)
    ]


def declarations(contest: Contest) -> set[str]:
    declared = contest.rulebook.declarations
    return {each.key for each in declared if each.moment == "submission"}


def make_files(contest, work: Work, *, number: int, folder: Path) -> list[Path]:
    """The work's files, each different from every other work's."""
    look = {"motif": work.picture, "upright": work.upright}
    if contest.categories.get(key=work.category).media == "video":
        path = folder / f"{number}.mp4"
        return [
            demo_media.make_film(path, seconds=work.seconds, variant=number, **look)
        ]
    return [
        demo_media.make_photo(
            folder / f"{number}-{frame}.jpg", variant=number * 31 + frame, **look
        )
        for frame in range(work.frames)
    ]


def screen(submission: Submission, work: Work, *, at: dt.datetime) -> None:
    """初审 and 复审 by two reviewers, as far as the story goes."""
    first, second = people(submission.contest, Role.REVIEWER)[:2]
    submission.refresh_from_db()
    if work.end == "returned":
        screening.decide(
            submission=submission,
            by=first,
            at=at,
            turn=screening.turn_of(submission),
            decision=Decision.RETURN,
            reason_key=work.reason,
        )
    elif work.end in {"first-passed", "accepted"}:
        for reviewer in [first, second][: 1 if work.end == "first-passed" else 2]:
            settle_likenesses(submission, by=reviewer, at=at)
            screening.decide(
                submission=submission,
                by=reviewer,
                at=at,
                turn=screening.turn_of(submission),
                decision=Decision.PASS,
                checks=[check.key for check in screening.checks_for(submission)],
            )


def settle_likenesses(submission: Submission, *, by: User, at: dt.datetime) -> None:
    """Works of a demonstration are drawn from few motifs; a reviewer knows."""
    for standing in standings_of(submission):
        if standing.is_open:
            likenesses.rule(
                submission=submission,
                other_id=standing.other.pk,
                by=by,
                at=at,
                verdict=LikenessVerdict.ALLOWED,
                reason="示例作品取自同一组画面。",
            )


def judge_rounds(contest: Contest, scenario: Scenario) -> None:
    """Rounds whose works are all in are published; the current one is under way."""
    stages = contest.stages.filter(
        kind=Stage.Kind.SELECTION, works_from__lte=scenario.today
    )
    for stage in stages:
        if not submissions_for_round(stage).exists():
            continue
        if stage.works_until < scenario.today:
            publish_selection(contest, scenario, stage)
        else:
            begin_selection(contest, scenario, stage)


def begin_selection(contest, scenario, stage):
    """Judges are at it: the first two have scored what they could."""
    organiser = people(contest, Role.ORGANISER)[0]
    at = at_noon(scenario.today)
    round = judging.open_round(stage=stage, by=organiser, at=at)
    judges = people(contest, Role.JUDGE)
    judging.assign_judges(round=round, judges=judges, by=organiser, at=at)
    judging.start_judging(round=round, by=organiser, at=at)
    for judge in judges[:2]:
        score_all(round, judge, at=at, leave=2)
    return round


def publish_selection(contest, scenario, stage):
    organiser = people(contest, Role.ORGANISER)[0]
    at = at_noon(stage.works_until + dt.timedelta(days=7))
    by = {"by": organiser, "at": at}
    round = judging.open_round(stage=stage, **by)
    judges = people(contest, Role.JUDGE)
    judging.assign_judges(round=round, judges=judges, **by)
    judging.start_judging(round=round, **by)
    for judge in judges:
        score_all(round, judge, at=at)
    judging.close_round(round=round, **by)
    titles = [work.title for work in scenario.works if work.selected]
    judging.select(
        candidates=round.candidates.filter(submission__title__in=titles), **by
    )
    judging.confirm_round(round=round, **by)
    judging.publish_results(round=round, **by)


def score_all(round, judge, *, at, leave: int = 0) -> None:
    """Believable points: they depend on the work and the judge, and on nothing else."""
    criteria = round.contest.rulebook.scoring.criteria
    top = 2 * round.contest.rulebook.scoring.max_points
    assignments = list(
        judge.assignments.filter(candidate__round=round).select_related(
            "candidate__submission"
        )
    )
    for assignment in assignments[: len(assignments) - leave]:
        seed = assignment.candidate.submission_id * 7 + judge.pk * 3
        judging.record_scores(
            assignment=assignment,
            by=judge,
            at=at,
            scores={
                criterion.key: top - 2 - (seed + place * 5) % (top // 3)
                for place, criterion in enumerate(criteria)
            },
        )
