"""Prepares the people of a rush, lets them run, looks what became of their works."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import translation

from bench import moved_clock
from bench.entrants import new_entrant, open_contest, photograph, waiting_draft
from bench.portal import HOST, Portal
from bench.rush.people import Kind, Mishap, Person, Told
from bench.rush.sending import PIECE
from bench.waiting import require
from bench.wire import Tus
from contest_portal import env
from contests.deadlines import collection_ends_at
from submissions import deadlines
from submissions.models import Receipt, Submission
from submissions.states import State

PROCESSES = 3
FILE_BYTES = 700_000
SHARE_IN_GRACE, SHARE_TARDY = 10, 20  # one of so many
LAST_START_S = 20  # before the deadline, of those who are in time
AFTER_S = 2


class Rush:
    def __init__(self, portal: Portal, *, count: int, seconds: float):
        self._portal = portal
        self._seconds = seconds
        self._count = count
        self.contest = open_contest()
        moved_clock.set_to(collection_ends_at(self.contest) - timedelta(minutes=30))

    def prepare(self) -> list[Person]:
        """Everybody has a draft, and a third of the file is there."""
        folder = settings.VAR_DIR / "photographs"
        folder.mkdir()
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(lambda n: self._person(n, folder), range(self._count)))

    def _person(self, number, folder):
        entrant = new_entrant()
        draft = waiting_draft(self.contest, entrant)
        connection.close()
        path = folder / f"{number}.jpg"
        path.write_bytes(photograph(FILE_BYTES))
        kind = _kind(number)
        return Person(
            token=entrant.token,
            draft=draft.pk,
            upload=self._begun(entrant, draft, path.read_bytes()),
            path=str(path),
            kind=kind,
            mishap=list(Mishap)[number % 3],
            starts_at=self._start(number, kind),
            hands_in_from=self._seconds + AFTER_S if kind == Kind.TARDY else 0,
            hands_in_twice=number % 4 == 1,
        )

    def _begun(self, entrant, draft, content):
        wire = Tus((HOST, self._portal.port), entrant.token)
        told = wire.create(len(content), filename="a.jpg", submission=draft.pk)
        require(told.status == 201, f"a new upload was answered {told.status}")
        upload = told.headers["location"]
        told = wire.patch(upload, 0, content[:PIECE])
        require(told.status == 204, f"a first piece was answered {told.status}")
        return upload

    def _start(self, number, kind):
        """Ever denser towards the deadline, as people are."""
        if kind == Kind.IN_GRACE:
            return self._seconds + AFTER_S
        spread = self._seconds - LAST_START_S
        return spread * (number * 37 % self._count / self._count) ** 0.6

    def run(self, people: list[Person]) -> list[Told]:
        """The deadline falls so many seconds after the beginning."""
        begins_at = time.time() + 5
        ends_in = timedelta(seconds=self._seconds + 5)
        moved_clock.set_to(collection_ends_at(self.contest) - ends_in)
        started = [
            self._process(number, people[number::PROCESSES], begins_at)
            for number in range(min(PROCESSES, len(people)))
        ]
        told = []
        for process in started:
            printed, _errors = process.communicate()
            told += [Told(**each) for each in json.loads(printed)]
        return told

    def _process(self, number, people, begins_at):
        plan = settings.VAR_DIR / f"rush-{number}.json"
        content = {
            "address": [HOST, self._portal.port],
            "begins_at": begins_at,
            "people": [asdict(each) for each in people],
        }
        plan.write_text(json.dumps(content))
        return subprocess.Popen(
            [sys.executable, "-m", "bench.rush.sending", str(plan)],
            cwd=env.BASE_DIR,
            env=os.environ,
            stdout=subprocess.PIPE,
            text=True,
        )


def _kind(number):
    if number % SHARE_TARDY == 7:
        return Kind.TARDY
    return Kind.IN_GRACE if number % SHARE_IN_GRACE == 3 else Kind.IN_TIME


def problems(rush: Rush, people: list[Person], told: list[Told]) -> Iterator[str]:
    """What is lost, doubled, or refused with another sentence than due."""
    seen = {each.draft: each for each in told}
    works = Submission.objects.in_bulk([each.draft for each in people])
    with translation.override(settings.LANGUAGE_CODE):
        for person in people:
            yield from _problem(person, seen[person.draft], works[person.draft])
    yield from _numbers(works.values())


def _problem(person, told, work):
    if told.trouble:
        yield f"{person.kind}: {told.trouble}"
    elif person.kind == Kind.TARDY:
        yield from _wrongly_refused(told, work)
    else:
        if set(told.statuses) != {200}:  # also of pressing twice: one handing-in
            yield f"{person.kind}: handing in was answered {told.statuses}, {told.code}"
        if work.state == State.DRAFT or not work.number:
            yield f"lost: work {work.pk} is {work.state}"
        files = work.media_files.count()
        receipts = Receipt.objects.filter(submission=work).count()
        if (files, receipts) != (1, 1):
            yield f"work {work.pk} has {files} files and {receipts} receipts"


def _wrongly_refused(told, work):
    due = deadlines.refusal(work, moved_clock.now())
    if (set(told.statuses), work.state) != ({409}, State.DRAFT):
        yield f"after the deadline: {told.statuses}, the work is {work.state}"
    elif (told.code, told.detail) != (due.code, str(due.message)):
        yield f"refused with {told.code}: {told.detail}"


def _numbers(works):
    """Gap-free, so that nothing was doubled or given for nothing."""
    found = sorted(int(work.number.rsplit("-", 1)[1]) for work in works if work.number)
    if found != list(range(1, len(found) + 1)):
        yield f"the numbers have gaps or doubles: {found}"
