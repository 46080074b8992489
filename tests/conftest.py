"""What every test may rely on."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.browser import chromium
from tests.last_answers import wait_for_last_answers


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and heartbeats of one test never reach the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def calm_server(request):
    """No request of a test is still being answered when its tables are emptied."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    live_server = request.getfixturevalue("live_server")
    yield
    wait_for_last_answers(live_server)


@pytest.fixture
def in_english():
    """The language of the sources, for tests that read sentences."""
    with translation.override("en"):
        yield


@pytest.fixture
def media_folder(settings, tmp_path):
    """A store of files of the test's own, for tests that look what lies in it."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def queries_of():
    """How many queries a call takes, once the caches are warm."""

    def count(call):
        call()
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count


def pytest_terminal_summary(terminalreporter):
    """Skipped journeys must not pass unnoticed."""
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if "tests/browser/" in report.nodeid
    ]
    if skipped and chromium.find() is None:
        terminalreporter.write_sep("!", "BROWSER TESTS WERE SKIPPED", red=True)
        terminalreporter.write_line(f"{len(skipped)} tests: {chromium.MISSING}.")
