"""Inspects files from the shell by the rules of a category, without a database.

With --json one JSON object per line, and nothing else, goes to standard output. Exit
status: 0 when no file failed, 1 when one failed or could not be checked, 2 for wrong
usage. A path without a file behind it is a failed file (FRM-FILE-MISSING), so that a
list of paths is always answered in full.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from contests.rulebook import Category, RuleBookError, find_rulebook, load_rulebook
from submissions.media import reporting
from submissions.media.examine import Examination, examine, examine_set
from submissions.states import Verdict

WRONG_USAGE = 2
# Line ends to some readers of lines, though not to JSON.
ODD_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class Command(BaseCommand):
    help = "Inspect photographs, graphics and videos by the rules of a contest."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--category", required=True, help="such as short_video")
        parser.add_argument("--rulebook", help="a key or a folder; else the default")
        parser.add_argument(
            "--together",
            action="store_true",
            help="the files are one work: judge the set too, and print it last",
        )
        parser.add_argument(
            "--json", action="store_true", help="one JSON object per line, nothing else"
        )
        parser.add_argument(
            "--lang",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
            help="the language of the sentences",
        )

    def handle(self, *, files, category, rulebook, lang, **options) -> None:
        chosen = _category(category, rulebook)
        with translation.override(lang):
            verdicts = self._inspect(files, chosen, **options)
        if not verdicts.isdisjoint({Verdict.FAILED, Verdict.ERRORED}):
            sys.exit(1)

    def _inspect(
        self, names: list[str], category: Category, *, together: bool, **options
    ) -> set[Verdict]:
        show = self._show_json if options["json"] else self._show_words
        examined = []
        for name in names:
            examination = examine(Path(name), category=category, original_name=name)
            show(reporting.of_file(name, category, examination))
            self._tell_trouble(name, examination)
            examined.append(examination)
        verdicts = {examination.verdict for examination in examined}
        if together:
            whole = examine_set(examined, category=category)
            show(reporting.of_set(names, category, whole))
            verdicts.add(whole.verdict)
        return verdicts

    def _show_json(self, result: dict) -> None:
        line = json.dumps(result, ensure_ascii=False).translate(ODD_LINE_ENDS)
        try:
            line.encode(getattr(self.stdout, "encoding", None) or "utf-8")
        except UnicodeEncodeError:  # a name of odd bytes, a terminal without Chinese
            line = json.dumps(result)
        self.stdout.write(line)
        self.stdout.flush()

    def _show_words(self, result: dict) -> None:
        self.stdout.write(reporting.in_words(result))

    def _tell_trouble(self, name: str, examination: Examination) -> None:
        """What went wrong on our side goes to standard error."""
        if examination.verdict == Verdict.ERRORED:
            self.stderr.write(f"{reporting.printable(name)}: {examination.log}")


def _category(key: str, rulebook: str | None) -> Category:
    try:
        book = load_rulebook(find_rulebook(rulebook))
    except (RuleBookError, OSError) as error:
        raise CommandError(str(error), returncode=WRONG_USAGE) from None
    for category in book.categories:
        if category.key == key:
            return category
    raise CommandError(_unknown(key, book.categories), returncode=WRONG_USAGE)


def _unknown(key: str, categories: Iterable[Category]) -> str:
    known = ", ".join(category.key for category in categories)
    return f"There is no category {key!r}; this rule book has {known}."
