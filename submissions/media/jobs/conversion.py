"""Makes the copies that take long, after a file has been inspected.

A film that browsers cannot play is converted; a picture gets its smaller formats and
its large view. A row of Conversion is claimed, kept alive and taken up again as every
job's is. Stopped by its owner, the job ends within two seconds, as its next sign of
life finds another state.
"""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from submissions.media.apart import client as apart
from submissions.media.facts import ImageFacts, VideoFacts
from submissions.media.films.playable import COPY_FAILED, reasons_to_convert
from submissions.media.films.transcoding import NotConverted, transcode
from submissions.media.jobs import copies, labelling, scratch
from submissions.media.jobs.claims import CONVERSIONS
from submissions.media.jobs.tries import NotDone
from submissions.media.pictures.derivatives import Copy
from submissions.media.provenance.labels import AigcLabel
from submissions.models import Conversion, Derivative, Inspection, MediaFile
from submissions.states import JOBS_TO_DO, ConversionState, Verdict


def plan(inspection: Inspection) -> None:
    """Have made what the file still lacks, in the transaction that records its facts;
    nothing for a file that its author has to replace."""
    media_file, facts = inspection.media_file, inspection.facts
    if inspection.verdict in (Verdict.FAILED, Verdict.ERRORED):
        Conversion.objects.filter(media_file=media_file).delete()
    elif facts.get("kind") == ImageFacts.kind and facts.get("is_decodable"):
        CONVERSIONS.enqueue(media_file, reasons=[])
    elif reasons := _reasons(media_file, facts):
        CONVERSIONS.enqueue(media_file, reasons=reasons)
    else:
        Conversion.objects.filter(media_file=media_file).delete()


def _reasons(media_file: MediaFile, told: dict) -> list[str]:
    if told.get("kind") != VideoFacts.kind:
        return []
    facts = VideoFacts.from_json(told)
    if not facts.frame_count or not facts.display_width_px:
        return []
    has_view = media_file.derivatives.filter(kind=Derivative.Kind.VIEW).exists()
    return reasons_to_convert(facts) or ([] if has_view else [COPY_FAILED])


@transaction.atomic
def make_anew(media_file: MediaFile) -> None:
    """Have the copies made once more whose label can be put right in no other way; what
    nobody is to make goes at once."""
    made = CONVERSIONS.locked(media_file.pk)
    if made is None:
        if media_file.inspection.facts.get("kind") == VideoFacts.kind:
            CONVERSIONS.enqueue(media_file, reasons=[COPY_FAILED])
    elif made.state == ConversionState.FINISHED:
        CONVERSIONS.enqueue(media_file, reasons=made.reasons)
    elif made.state not in JOBS_TO_DO:
        labelling.drop_stale(made)


def convert(media_file: MediaFile, *, at: datetime) -> int | None:
    """Make the copies and keep them; seconds to the next try, if one is due."""
    return CONVERSIONS.attempt(media_file, _convert, at=at)


def _convert(conversion, pulse, clock) -> None:
    media_file = conversion.media_file
    label = labelling.label_for(media_file)
    with scratch.folder_for(media_file, purpose="convert") as folder:
        with clock.timed("fetch_s"):
            path = scratch.local_copy(media_file, folder)
        work = folder / "work"
        work.mkdir()
        with clock.timed("convert_s"):
            made = _made(conversion, path, work, label, pulse)
        _record(conversion, made, label, clock)


def _made(conversion, path: Path, folder: Path, label, pulse) -> list[Copy]:
    if not conversion.reasons:
        pulse.tell(0.0)
        return apart.slow_copies_of_picture(path, label=label, folder=folder)
    try:
        copy = transcode(
            path,
            facts=VideoFacts.from_json(conversion.media_file.inspection.facts),
            reasons=conversion.reasons,
            folder=folder,
            label=label,
            on_progress=pulse.tell,
        )
    except NotConverted as refusal:
        raise NotDone(str(refusal)) from refusal
    return [copy]


@transaction.atomic
def _record(conversion, made, label: AigcLabel | None, clock) -> None:
    CONVERSIONS.hold(conversion)
    with clock.timed("store_s"):
        copies.replace(
            conversion.media_file,
            made,
            attempt=conversion.attempts,
            kinds=copies.slow_kinds(conversion),
            label=label,
        )
    clock.stop()
    CONVERSIONS.finish(conversion)
