"""Connections that break, fall silent or come twice, against the running server."""

import hashlib
import os
import signal
import socket
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from tests.submissions.uploads.protocol import summed
from tests.submissions.uploads.server import status_line, until

MEGABYTE = 1024 * 1024
CONTENT = os.urandom(3 * MEGABYTE + 11)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def sent(sender, url, content, *, offset=0, length=None, **headers):
    """A connection on which so much of a piece has come, and no more comes."""
    connection = sender.opened(
        url, offset, len(CONTENT) - offset if length is None else length, **headers
    )
    connection.sendall(content)
    return connection


def finish(sender, url):
    """Send the rest from the server's offset; the file as it was stored."""
    offset = sender.offset(url)
    if offset < len(CONTENT):
        sender.patch(url, offset, CONTENT[offset:])
    status = sender.ended(url)
    assert status["state"] == "finished", status
    return status["file"]


def stored_sha256(sender, file) -> str:
    return sender.server.shell(
        "import hashlib; from submissions.models import MediaFile\n"
        f"file = MediaFile.objects.get(pk={file})\n"
        "found = hashlib.sha256(file.file.read()).hexdigest()\n"
        "print(found if found == file.sha256 else 'another')"
    )


def test_what_arrived_before_the_end_of_the_connection_is_kept(sender):
    url = sender.begun(len(CONTENT))

    with sent(sender, url, CONTENT[: MEGABYTE + 7]) as connection:
        connection.shutdown(socket.SHUT_WR)
        answer = status_line(connection)

    assert (answer, sender.offset(url)) == (400, MEGABYTE + 7)
    assert stored_sha256(sender, finish(sender, url)) == SHA256


def test_a_reset_loses_at_most_what_was_not_yet_read(sender):
    url = sender.begun(len(CONTENT))

    with sent(sender, url, CONTENT[: 2 * MEGABYTE]) as connection:
        until(lambda: sender.status(url)["offset_bytes"] >= MEGABYTE)
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    assert MEGABYTE <= sender.offset(url) <= 2 * MEGABYTE
    assert stored_sha256(sender, finish(sender, url)) == SHA256


def test_a_piece_with_a_checksum_that_breaks_off_leaves_nothing(sender):
    url = sender.begun(len(CONTENT))
    checksum = {"Upload-Checksum": summed(CONTENT)}

    with sent(sender, url, CONTENT[:-1], **checksum) as connection:
        connection.shutdown(socket.SHUT_WR)
        status_line(connection)

    assert sender.offset(url) == 0


def test_of_writers_at_once_one_writes_and_the_others_are_told_to_wait(sender):
    url = sender.begun(len(CONTENT))
    with sent(sender, url, CONTENT[:MEGABYTE]) as connection:
        until(lambda: sender.status(url)["offset_bytes"])

        with ThreadPoolExecutor(3) as pool:
            others = list(
                pool.map(lambda _: sender.patch(url, 0, CONTENT).status_code, range(3))
            )
        connection.sendall(CONTENT[MEGABYTE:])
        first = status_line(connection)

    assert (others, first) == ([423, 423, 423], 204)
    assert sender.ended(url)["state"] == "finished"


def test_three_pieces_for_the_same_place_at_once_are_one(sender):
    url = sender.begun(len(CONTENT))

    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda _: sender.patch(url, 0, CONTENT).status_code, range(3))
        )

    assert answers.count(204) == 1
    assert set(answers) <= {204, 409, 423}
    assert sender.ended(url)["state"] == "finished"
    assert len(sender.files()) == 1


def test_a_silent_client_does_not_hold_up_the_one_who_asks_where_to_go_on(sender):
    url = sender.begun(len(CONTENT))
    with sent(sender, url, CONTENT[:MEGABYTE]):
        until(lambda: sender.status(url)["offset_bytes"])

        offset = sender.offset(url)
        answer = sender.patch(url, offset, CONTENT[offset:])

        assert 0 < offset <= MEGABYTE
        assert answer.status_code == 204
    assert stored_sha256(sender, sender.ended(url)["file"]) == SHA256


