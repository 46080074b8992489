"""Sees to a Chromium and Chinese fonts for the browser tests, where they can be had.

Order: CHROMIUM_BINARY, an installed one, Debian's package (as root), the one inside
the npm package @sparticuz/chromium. Without any, the browser tests are skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv" / "chromium"  # tests/browser/chromium.py looks here
PACKAGE = "@sparticuz/chromium@147.0.2"
UNPACK = (
    "import('@sparticuz/chromium').then(c => c.default.executablePath())"
    ".then(path => console.log(path))"
)


def main():
    if not find_installed():
        install_with_apt("chromium")
    if not find_installed():
        install_with_npm()
    if not find_installed():
        say("NO BROWSER: Chromium could not be installed; browser tests are skipped.")
    elif not has_chinese_font():
        install_with_apt("fonts-wqy-microhei")


def find_installed():
    named = os.environ.get("CHROMIUM_BINARY")
    known = [named, "chromium", FOLDER / "chromium", "google-chrome"]
    return any(shutil.which(candidate) for candidate in known if candidate)


def install_with_apt(package):
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"Installing {package}…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=60"]
    for command in (["update", "-qq"], ["install", *options, package]):
        subprocess.run(
            ["apt-get", *command], env=quiet, check=False, capture_output=True
        )


def install_with_npm():
    """The package holds a Chromium and unpacks it into the temporary folder."""
    if not (shutil.which("npm") and shutil.which("node")):
        return
    say("Installing the Chromium of an npm package…")
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--silent"]
    unpack_here = {**os.environ, "TMPDIR": str(FOLDER)}
    for command in (
        ["npm", "install", "--prefix", str(FOLDER), *options, PACKAGE],
        ["node", "-e", UNPACK],
    ):
        done = subprocess.run(
            command, cwd=FOLDER, env=unpack_here, check=False, capture_output=True
        )
        if done.returncode != 0:
            return


def has_chinese_font():
    if not shutil.which("fc-list"):
        return False
    command = ["fc-list", ":lang=zh-cn", "family"]
    found = subprocess.run(command, check=False, capture_output=True)
    return bool(found.stdout.strip())


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
