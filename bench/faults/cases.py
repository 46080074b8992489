"""The sixteen cases. Each plays one round up to its last byte; checks.py judges it."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bench import moved_clock
from bench.faults.rounds import CHUNK, Round
from bench.proxy import Trouble
from bench.waiting import require, until
from bench.wire import Broken, answer
from contests import clock
from contests.deadlines import collection_ends_at
from submissions.models import Inspection, Upload
from submissions.states import InspectionState, UploadState
from submissions.uploads import finishing
from submissions.uploads.staging import Staged
from submissions.uploads.tasks import finish_upload, sweep_uploads
from tests.factories.submissions import COLLECTING
from tests.submissions.uploads.protocol import summed

HOURS_OLD = 2 * 3600


def silent_client(played: Round) -> None:
    """It stops in the middle and says nothing; the line stays open."""
    played.begin()
    offset = played.send_up_to(played.size * 2 // 5)
    plan = played.proxy.plan(Trouble.HUSH, after=CHUNK // 2)
    played.wire.patience_s = 0.4
    played.send_broken(offset)
    played.send_rest()
    plan.let_go.set()


def _cut_at(played, position, trouble):
    """The even rounds are tuspy's."""
    played.begin()
    offset = played.send_up_to(position)
    played.proxy.plan(trouble, after=position - offset)
    if played.is_even:
        played.send_broken_by_tuspy(offset)
        played.send_rest_by_tuspy()
    else:
        played.send_broken(offset)
        played.send_rest()


