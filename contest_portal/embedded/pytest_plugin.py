"""Gives every test run a Postgres and a Valkey of its own, gone when it ends.

Loaded with `-p`, because pytest-django reads the settings before any conftest. The
servers start once, in the controlling process; xdist's workers inherit where they are.
"""

import atexit
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from contest_portal.embedded import services
from contest_portal.embedded.errors import CannotStart

_stack = ExitStack()
atexit.register(_stack.close)  # even when the settings do not load


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests():
    if not _is_worker():
        var_dir = services.throw_away_dir("contest-portal-tests-")
        _stack.callback(services.forget, var_dir)
        os.environ |= services.environment(var_dir)
        os.environ |= {"DEMO_TODAY": "", "SECRET_KEY": "only-for-tests-" + "0" * 40}
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    if _is_worker() or session.config.option.collectonly:
        return
    try:
        _stack.enter_context(services.running(Path(os.environ["VAR_DIR"])))
    except CannotStart as error:
        pytest.exit(str(error), returncode=3)


def pytest_unconfigure():
    _stack.close()
