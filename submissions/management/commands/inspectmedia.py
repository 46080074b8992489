"""Inspects files from the shell by the rules of a category, without a database.

With --json one JSON object per line, and nothing else, goes to standard output. Exit
status: 0 when no file failed, 1 when one failed or could not be checked, 2 for wrong
usage, 130 when interrupted. A path without a file behind it is a failed file
(FRM-FILE-MISSING), so that a list of paths is always answered in full.

A folder stands for all files below it. They are examined side by side, told in the
order of their names, and with --csv written to a table as they are done.
"""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from contests.rulebook import (
    Category,
    RuleBook,
    RuleBookError,
    find_rulebook,
    load_rulebook,
)
from submissions import explaining
from submissions.media.codes import Code
from submissions.media.examine import examine_set
from submissions.media.shell import folders, ledger, reporting
from submissions.media.shell.bars import Bars
from submissions.media.shell.batch import Done, Job, examined
from submissions.states import Verdict

WRONG_USAGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
ALL_CODES = "all"
STANDARD_OUTPUT = "-"
NAMED_AT_MOST = 5
# Line ends to some readers of lines, though not to JSON.
ODD_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Show = Callable[[Done], None]


class Command(BaseCommand):
    help = "Inspect photographs, graphics and videos by the rules of a contest."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        say = parser.add_argument
        say("files", nargs="*", metavar="FILE", help="files, and folders of files")
        say("--category", help="such as short_video")
        say("--rulebook", help="a key or a folder; else the default")
        say("--together", action="store_true", help="the files are one work: judge "
            "the set too, and print it last")  # fmt: skip
        say("--json", action="store_true", help="one JSON object a line, nothing else")
        say("--facts", action="store_true", help="all that was measured, and by what")
        say("--csv", metavar="FILE", help="write a row a file to a new table; - is "
            "standard output")  # fmt: skip
        say("--resume", action="store_true", help="go on with the table of --csv")
        say("--jobs", type=_at_least_one, metavar="N", help="files examined at a time; "
            "else as many as processors for a folder, else one")  # fmt: skip
        say("--explain", nargs="?", const=ALL_CODES, metavar="CODE", help="say what a "
            "finding code means; without one, list all")  # fmt: skip
        say("--lang", default=settings.LANGUAGE_CODE, help="of the sentences",
            choices=[code for code, _name in settings.LANGUAGES])  # fmt: skip

    def handle(self, **options) -> None:
        try:
            self._run(**options)
        except BrokenPipeError:  # a reader such as `head` has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(BROKEN_PIPE)

    def _run(self, *, lang: str, **options) -> None:
        self.options = options
        book = _rulebook(options["rulebook"])
        with translation.override(lang):
            if options["explain"] is not None:
                self._explain(options["explain"], book)
                return
            _check_usage(options)
            self.category = _category(options["category"], book)
            verdicts = self._inspect_or_stop()
        if not verdicts.isdisjoint({Verdict.FAILED, Verdict.ERRORED}):
            sys.exit(1)

    def _explain(self, name: str, book: RuleBook) -> None:
        is_list = name == ALL_CODES
        for code in Code if is_list else [_code(name)]:
            if self.options["json"]:
                self._show_json(explaining.explanation_of(code, book).as_dict())
            elif is_list:
                self.stdout.write(explaining.in_a_line(code))
            else:
                explanation = explaining.explanation_of(code, book)
                self.stdout.write(explaining.in_words(explanation))

    def _inspect_or_stop(self) -> set[Verdict]:
        try:
            return self._inspect()
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped; what has been told is done."))
            sys.exit(INTERRUPTED)

    def _inspect(self) -> set[Verdict]:
        with ExitStack() as opened:
            jobs = self._jobs()
            shows = list(self._shows(opened))
            done = []
            for each in self._examined(jobs, opened):
                for show in shows:
                    show(each)
                self._tell_trouble(each)
                done.append(each)
        verdicts = [each.examination.verdict for each in done]
        if self._is_about_folders:
            self.stderr.write(reporting.counted(verdicts))
        if self.options["together"]:
            verdicts.append(self._judge_together(done))
        return set(verdicts)

    @property
    def _is_about_folders(self) -> bool:
        return any(map(folders.is_folder, self.options["files"]))

    def _examined(self, jobs: list[Job], opened: ExitStack) -> Iterator[Done]:
        """Each file once it is done, the bar out of the way."""
        processes = self.options["jobs"]
        if processes is None:
            processes = os.cpu_count() if self._is_about_folders else 1
        processes = max(1, min(processes, len(jobs)))
        bars = opened.enter_context(Bars(file_count=len(jobs), by_file=processes > 1))
        for each in examined(
            jobs,
            category=self.category,
            processes=processes,
            on_progress=lambda job, share: bars.share(
                reporting.printable(job.name), share
            ),
        ):
            bars.step_aside()
            yield each
            bars.one_more()

    def _jobs(self) -> list[Job]:
        """Every file named or found, without the table itself and what is in it."""
        table = self.options["csv"]
        known = self._known_rows() if self.options["resume"] else set()
        jobs = []
        for name in self.options["files"]:
            found = [Job(name)]
            if folders.is_folder(name):
                found = list(self._jobs_in(Path(name), table))
            jobs += [job for job in found if ledger.cell_of(job.name) not in known]
        return jobs

    def _jobs_in(self, folder: Path, table: str | None) -> Iterator[Job]:
        found = folders.files_in(folder)
        own = Path(table).absolute() if table else None
        for path in found.files:
            if path.absolute() != own:
                yield Job(str(path))
        for path, error in found.closed:
            yield Job(str(path), trouble=str(error))
        if found.passed_over:
            self._tell_passed_over([str(path) for path in found.passed_over])

    def _known_rows(self) -> set[str]:
        try:
            return ledger.keep_done(Path(self.options["csv"]))
        except (OSError, ValueError, csv.Error) as error:
            raise CommandError(
                f"Cannot go on with {self.options['csv']}: {error!r}",
                returncode=WRONG_USAGE,
            ) from None

    def _shows(self, opened: ExitStack) -> Iterator[Show]:
        """Where each file is told: as JSON, as a row, or in words."""
        table = self.options["csv"]
        if table:
            yield self._row_writer(table, opened)
        if self.options["json"]:
            yield lambda done: self._show_json(self._result(done))
        elif not table:
            yield lambda done: self.stdout.write(reporting.in_words(self._result(done)))

    def _row_writer(self, table: str, opened: ExitStack) -> Show:
        if table == STANDARD_OUTPUT:
            rows = ledger.ledger_on(self.stdout)
        else:
            place = ledger.ledger_at(Path(table), goes_on=self.options["resume"])
            try:
                rows = opened.enter_context(place)
            except OSError as error:
                raise CommandError(
                    f"Cannot write the table: {error}", returncode=WRONG_USAGE
                ) from None
        return lambda done: rows.add(done, self.category)

    def _result(self, done: Done) -> dict:
        result = reporting.of_file(done.name, self.category, done.examination)
        return reporting.in_full(result, done) if self.options["facts"] else result

    def _judge_together(self, done: list[Done]) -> Verdict:
        whole = examine_set([each.examination for each in done], category=self.category)
        result = reporting.of_set([each.name for each in done], self.category, whole)
        if self.options["json"]:
            self._show_json(result)
        elif not self.options["csv"]:
            self.stdout.write(reporting.in_words(result))
        return whole.verdict

    def _show_json(self, result: dict) -> None:
        line = json.dumps(result, ensure_ascii=False).translate(ODD_LINE_ENDS)
        try:
            line.encode(getattr(self.stdout, "encoding", None) or "utf-8")
        except UnicodeEncodeError:  # a name of odd bytes, a terminal without Chinese
            line = json.dumps(result)
        self.stdout.write(line)
        self.stdout.flush()

    def _tell_trouble(self, done: Done) -> None:
        """What went wrong on our side goes to standard error."""
        if done.examination.verdict == Verdict.ERRORED:
            name = reporting.printable(done.name)
            self.stderr.write(f"{name}: {done.examination.log}")

    def _tell_passed_over(self, names: list[str]) -> None:
        named = ", ".join(map(reporting.printable, names[:NAMED_AT_MOST]))
        more = ", …" if len(names) > NAMED_AT_MOST else ""
        self.stderr.write(
            _("Passed over, as hidden, temporary or a link to a folder: %(names)s")
            % {"names": f"{named}{more} ({len(names)})"}
        )


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _check_usage(given: dict) -> None:
    table, goes_on = given["csv"], given["resume"]
    is_file = table not in (None, STANDARD_OUTPUT)
    wrongs = {
        "Name at least one file or folder.": not given["files"],
        "--category is required, such as short_video.": not given["category"],
        "--resume goes on with the table of --csv FILE.": goes_on and not is_file,
        "--resume leaves out files, --together needs all.": goes_on
        and given["together"],
        "--json and --csv - both want standard output.": given["json"]
        and table == STANDARD_OUTPUT,
        f"{table} is there already. Give another name, or --resume to go on with it.": (
            is_file and not goes_on and Path(table).exists()
        ),
    }
    for reason, is_so in wrongs.items():
        if is_so:
            raise CommandError(reason, returncode=WRONG_USAGE)


def _rulebook(name: str | None) -> RuleBook:
    try:
        return load_rulebook(find_rulebook(name))
    except (RuleBookError, OSError) as error:
        raise CommandError(str(error), returncode=WRONG_USAGE) from None


def _category(key: str, book: RuleBook) -> Category:
    for category in book.categories:
        if category.key == key:
            return category
    known = ", ".join(category.key for category in book.categories)
    raise CommandError(
        f"There is no category {key!r}; this rule book has {known}.",
        returncode=WRONG_USAGE,
    )


def _code(name: str) -> Code:
    found = explaining.near(name)
    if len(found) == 1 and found[0] == name.upper():
        return found[0]
    near = f" Perhaps one of {', '.join(found)}?" if found else ""
    raise CommandError(
        f"There is no code {name!r}.{near} --explain alone lists all.",
        returncode=WRONG_USAGE,
    )
