"""Keeps the label of generated content in every copy as it has to be given out.

Whoever spreads a work has to tell what its own metadata say, else what its entrant
declares, else that it looks generated, and to write itself and a number of its own into
the file (measures for labelling, art. 6). An answer may change after the copies were
made, so whoever changes it has `follow` called: what is written is compared with what
ought to be. Until that is done, the door of files gives none of the others out.
"""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from submissions.media.jobs import copies, scratch
from submissions.media.jobs.relabelling import NotRelabelled, relabelled
from submissions.media.jobs.rows import lock_file
from submissions.media.pictures.derivatives import Copy
from submissions.media.provenance.labels import (
    MAY_BE,
    SUSPECTED,
    AigcLabel,
    served_label,
)
from submissions.models import Conversion, Derivative, MediaFile, Submission

TURNS = 5
DECLARED = {Submission.AiUse.PARTLY, Submission.AiUse.WHOLLY}


def label_for(media_file: MediaFile) -> AigcLabel | None:
    """The label this file's copies have to carry now."""
    raw = media_file.inspection.facts.get("aigc_raw", "")
    return served_label(
        AigcLabel(raw) if raw else None,
        otherwise=said_of(media_file.submission),
        propagator=settings.AIGC_PROPAGATOR_CODE,
        number=uuid.uuid5(media_file.token, "propagation").hex,
    )


def said_of(submission: Submission) -> str:
    """What people say of a work: the entrant first, else who screened it last."""
    if submission.ai_use in DECLARED:
        return MAY_BE
    suspicions = submission.screenings.filter(cycle=submission.cycle)
    return SUSPECTED if suspicions.filter(suspects_ai=True).exists() else ""


def stale_copies(media_file: MediaFile) -> list[Derivative]:
    """Those that carry another label than they have to, or none."""
    mark = _mark_for(media_file)
    return [
        copy
        for copy in media_file.derivatives.all()
        if copy.detail.get(copies.LABELLED, "") != mark
    ]


def has_true_label(copy: Derivative) -> bool:
    """Whether this copy says of AI what it has to say by now."""
    return copy.detail.get(copies.LABELLED, "") == _mark_for(copy.media_file)


def _mark_for(media_file):
    return copies.label_mark(label_for(media_file)).get(copies.LABELLED, "")


def about_ai() -> Iterator[MediaFile]:
    """The files whose copies have a label, or ought to have one."""
    is_said = Q(submission__ai_use__in=DECLARED) | Q(
        submission__screenings__suspects_ai=True
    )
    is_written = Exists(
        Derivative.objects.filter(
            media_file=OuterRef("pk"), detail__has_key=copies.LABELLED
        )
    )
    has_own = Q(inspection__facts__aigc_raw__gt="")
    found = MediaFile.objects.filter(
        is_said | has_own | is_written, inspection__isnull=False
    )
    yield from found.order_by("pk").distinct().iterator()


class StillStale(Exception):
    """Copies changed faster than their labels could be written; to be tried again."""


def follow(media_file: MediaFile, *, make_anew: Callable[[MediaFile], None]) -> bool:
    """Give every copy the label it has to carry. One that cannot be given it goes at
    once, and `make_anew` has others made; True when there was such a one.

    Several runs may do this at once, and others replace copies meanwhile. So each works
    in folders of its own, and looks again until nothing is left to be done.
    """
    has_dropped = False
    for _turn in range(TURNS):
        stale = _stale_now(media_file.pk)
        if not stale:
            return has_dropped
        for copy in [each for each in stale if not _can_label(each)]:
            _drop(copy, make_anew)
            has_dropped = True
    raise StillStale(media_file.pk)


def _stale_now(media_file_id):
    found = MediaFile.objects.filter(pk=media_file_id).first()
    return [] if found is None else stale_copies(found)


def _can_label(derivative):
    """Label a copy, unless it has to be made anew for that."""
    media_file = derivative.media_file
    label = label_for(media_file)
    with scratch.own_folder_for(media_file, purpose="label") as folder:
        try:
            copy = relabelled(_fetched(derivative, folder), label, folder=folder)
        except NotRelabelled:
            return False
        except FileNotFoundError:  # replaced meanwhile, or lost: the next turn shows
            return True
        _record(derivative, copy, label)
    return True


@transaction.atomic
def _drop(derivative, make_anew):
    """Take a copy away with its label, unless it has been replaced meanwhile."""
    media_file = lock_file(derivative.media_file_id)
    if media_file is None:
        return
    stale = [copy for copy in stale_copies(media_file) if copy.pk == derivative.pk]
    if stale:
        copies.remove(stale)
        make_anew(media_file)


@transaction.atomic
def _record(derivative, copy, label):
    """The last writer wins, but only with the label that is right by now."""
    media_file = lock_file(derivative.media_file_id)
    if media_file is not None and label_for(media_file) == label:
        copies.put_in_place(derivative, copy, label=label)


def drop_stale(conversion: Conversion) -> None:
    """Let go of copies with a label that is no longer true, as this conversion will not
    make others; the smaller ones remain. Its file is locked."""
    kinds = copies.slow_kinds(conversion)
    stale = _stale_now(conversion.media_file_id)
    copies.remove([copy for copy in stale if copy.kind in kinds])


def _fetched(derivative: Derivative, folder: Path) -> Copy:
    path = folder / derivative.kind
    with derivative.file.open("rb") as stored, path.open("wb") as local:
        for chunk in File(stored).chunks():
            local.write(chunk)
    return Copy(
        derivative.kind,
        path,
        derivative.content_type,
        derivative.width_px,
        derivative.height_px,
        derivative.detail,
    )
