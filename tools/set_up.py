"""Makes or refreshes `.venv` with nothing but a bare Python.

    python3 tools/set_up.py [--tests] [--browser]

`--tests` adds what tests and linters need, `--browser` a Chromium if one can be had.
A second run finds the lock files unchanged and ends at once.
"""

import argparse
import errno
import fcntl
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"
RUN, TESTS = "requirements.txt", "requirements-dev.txt"
# Only ready-made packages: a missing one is said at once, and no compiler is needed.
READY_MADE = ["--only-binary", ":all:"]


class CannotSetUp(Exception):
    """One sentence for the person at the terminal."""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true")
    parser.add_argument("--browser", action="store_true")
    wanted = parser.parse_args()
    os.chdir(ROOT)
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two makes at once take turns
        make_environment()
        install(TESTS if wanted.tests else RUN)
        compile_catalogues()
        if wanted.browser:
            run([PYTHON, "tools/find_browser.py"], "The browser was not set up.")


def make_environment():
    if works(PYTHON, "import sys; sys.exit(sys.version_info < (3, 11))"):
        return
    if find_spec("ensurepip") is None:
        install_venv_package()
    say("Making the virtual environment .venv…")
    command = [sys.executable, "-m", "venv", "--clear", VENV]
    run(command, "The virtual environment could not be made.")


def install_venv_package():
    """Debian and Ubuntu split this part of Python off into a package."""
    advice = "Install it as root: apt-get install python3-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotSetUp(f"This Python cannot make virtual environments. {advice}")
    say("Installing python3-venv…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    package = f"python3.{sys.version_info.minor}-venv"
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    run(command, f"python3-venv could not be installed. {advice}", env=quiet)


def install(requirements):
    """Bring `.venv` to exactly what the lock file says, unless it is there already."""
    lock = Path(requirements).read_text(encoding="utf-8")
    stamp = VENV / f"installed-{requirements}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    say("Installing the packages; the first time takes a minute or two…")
    if not install_with_uv(requirements):
        install_with_pip(requirements)
    stamp.write_text(lock, encoding="utf-8")
    if requirements == TESTS:
        (VENV / f"installed-{RUN}").write_bytes(Path(RUN).read_bytes())


def install_with_uv(requirements):
    """uv is several times faster; where it cannot work, pip does."""
    if not works(PYTHON, "import uv"):
        pip = [PYTHON, "-m", "pip", "install", "--quiet", UV]
        if subprocess.run(pip, check=False, capture_output=True).returncode != 0:
            return False
    command = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--system-certs"]
    command += ["--python", PYTHON, *READY_MADE, "-r", requirements]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=uv_environment()
    )
    refuse_full_disk(done.stderr)
    return done.returncode == 0


def install_with_pip(requirements):
    say("uv could not install them; pip takes longer…")
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", *READY_MADE, "-r", requirements]
    run(command, "The packages could not be installed.")


def uv_environment():
    """uv does not read pip's configuration; a mirror named there must serve it too."""
    given = dict(os.environ)
    for option, name in {
        "index-url": "UV_DEFAULT_INDEX",
        "find-links": "UV_FIND_LINKS",
    }.items():
        command = [PYTHON, "-m", "pip", "config", "get", f"global.{option}"]
        found = subprocess.run(command, check=False, capture_output=True, text=True)
        value = os.environ.get(f"PIP_{option.replace('-', '_').upper()}")
        if value := value or found.stdout.strip():
            given.setdefault(name, value)
    return given


def compile_catalogues():
    stale = [
        source
        for source in ROOT.glob("locale/*/LC_MESSAGES/*.po")
        if is_older(source.with_suffix(".mo"), source)
    ]
    if stale:
        command = [PYTHON, "tools/compile_catalogues.py", *stale]
        run(command, "The translations could not be compiled.")


def is_older(made, source):
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def works(python, code):
    if not python.exists():
        return False
    tried = subprocess.run([python, "-c", code], check=False, capture_output=True)
    return tried.returncode == 0


def run(command, failure, **options):
    """Run and show what it says; `failure` is the sentence if it does not succeed."""
    done = subprocess.run(
        command, check=False, stderr=subprocess.PIPE, text=True, **options
    )
    if done.returncode != 0:
        refuse_full_disk(done.stderr)
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
        raise CannotSetUp(" ".join([failure, *last]))
    sys.stderr.write(done.stderr)


def refuse_full_disk(errors):
    if "No space left on device" in errors or "Disk quota exceeded" in errors:
        raise CannotSetUp("The disk is full. Free some space and start again.")


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except CannotSetUp as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            sys.exit("The disk is full. Free some space and start again.")
        sys.exit(f"{error.strerror}: {error.filename}")
