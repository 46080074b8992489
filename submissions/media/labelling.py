"""Keeps the label of generated content in every copy as it has to be given out.

Whoever spreads a work has to tell what its own metadata say, else what its entrant
declares, else that it looks generated, and to write itself and a number of its own into
the file (measures for labelling, art. 6). An answer may change after the copies were
made, so whoever changes it has `follow` called: what is written is compared with what
ought to be.
"""

import uuid
from pathlib import Path

from django.conf import settings
from django.core.files import File

from submissions.media import copies, scratch
from submissions.media.derivatives import Copy
from submissions.media.labels import MAY_BE, SUSPECTED, AigcLabel, served_label
from submissions.media.relabelling import NotRelabelled, relabelled
from submissions.models import Derivative, MediaFile, Submission

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
    mark = copies.label_mark(label_for(media_file)).get(copies.LABELLED, "")
    return [
        copy
        for copy in media_file.derivatives.all()
        if copy.detail.get(copies.LABELLED, "") != mark
    ]


def follow(media_file: MediaFile) -> list[Derivative]:
    """Give every copy the label it has to carry; those that must be made anew for it
    are returned."""
    label = label_for(media_file)
    to_be_made = []
    with scratch.folder_for(media_file, purpose="label") as folder:
        for derivative in stale_copies(media_file):
            try:
                copy = relabelled(_fetched(derivative, folder), label, folder=folder)
            except NotRelabelled:
                to_be_made.append(derivative)
            else:
                copies.put_in_place(derivative, copy, label=label)
    return to_be_made


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
