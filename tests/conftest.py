"""What every test may rely on."""

import pytest
from django.core.cache import cache

from tests.browser import chromium


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and heartbeats of one test never reach the next."""
    cache.clear()


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
