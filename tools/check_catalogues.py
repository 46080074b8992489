"""Every sentence of the code and the templates has its Chinese, with its placeholders.

    python tools/check_catalogues.py

Without gettext's tools only the catalogue itself is looked at, and that is said.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
CATALOGUE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        catalogue = extract(Path(folder))
    problems = [*missing(catalogue), *mismatched(catalogue)]
    if problems:
        say("\n".join(problems))
        sys.exit(f"{len(problems)} sentences need attention in {CATALOGUE}.")


def extract(folder):
    """The catalogue as it would be after makemessages, made in a copy of the tree."""
    if not shutil.which("xgettext"):
        say("NOTE: xgettext is not installed; sentences missing from the catalogue")
        say("NOTE: are not found. Debian, Ubuntu: apt-get install gettext")
        return polib.pofile(str(ROOT / CATALOGUE))
    copy_sources(folder)
    command = [sys.executable, ROOT / "manage.py", "makemessages", "-l", LANGUAGE]
    command += ["--no-obsolete", "--no-wrap", "--verbosity", "0"]
    subprocess.run(command, cwd=folder, check=True)
    return polib.pofile(str(folder / CATALOGUE))


def copy_sources(folder):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        source = ROOT / name
        is_wanted = source.suffix in {".py", ".html", ".txt", ".po"}
        if is_wanted and source.is_file() and not name.startswith("tests/"):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (folder / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)


def missing(catalogue):
    for entry in catalogue:
        if not entry.obsolete and not entry.translated():
            where = f"{entry.occurrences[0][0]}: " if entry.occurrences else ""
            state = "fuzzy" if entry.fuzzy else "missing"
            yield f"{state}: {where}{entry.msgid}"


def mismatched(catalogue):
    """A lost placeholder would raise, or drop a number, only when the page is shown."""
    for entry in catalogue.translated_entries():
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            if set(PLACEHOLDER.findall(text)) != wanted:
                yield f"placeholders differ: {entry.msgid}"


def say(line):
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
