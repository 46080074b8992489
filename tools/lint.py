"""Every check that needs no running service, one line each; what fails is shown.

python tools/lint.py
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]


def main():
    os.chdir(ROOT)
    failed = [name for name, *check in checks() if not passes(name, *check)]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")
    say("All checks passed.")


def checks():
    """Name, command and, where it is not ours, the environment."""
    templates = tracked("*.html")
    return [
        ("ruff format", [BIN / "ruff", "format", "--check", "."]),
        ("ruff check", [BIN / "ruff", "check", "."]),
        ("import layers", [BIN / "lint-imports"]),
        ("djade", [BIN / "djade", "--check", "--target-version", "5.2", *templates]),
        ("djhtml", [BIN / "djhtml", "--check", "--tabwidth", "2", *templates]),
        ("system check", [*MANAGE, "check", "--fail-level", "WARNING"]),
        ("production check", production_check(), production_environment()),
        (
            "migrations",
            [*MANAGE, "makemigrations", "--check", "--dry-run"],
            no_server(),
        ),
        ("API schema", [*MANAGE, *api_schema()]),
        ("translations", [sys.executable, "tools/check_catalogues.py"]),
    ]


def api_schema():
    return ["spectacular", "--validate", "--fail-on-warn", "--file", os.devnull]


def production_check():
    return [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]


def production_environment():
    """What a complete production would set; tests use the same file."""
    lines = Path("tests/contest_portal/production.env").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and line[0] != "#")
    return os.environ | dict(pairs)


def no_server():
    """makemigrations would warn that it cannot ask the database; it need not."""
    return os.environ | {"PYTHONWARNINGS": "ignore::RuntimeWarning"}


def tracked(pattern):
    """Files of the repository, new ones included, what .gitignore names left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    listed = subprocess.run(command, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.splitlines() if Path(name).is_file()]


def passes(name, command, environment=None):
    done = subprocess.run(
        command,
        check=False,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name}")
    if done.returncode != 0 or "NOTE:" in done.stdout:
        say(done.stdout)
    return done.returncode == 0


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
