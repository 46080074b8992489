"""Connections that break, fall silent or come twice, against the running server."""

import hashlib
import os
import socket
import struct

from tests.submissions.uploads.protocol import summed
from tests.submissions.uploads.server import status_line, until

MEGABYTE = 1024 * 1024


def test_what_arrived_before_the_end_of_the_connection_is_kept(sender):
    content = os.urandom(3 * MEGABYTE)
    url = sender.begun(len(content))

    with sender.opened(url, 0, len(content)) as connection:
        connection.sendall(content[: MEGABYTE + 7])
        connection.shutdown(socket.SHUT_WR)
        connection.recv(100)

    assert sender.offset(url) == MEGABYTE + 7
    sender.patch(url, MEGABYTE + 7, content[MEGABYTE + 7 :])
    assert sender.ended(url)["state"] == "finished"
