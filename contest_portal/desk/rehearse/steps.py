"""The contest from rule book to award list, step by step; each says what it saw."""

import itertools
import time
from pathlib import Path

from django.conf import settings

from accounts.demonstration import create_demo_accounts
from accounts.models import Organisation, Role
from accounts.organisations import load_organisations, read_organisations
from contest_portal import env
from contest_portal.desk import demo_media
from contest_portal.desk.demo_outreach import recommend
from contest_portal.desk.demonstration import (
    asked_only,
    declarations,
    minors,
    people,
    required_papers,
    settle_likenesses,
)
from contest_portal.desk.rehearse import judged
from contest_portal.desk.rehearse.client import Citizen
from contest_portal.desk.rehearse.progress import Progress, StepFailed
from contest_portal.desk.rehearse.works import Work, brought_works, made_works
from contest_portal.desk.scenario import Station, load_scenario
from contests import clock
from contests.deadlines import selection_stage_for
from contests.models import Contest, Stage
from contests.rulebook import load_rulebook
from contests.services import publish_rulebook
from documents.docx import write_document
from documents.xlsx import write_workbook
from judging.exports import award_list_xlsx
from judging.models import Round
from outreach import services as outreach
from outreach.papers import recommendation_paper
from submissions.services import screening
from submissions.states import Decision, State

PHONE = "1990001{:04d}"  # a range no network gives out
PATIENCE_S = 300


def play(
    progress: Progress,
    *,
    address: str,
    results: Path,
    brought: Path | None,
    folder: Path,
) -> None:
    """Run every step in order; the first that fails ends it."""
    contest = load_contest(progress)
    works = make_works(progress, contest, brought=brought, folder=folder)
    hand_in_all(progress, contest, works, address=address)
    screen_all(progress, contest)
    final = judge_all(progress, contest)
    write_award_list(progress, final, results=results)
    recommend_stations(progress, contest, results=results)


def load_contest(progress) -> Contest:
    with progress.step("rule book") as step:
        folder = env.default_rulebook()
        report = publish_rulebook(load_rulebook(folder), at=clock.now())
        contest = report.contest
        step.note(f"{contest} at {contest.current_version.digest[:12]}")
    with progress.step("organisations and accounts") as step:
        rows = read_organisations(folder / "organisations.csv")
        load_organisations(contest=contest, rows=rows)
        accounts = create_demo_accounts(contest)
        step.note(
            f"{contest.organisations.count()} organisations, {len(accounts)} accounts"
        )
    return contest


def make_works(progress, contest, *, brought, folder) -> list[Work]:
    with progress.step("media, by ffmpeg and Pillow") as step:
        works = list(made_works(contest, folder))
        if brought is not None:
            works += brought_works(contest, brought)
        count = sum(len(work.files) for work in works)
        step.note(f"{count} files of {len(works)} works")
    return works


def hand_in_all(progress, contest, works: list[Work], *, address: str) -> None:
    cells = itertools.cycle(
        (unit.key, track.key)
        for unit in contest.units.all()
        for track in contest.tracks.all()
    )
    for number, (work, cell) in enumerate(zip(works, cells, strict=False), start=1):
        with progress.step(f"citizen {number}: {work.title}") as step:
            citizen = Citizen(address, outbox=settings.VAR_DIR / "sms.txt")
            citizen.sign_in(PHONE.format(number))
            step.note(hand_in(citizen, contest, work, cell))


def hand_in(citizen: Citizen, contest, work: Work, cell: tuple[str, str]) -> str:
    """Upload, wait for the worker, submit; what the portal answered."""
    pk = citizen.call("submissions/", draft_of(contest, work, cell))["id"]
    for path in work.files:
        citizen.call(f"submissions/{pk}/files/", file=path)
    for key in required_papers(contest.rulebook, cell[1]):
        scan = demo_media.make_scan(work.files[0].with_name(f"{key}.scan.jpg"))
        citizen.call(f"submissions/{pk}/proofs/{key}/", file=scan)
    seen = wait_for_verdicts(citizen, pk)
    verdicts = [file["verdict"] for file in seen["files"]]
    codes = sorted(
        {
            finding["code"]
            for file in seen["files"]
            for finding in file["findings"]
            if finding["severity"] != "info"
        }
    )
    if ("failed" in verdicts) != work.refused:
        raise StepFailed(f"verdicts {verdicts}, codes {codes}")
    if work.refused:
        return f"refused as it should be: {', '.join(codes)}"
    number = citizen.call(f"submissions/{pk}/submit/")["number"]
    return f"{number}: {', '.join(verdicts)} {' '.join(codes)}".strip()


