"""The wire between client and server breaks where it is told to."""

import socket
import threading

import pytest

from bench.proxy import Proxy, Trouble

HEAD = b"PATCH / HTTP/1.1\r\nA: b\r\n\r\n"
PATIENCE_S = 10


@pytest.fixture
def server():
    """Takes one connection; what came, and how it ended."""
    listener = socket.create_server(("127.0.0.1", 0))
    told = {"came": b"", "end": None}

    def serve():
        connection, _address = listener.accept()
        connection.settimeout(PATIENCE_S)
        try:
            while block := connection.recv(65536):
                told["came"] += block
                if block.endswith(b"?"):
                    connection.sendall(b"answer")
            told["end"] = "closed"
        except ConnectionResetError:
            told["end"] = "reset"
        connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    told |= {"address": listener.getsockname(), "thread": thread}
    yield told
    listener.close()


@pytest.fixture
def proxy(server):
    made = Proxy(server["address"])
    yield made
    made.close()


def send(proxy, content) -> bytes:
    """What comes back until the end."""
    with socket.create_connection(proxy.address, PATIENCE_S) as line:
        try:
            line.sendall(content)
            return line.recv(1000)
        except ConnectionError:
            return b""


def test_what_no_plan_concerns_passes_both_ways(proxy, server):
    assert send(proxy, b"how are you?") == b"answer"


@pytest.mark.parametrize(
    ("trouble", "end"), [(Trouble.CLOSE, "closed"), (Trouble.RESET, "reset")]
)
def test_a_cut_comes_after_so_many_bytes_of_the_body(proxy, server, trouble, end):
    proxy.plan(trouble, after=3)

    told = send(proxy, HEAD + b"12345?")
    server["thread"].join(PATIENCE_S)

    assert (told, server["end"]) == (b"", end)
    assert server["came"] in {HEAD + b"123", HEAD}  # a reset may overtake bytes


def test_a_lost_answer_is_lost_after_all_came(proxy, server):
    proxy.plan(Trouble.DEAF)

    told = send(proxy, HEAD + b"12345?")
    server["thread"].join(PATIENCE_S)

    assert (told, server["came"]) == (b"", HEAD + b"12345?")


def test_what_was_held_back_comes_when_it_is_let_go(proxy, server):
    plan = proxy.plan(Trouble.HOLD, after=2)
    with socket.create_connection(proxy.address, PATIENCE_S) as line:
        line.sendall(HEAD + b"12345?")
        assert plan.happened.wait(PATIENCE_S)
        held = server["came"]
        plan.let_go.set()
        told = line.recv(1000)

    assert (b"345" in held, told) == (False, b"answer")
    assert server["came"] == HEAD + b"12345?"
