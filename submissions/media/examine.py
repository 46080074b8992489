"""Examines one file by the rules of a category: no database, no exceptions.

Cheap first: is it a file, how big, what by content; then the probe, then the rules.
What the file did wrong makes it *failed*; what we could not do makes it *errored*.
"""

import logging
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from contests.rulebook import Category
from submissions.media import looking, viruses
from submissions.media.apart import client as apart
from submissions.media.codes import Code
from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts
from submissions.media.files import NotAFile, basic_facts, opened
from submissions.media.findings import Finding, verdict_of, worst_of
from submissions.media.fingerprints.prints import Prints
from submissions.media.looking import Look
from submissions.media.pictures.derivatives import Copy
from submissions.media.rules import check_set, judge
from submissions.media.tools.processes import ToolFailed
from submissions.states import Verdict

logger = logging.getLogger(__name__)

MOST_SIGNED_BYTES = 1 << 30  # every byte of a signed file is read once more


@dataclass(frozen=True)
class Examination:
    """What was found in one file. `copies` lie in the scratch folder given."""

    facts: FileFacts
    findings: list[Finding]
    verdict: Verdict
    original_name: str = ""
    tool_versions: dict[str, str] = field(default_factory=dict)
    log: str = ""
    copies: list[Copy] = field(default_factory=list)
    prints: Prints = field(default_factory=Prints)
    timings: dict[str, float] = field(default_factory=dict)  # seconds, by what was done


@dataclass(frozen=True)
class SetExamination:
    """What was found in the files of one work together, beyond each of them."""

    findings: list[Finding]
    verdict: Verdict
    file_count: int
    size_bytes: int


def examine(
    path: Path,
    *,
    category: Category,
    original_name: str = "",
    scratch_dir: Path | None = None,
    waived: frozenset[Code] = frozenset(),
    on_progress: Callable[[float], None] | None = None,
) -> Examination:
    """Examine a file as a work of a category; never raises, whatever it holds.

    Copies for showing are made when there is a `scratch_dir` to leave them in.
    `waived` errors become information. `on_progress` hears the share of a film done.
    """
    try:
        with _scratch(scratch_dir) as folder, opened(path) as file:
            look = _look(
                file,
                path=path,
                category=category,
                folder=folder,
                wants_copies=scratch_dir is not None,
                stop_after_s=_enough_s(category, waived),
                on_progress=on_progress,
            )
        findings = judge(look.facts, category.limits, waived)
    except NotAFile as refusal:
        findings, look = [Finding(refusal.code)], Look(FileFacts())
    except (ToolFailed, OSError, MemoryError) as error:
        return _errored(f"{type(error).__name__}: {error}", original_name)
    except Exception:
        # A slip of ours must never be taken for the file's fault, nor stop the others.
        logger.exception("Examining a file went wrong.")
        return _errored(traceback.format_exc(), original_name)
    return Examination(
        facts=look.facts,
        findings=findings,
        verdict=verdict_of(findings),
        original_name=original_name,
        tool_versions=look.tool_versions,
        log="\n".join(look.log),
        copies=look.copies,
        prints=look.prints,
        timings=look.timings,
    )


def examine_set(
    examinations: Iterable[Examination], *, category: Category
) -> SetExamination:
    """Judge files as one work: pages of a graphic, photographs of a series."""
    examinations = list(examinations)
    facts = [examination.facts for examination in examinations]
    findings = check_set(facts, category)
    verdicts = (examination.verdict for examination in examinations)
    return SetExamination(
        findings=findings,
        verdict=worst_of([verdict_of(findings), *verdicts]),
        file_count=len(facts),
        size_bytes=sum(found.size_bytes or 0 for found in facts),
    )


def _look(
    file, *, path, category, folder, wants_copies, stop_after_s, on_progress
) -> Look:
    facts = basic_facts(file)
    if virus := viruses.found_in(file):
        return Look(facts.with_(virus=virus))
    wants_video = category.media == "video"
    if wants_video and facts.content_type in (ContentType.MP4, ContentType.MOV):
        look = looking.at_film(
            file,
            path=path,
            base=facts,
            folder=folder,
            wants_copies=wants_copies,
            stop_after_s=stop_after_s,
            on_progress=on_progress,
        )
    elif not wants_video and facts.content_type == ContentType.JPEG:
        look = apart.look_at_picture(
            file, base=facts, folder=folder, wants_copies=wants_copies
        )
    else:
        return Look(facts)
    return _with_credentials(look, file, folder=folder)


def _with_credentials(look: Look, file, *, folder: Path) -> Look:
    """With what the file's content credentials say, if it has any."""
    facts = look.facts
    if not facts.has_c2pa or facts.size_bytes > MOST_SIGNED_BYTES:
        return look
    told = apart.read_credentials(file, base=facts, folder=folder)
    versions = look.tool_versions | {"c2pa": version("c2pa-python")}
    return replace(look, facts=facts.with_(**asdict(told)), tool_versions=versions)


def _enough_s(category: Category, waived: frozenset[Code]) -> float | None:
    """How much of a video decides that it is too long; all of it when it may be."""
    limit = category.limits.duration
    if limit is None or limit.max_s is None or Code.VID_DUR_LONG in waived:
        return None
    return 2 * limit.max_s + 60


@contextmanager
def _scratch(scratch_dir: Path | None) -> Iterator[Path]:
    """A folder of this run's own; it stays for the caller only inside his own."""
    if scratch_dir is not None:
        yield Path(tempfile.mkdtemp(prefix="examine-", dir=scratch_dir))
        return
    with tempfile.TemporaryDirectory(prefix="examine-") as folder:
        yield Path(folder)


def _errored(reason: str, original_name: str) -> Examination:
    return Examination(
        facts=FileFacts(),
        findings=[Finding(Code.FRM_CHECK_ERRORED)],
        verdict=Verdict.ERRORED,
        original_name=original_name,
        log=reason,
    )
