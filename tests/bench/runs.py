"""Runs a bench as `make` does, in a folder of its own."""

import os
import subprocess
import sys

from contest_portal.env import BASE_DIR

OF_THE_TEST_RUN = ("DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST")


def run_bench(name: str, **given: str) -> subprocess.CompletedProcess:
    environment = {
        key: value for key, value in os.environ.items() if key not in OF_THE_TEST_RUN
    }
    return subprocess.run(
        [sys.executable, "-m", "bench", name],
        cwd=BASE_DIR,
        env=environment | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
