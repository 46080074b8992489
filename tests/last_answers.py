"""Until the live server is done with what it was asked."""

import threading
import time

import requests

PATIENCE_S = 15


def wait_for_last_answers(live_server):
    """Until nobody is answered any more; the askers have hung up.

    A view that still reads would get into a deadlock with the emptying of all tables.
    The server takes connections in their order: once it has answered ours, every
    earlier one has its thread, and that thread lives until its last answer is given.
    """
    requests.get(f"{live_server.url}/healthz", timeout=PATIENCE_S)
    deadline = time.monotonic() + PATIENCE_S
    while _answering() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _answering(), "somebody still holds a connection to the live server"


def _answering():
    return [
        thread
        for thread in threading.enumerate()
        if "process_request_thread" in thread.name
    ]