def draft_of(contest: Contest, work: Work, cell: tuple[str, str]) -> dict:
    unit, track = cell
    book = contest.rulebook
    needs_school = contest.tracks.get(key=track).needs_school
    told = {"story": "Handed in by the rehearsal.", **minors()}
    return {
        "unit": unit,
        "track": track,
        "category": work.category,
        "title": work.title,
        "entrant_name": "示例作者",
        "school": (book.schools or ["—"])[0] if needs_school else "",
        "authors": ["示例作者"],
        "ai_use": "none",
        "declarations": sorted(declarations(contest)),
        **asked_only(book, told, category=work.category, track=track),
    }


def wait_for_verdicts(citizen: Citizen, pk: int) -> dict:
    """The submission once the worker has looked at all its files."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        seen = citizen.get(f"/api/v1/submissions/{pk}/inspections/").json()
        states = {file["inspection"] for file in seen["files"]}
        if states <= {"finished", "errored"}:
            return seen
        time.sleep(0.5)
    raise StepFailed(f"the worker was not done after {PATIENCE_S} s: {states}")


def screen_all(progress, contest) -> None:
    with progress.step("screening by two people") as step:
        first, second = people(contest, Role.REVIEWER)[:2]
        wait_until_settled(contest)
        waiting = list(contest.submissions.filter(state=State.SCREENING))
        for submission in waiting:
            for reviewer in (first, second):
                settle_likenesses(submission, by=reviewer, at=clock.now())
                screening.decide(
                    submission=submission,
                    by=reviewer,
                    at=clock.now(),
                    turn=screening.turn_of(submission),
                    decision=Decision.PASS,
                    checks=[check.key for check in screening.checks_for(submission)],
                )
        accepted = contest.submissions.filter(state=State.ACCEPTED).count()
        if accepted != len(waiting) or not accepted:
            raise StepFailed(f"{accepted} of {len(waiting)} works were accepted")
        step.note(f"{accepted} works accepted, {2 * accepted} decisions")


def wait_until_settled(contest) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while contest.submissions.filter(state=State.SUBMITTED).exists():
        if time.monotonic() > deadline:
            raise StepFailed("a work is still waiting for its inspection")
        time.sleep(0.5)


def judge_all(progress, contest: Contest) -> Round:
    """The quarter of today, the quarters before it empty, then the final."""
    stage = selection_stage_for(contest, submitted_at=clock.now())
    if stage is not None:
        with progress.step(f"{stage}: three judges") as step:
            round = judged.judge_stage(contest, stage)
            chosen = judged.select_best(round, share=0.7)
            step.note(f"{round.candidates.count()} works, {chosen} selected")
    final_stage = contest.stages.get(kind=Stage.Kind.FINAL)
    with progress.step(f"{final_stage}: three judges") as step:
        final = judged.judge_stage(contest, final_stage)
        awards = judged.award_final(final, contest)
        step.note(f"{final.candidates.count()} works, {awards} awards published")
    return final


def write_award_list(progress, final: Round, *, results: Path) -> None:
    with progress.step("award list") as step:
        path = progress.keep(results / "award-list.xlsx")
        path.write_bytes(award_list_xlsx(final))
        step.note(f"{path.stat().st_size} bytes")


def recommend_stations(progress, contest: Contest, *, results: Path) -> None:
    """One district's table: filled in, printed, stamped, handed in, accepted."""
    if contest.rulebook.outreach is None:
        return
    with progress.step("station recommendation of one district") as step:
        centre = contest.organisations.filter(
            kind=Organisation.Kind.PRACTICE_CENTRE
        ).first()
        table = recommend(centre, stations_of(contest), at=clock.now())
        outreach.accept(
            recommendation=table,
            by=people(contest, Role.ORGANISER)[0],
            at=clock.now(),
            compared=True,
        )
        paper = recommendation_paper(table)
        for name, writer in (("docx", write_document), ("xlsx", write_workbook)):
            path = progress.keep(results / f"annex-3.{name}")
            path.write_bytes(writer(paper))
        step.note(f"{centre}: {table.stations.count()} stations")


def stations_of(contest: Contest) -> list[Station]:
    """The scenario's stations, or invented ones, as many as the rules ask for."""
    scenario = load_scenario(env.default_rulebook())
    rules = contest.rulebook.outreach
    if scenario and len(scenario.stations) >= rules.min_stations:
        return scenario.stations[: rules.max_stations]
    return [
        Station(name=f"示例站 {n}", address=f"示例路 {n} 号", seats=rules.seats_about)
        for n in range(1, rules.min_stations + 1)
    ]
