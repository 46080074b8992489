import time

import pytest

OUTBOX = []


class KeepingBackend:
    """Keeps messages for the test instead of sending them."""

    def send(self, *, phone, text, code):
        OUTBOX.append({"phone": phone, "text": text, "code": code})


@pytest.fixture
def outbox(settings):
    """The messages sent so far, the newest last."""
    settings.SMS_BACKEND = "tests.accounts.conftest.KeepingBackend"
    OUTBOX.clear()
    return OUTBOX


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Runs what waits for the commit, as the end of a request does."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def later(monkeypatch):
    """Moves real time, by which sessions and authenticator codes live."""
    real = time.time

    def move(seconds):
        monkeypatch.setattr(time, "time", lambda: real() + seconds)

    return move
