"""`python -m bench.rush.sending PLAN`: sends for its people, prints what each saw."""

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from bench.rush.people import Mishap, Person, Told
from bench.wire import Answer, Broken, Tus

PIECE = 256 * 1024
LOOK_S, SLOWEST_LOOK_S = 0.7, 5  # as the portal's own pages ask
GIVES_UP_AFTER_S = 120
PATIENCE_S = 60
LATER = {423, 429, 500, 502, 503}


def main(plan: Path) -> None:
    told = json.loads(plan.read_text())
    address, begins_at = tuple(told["address"]), told["begins_at"]
    people = [Person(**each) for each in told["people"]]
    with ThreadPoolExecutor(len(people)) as pool:
        seen = pool.map(lambda each: Sender(each, address, begins_at).play(), people)
        json.dump([asdict(each) for each in seen], sys.stdout)


class Sender:
    def __init__(self, person: Person, address, begins_at: float):
        self._person = person
        self._begins_at = begins_at
        self._wire = Tus(address, person.token, patience_s=PATIENCE_S)
        self._content = Path(person.path).read_bytes()
        self._work = f"/api/v1/submissions/{person.draft}/"
        self._told = Told(person.draft)

    def play(self) -> Told:
        try:
            self._wait_until(self._person.starts_at)
            self._finish_upload()
            self._wait_until(self._person.hands_in_from)
            self._hand_in()
        except Exception as error:  # told as this person's; the others go on
            self._told.trouble = f"{type(error).__name__}: {error}"
        return self._told

    def _wait_until(self, second):
        time.sleep(max(0, self._begins_at + second - time.time()))

    def _finish_upload(self):
        offset, mishap = self._offset(), self._person.mishap
        while offset < len(self._content):
            piece = self._content[offset : offset + PIECE]
            if mishap == Mishap.DROP:
                self._drop(offset, piece)
                piece = b""
            elif mishap == Mishap.TWICE:
                self._patch(offset, piece)
            mishap = Mishap.NONE
            offset = self._send(offset, piece)
        sent_at = time.time()
        self._insist(self._stored, "the file")
        self._told.stored_s = time.time() - sent_at

    def _offset(self) -> int:
        answer = self._insist(
            lambda: self._wire.head(self._person.upload), "the offset", status=200
        )
        return int(answer.headers["upload-offset"])

    def _send(self, offset, piece):
        answer = self._patch(offset, piece) if piece else None
        if answer is not None and answer.status == 204:
            return int(answer.headers["upload-offset"])
        return self._offset()

    def _patch(self, offset, piece) -> Answer | None:
        try:
            return self._wire.patch(self._person.upload, offset, piece)
        except Broken:
            return None

    def _drop(self, offset, piece):
        line = self._wire.begin_patch(self._person.upload, offset, len(piece))
        with line:
            line.sendall(piece[: len(piece) // 2])

    def _stored(self) -> Answer | None:
        answer = self._wire.request("GET", self._person.upload)
        ended = answer.status != 200 or answer.json()["state"] == "finished"
        return answer if ended else None

    def _hand_in(self):
        if self._person.hands_in_twice:
            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(lambda _: self._submit(), range(2)))
        else:
            answers = [self._submit()]
        self._told.statuses = [answer.status for answer in answers]
        if 200 not in self._told.statuses:
            self._told.code = answers[0].json()["code"]
            self._told.detail = answers[0].json()["detail"]

    def _submit(self) -> Answer:
        began = time.time()
        answer = self._insist(
            lambda: self._wire.request(
                "POST",
                f"{self._work}submit/",
                X_Request_Start=f"t={time.time():.3f}",
            ),
            "the answer to a handing-in",
        )
        self._told.submit_s.append(time.time() - began)
        return answer

    def _insist(self, ask: Callable, what: str, *, status: int | None = None) -> Answer:
        """Ask until there is an answer that is not "later"."""
        until, pause = time.time() + GIVES_UP_AFTER_S, LOOK_S
        while time.time() < until:
            try:
                answer = ask()
            except Broken:
                answer = None
            if answer is not None and answer.status not in LATER:
                if status not in {None, answer.status}:
                    raise RuntimeError(f"{what}: {answer.status} {answer.body[:120]!r}")
                return answer
            self._told.waited += answer is not None
            time.sleep(pause)
            pause = min(1.5 * pause, SLOWEST_LOOK_S)
        raise RuntimeError(f"{what} did not come")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