def closed_at_20_percent(played: Round) -> None:
    _cut_at(played, played.size // 5, Trouble.CLOSE)


def closed_at_60_percent(played: Round) -> None:
    _cut_at(played, played.size * 3 // 5, Trouble.CLOSE)


def closed_at_the_last_byte(played: Round) -> None:
    """Right before it, or right behind it, so that the answer is lost."""
    if played.number % 4 < 2:
        _cut_at(played, played.size - 1, Trouble.CLOSE)
    else:
        _cut_at(played, played.size - 1, Trouble.DEAF)


def reset(played: Round) -> None:
    _cut_at(played, played.size * 2 // 5, Trouble.RESET)


def same_chunk_twice(played: Round) -> None:
    """One after the other, or both at once."""
    played.begin()
    offset = played.send_up_to(CHUNK)
    piece = played.piece(offset)

    def send(_turn):
        return played.direct.patch(played.path, offset, piece).status

    if played.is_even:
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(send, range(2)))
    else:
        answers = [send(1), send(2)]
    played.sent += len(piece)
    require(answers.count(204) == 1, f"the same piece was answered {answers}")
    require(set(answers) <= {204, 409, 423}, f"the same piece was answered {answers}")
    played.send_rest()


def wrong_offset(played: Round) -> None:
    played.begin()
    offset = played.send_up_to(2 * CHUNK)
    for wrong in (0, offset - 1, offset + 1, played.size):
        told = played.direct.patch(played.path, wrong, b"-" * 1000 * (wrong < offset))
        require(told.status in {409, 413}, f"a wrong offset was answered {told.status}")
    require(played.offset() == offset, "a wrong offset moved the upload")
    played.send_rest()


def overtaken_by_its_resend(played: Round) -> None:
    """What was held back on the way comes in after all, when others have gone on."""
    played.begin()
    offset = played.send_up_to(2 * CHUNK)
    plan = played.proxy.plan(Trouble.HOLD, after=CHUNK // 3)
    line = played.wire.begin_patch(played.path, offset, CHUNK)
    with line:
        line.sendall(played.piece(offset)[: CHUNK // 3] + b"-" * (CHUNK - CHUNK // 3))
        played.sent += CHUNK // 3
        require(plan.happened.wait(10), "the proxy held nothing back")
        _until_some_arrived(played, offset)
        played.send_up_to(played.offset() + CHUNK)
        plan.let_go.set()
        late = answer(line).status
    require(late == 423, f"the late piece was answered {late}")
    played.send_rest()


def cleaned_while_receiving(played: Round) -> None:
    """What still arrives is left alone; what ran out is told so, and begun again."""
    played.begin()
    offset = played.send_up_to(CHUNK)
    plan = played.proxy.plan(Trouble.HOLD, after=CHUNK // 2)
    with ThreadPoolExecutor(1) as pool:
        played.sent += CHUNK
        sending = pool.submit(
            played.wire.patch, played.path, offset, played.piece(offset)
        )
        require(plan.happened.wait(10), "the proxy held nothing back")
        _make_old(played, runs_out=played.is_even)
        _sweep()
        plan.let_go.set()
        told = sending.result().status
    expected = {410, 423} if played.is_even else {204}
    require(told in expected, f"after the sweep a piece was answered {told}")
    if played.is_even:
        require(played.direct.head(played.path).status == 410, "it is not gone")
        played.begin()
    played.send_rest()


def _make_old(played, *, runs_out):
    upload = played.upload
    staged = Staged(upload.token)
    old = time.time() - HOURS_OLD
    for path in (staged.path, staged.path.with_suffix(".who")):
        os.utime(path, (old, old))
    if runs_out:
        Upload.objects.filter(pk=upload.pk).update(expires_at=timezone.now())


def _sweep():
    for _time in range(3):
        sweep_uploads()


def two_finishers(played: Round) -> None:
    """The worker's two processes and two threads of ours, as soon as all is there."""
    played.begin()
    upload_id = played.upload.pk
    start = threading.Barrier(2)

    def finish(_turn):
        start.wait()
        waiting = Upload.objects.filter(pk=upload_id, state=UploadState.RECEIVING)
        until(lambda: not waiting.exists(), what="the last byte", seconds=20)
        found = finishing.finish(upload_id, at=clock.now())
        connection.close()
        return found is not None

    with ThreadPoolExecutor(2) as pool:
        finished = pool.map(finish, range(2))
        played.send_rest()
        for _time in range(2):
            finish_upload.delay(upload_id=upload_id)
        require(sum(finished) <= 1, "two finishers finished")


def web_killed(played: Round) -> None:
    played.begin()
    offset = played.send_up_to(played.size // 2)
    piece = played.piece(offset)
    with played.direct.begin_patch(played.path, offset, len(piece)) as line:
        line.sendall(piece[: CHUNK // 2])
        played.sent += len(piece)
        _until_some_arrived(played, offset)
        played.portal.kill("web")
    played.portal.start_again("web")
    played.send_rest()


def _until_some_arrived(played, offset):
    staged = Staged(played.upload.token)
    until(lambda: staged.offset() > offset, what="the first bytes", seconds=10)


def worker_killed(played: Round) -> None:
    """While it looks at the file; another one takes the inspection up."""
    played.begin()
    played.send_rest()
    inspection = Inspection.objects.filter(
        media_file__submission=played.draft, state=InspectionState.RUNNING
    )
    until(inspection.exists, what="the inspection's beginning", seconds=30)
    time.sleep(0.05 * (played.number % 5))
    played.portal.kill("quick")
    played.portal.start_again("quick")
    played.extra["hit"] = inspection.exists()


def servers_restarted(played: Round) -> None:
    """Postgres and Valkey go in the middle of a piece, and come again."""
    played.begin()
    offset = played.send_up_to(played.size // 2)
    piece = played.piece(offset)
    with played.direct.begin_patch(played.path, offset, len(piece)) as line:
        line.sendall(piece[: CHUNK // 2])
        played.sent += len(piece)
        _until_some_arrived(played, offset)
        played.portal.postgres.stop()
        played.portal.valkey.stop()
        connection.close()
        try:
            line.sendall(piece[CHUNK // 2 :])
            told = answer(line).status
        except (Broken, OSError):
            told = None
        require(told != 204, "a piece was taken without a database")
        played.portal.postgres.start()
        played.portal.valkey.start()
    played.send_rest()


def disk_full(played: Round) -> None:
    """In the middle of a piece; there is room again a little later."""
    disk = played.extra["disk"]
    played.begin()
    offset = played.send_up_to(2 * CHUNK)
    piece = played.piece(offset)
    with played.direct.begin_patch(played.path, offset, len(piece)) as line:
        line.sendall(piece[: CHUNK // 2])
        played.sent += len(piece)
        _until_some_arrived(played, offset)
        disk.fill()
        line.sendall(piece[CHUNK // 2 :])
        told = answer(line).status
        require(told == disk.told, f"on a full disk a piece was answered {told}")
    before = played.offset()
    refused = played.direct.patch(played.path, before, played.piece(before))
    require(refused.status == 507, f"a piece without room: {refused.status}")
    disk.make_room()
    played.send_rest()


def clock_moved(played: Round) -> None:
    """An hour on, over the deadline, or an hour back."""
    deadline = collection_ends_at(played.contest)
    hour = timedelta(hours=1)
    moved_clock.set_to(deadline - hour / 2)
    played.begin()
    offset = played.send_up_to(played.size // 2)
    piece = played.piece(offset)
    with played.direct.begin_patch(played.path, offset, len(piece)) as line:
        line.sendall(piece[: CHUNK // 2])
        moved_clock.move(-hour if played.is_even else hour)
        line.sendall(piece[CHUNK // 2 :])
        played.sent += len(piece)
        told = answer(line).status
    require(told == 204, f"when the clock moved a piece was answered {told}")
    played.send_rest()
    until(
        lambda: played.upload.state != UploadState.FINISHING,
        what="the upload's end",
        seconds=played.deadline_s,
    )
    moved_clock.set_to(COLLECTING)


def wrong_checksum(played: Round) -> None:
    played.begin()
    offset = played.send_up_to(CHUNK)
    piece = played.piece(offset)
    wrong = summed(piece[:-1] + bytes([piece[-1] ^ 1]))
    told = played.direct.patch(played.path, offset, piece, Upload_Checksum=wrong)
    played.sent += len(piece)
    require(told.status == 460, f"a wrong sum was answered {told.status}")
    require(played.offset() == offset, "bytes with a wrong sum were kept")
    told = played.direct.patch(
        played.path, offset, piece, Upload_Checksum=summed(piece)
    )
    played.sent += len(piece)
    require(told.status == 204, f"a right sum was answered {told.status}")
    played.send_rest()


GENTLE = {  # several rounds at once
    "silent client": silent_client,
    "closed at 20 %": closed_at_20_percent,
    "closed at 60 %": closed_at_60_percent,
    "closed at the last byte": closed_at_the_last_byte,
    "reset": reset,
    "same chunk twice": same_chunk_twice,
    "wrong offset": wrong_offset,
    "slow chunk overtaken by its resend": overtaken_by_its_resend,
    "clean-up while receiving": cleaned_while_receiving,
    "two finishers at once": two_finishers,
    "wrong checksum": wrong_checksum,
}
ROUGH = {  # one round after the other: they trouble the whole portal
    "clock moved an hour": clock_moved,
    "disk full": disk_full,
    "kill -9 of the web server": web_killed,
    "kill -9 of the worker": worker_killed,
    "restart of Postgres and Valkey": servers_restarted,
}
