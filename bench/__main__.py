"""`python -m bench` and a name of COMMANDS: in a folder of its own, soon gone.

The command itself is one of Django's (bench/management/commands): it starts servers
and programs as children of its own, so that it can end and start them again.
"""

import os
import subprocess
import sys
from pathlib import Path

from contest_portal import env
from contest_portal.embedded import places, services

COMMANDS = {  # each with the settings it runs under
    "faults": ("faults", "bench.faults.settings"),
    "uploads": ("bench_uploads", "bench.settings"),
    "rush": ("bench_rush", "bench.settings"),
    "workers": ("bench_workers", "bench.settings"),
    "media": ("bench_media", "bench.settings"),
    "duplicates": ("bench_duplicates", "bench.settings"),
    "pictures": ("bench_pictures", "bench.settings"),
    "fuzz-media": ("fuzz_media", "bench.settings"),
}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.stderr.write(f"Say which one: {', '.join(COMMANDS)}.\n")
        return 2
    var_dir = services.throw_away_dir("contest-portal-bench-")
    places.make_var_dir(var_dir)
    try:
        return run(*COMMANDS[arguments[0]], var_dir)
    finally:
        services.forget(var_dir)


def run(command: str, settings: str, var_dir: Path) -> int:
    scratch = var_dir / "tmp"
    scratch.mkdir()
    environment = os.environ | services.environment(var_dir)
    environment |= {
        "DJANGO_SETTINGS_MODULE": settings,
        "SITE_URL": "",
        "TRUSTED_PROXIES": "1",  # the benches send what the proxy would add
        "TMPDIR": str(scratch),
        "LOG_LEVEL": "WARNING",
        "API_CALLS_PER_PERSON": "1000000",
        "API_CALLS_PER_ADDRESS": "1000000",
    }
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=env.BASE_DIR,
            env=environment,
            check=False,
        )
    except KeyboardInterrupt:
        return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