def test_a_slow_piece_overtaken_by_its_resend_changes_nothing_any_more(sender):
    url = sender.begun(len(CONTENT))
    with sent(sender, url, CONTENT[:MEGABYTE]) as slow:
        until(lambda: sender.status(url)["offset_bytes"])
        offset = sender.offset(url)
        half = offset + MEGABYTE
        sender.patch(url, offset, CONTENT[offset:half])

        slow.sendall(b"-" * (2 * MEGABYTE))  # and then it falls silent
        slow.settimeout(settings.UPLOAD_SILENCE_SECONDS - 5)
        answer = status_line(slow)

        assert (answer, sender.offset(url)) == (423, half)
    assert stored_sha256(sender, finish(sender, url)) == SHA256


def test_a_piece_with_a_checksum_is_cut_off_when_it_is_overtaken(sender):
    url = sender.begun(len(CONTENT))
    sender.patch(url, 0, CONTENT[:1000])
    checksum = {"Upload-Checksum": summed(CONTENT[1000:])}

    with sent(sender, url, CONTENT[1000:MEGABYTE], offset=1000, **checksum):
        staged = file_of(sender, url)
        until(lambda: staged.stat().st_size > 1000)
        told = sender.status(url)["offset_bytes"]
        offset = sender.offset(url)

    assert (told, offset) == (1000, 1000)
    assert stored_sha256(sender, finish(sender, url)) == SHA256


def test_a_server_killed_in_the_middle_of_a_piece_goes_on_from_its_bytes(sender):
    url = sender.begun(len(CONTENT))
    with sent(sender, url, CONTENT[: 2 * MEGABYTE]):
        until(lambda: sender.status(url)["offset_bytes"] >= MEGABYTE)

        for process in web_processes(sender.server):
            os.kill(process, signal.SIGKILL)

    offset = until(lambda: answered_offset(sender, url))
    assert MEGABYTE <= offset <= 2 * MEGABYTE
    assert stored_sha256(sender, finish(sender, url)) == SHA256


def test_the_same_piece_twice_is_taken_once(sender):
    url = sender.begun(len(CONTENT))

    first = sender.patch(url, 0, CONTENT)
    second = sender.patch(url, 0, CONTENT)

    assert (first.status_code, second.status_code) == (204, 409)
    assert stored_sha256(sender, finish(sender, url)) == SHA256
    assert len(sender.files()) == 1


def test_a_creation_whose_answer_was_lost_goes_on_with_the_same_upload(sender):
    details = {"fingerprint": "a.jpg-3000"}
    url = sender.begun(len(CONTENT), details=details)
    sender.patch(url, 0, CONTENT[:1000])

    again = sender.begun(len(CONTENT), details=details)

    assert (again, sender.offset(again)) == (url, 1000)


def test_giving_up_stops_the_one_who_still_sends(sender):
    url = sender.begun(len(CONTENT))
    with sent(sender, url, CONTENT[:MEGABYTE]) as connection:
        until(lambda: sender.status(url)["offset_bytes"])

        given_up = sender.send("DELETE", url).status_code
        connection.sendall(CONTENT[MEGABYTE:])

        assert (given_up, status_line(connection)) == (204, 423)
    assert not file_of(sender, url).exists()


def file_of(sender, url) -> Path:
    token = url.rstrip("/").rsplit("/", 1)[1].replace("-", "")
    return sender.server.staging / f"{token}.part"


def web_processes(server) -> list[int]:
    """The web server's workers; their parent starts others in their place."""
    listed = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()[1:]]
    web = {
        pid: parent
        for pid, parent, args in rows
        if "contest_portal.webserver" in args and is_of(server, pid)
    }
    return [int(pid) for pid, parent in web.items() if parent in web]


def is_of(server, pid):
    environment = Path(f"/proc/{pid}/environ")
    try:
        return f"VAR_DIR={server.portal.var_dir}".encode() in environment.read_bytes()
    except FileNotFoundError:
        return False


def answered_offset(sender, url):
    try:
        return sender.offset(url)
    except OSError:
        return None
