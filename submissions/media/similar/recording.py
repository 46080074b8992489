"""Writes down which files are alike, for reviewers of either work."""

from datetime import datetime

from django.db import transaction

from submissions.media.similar.found import Found
from submissions.models import MediaFile
from submissions.models.fingerprints import Likeness


@transaction.atomic
def record(media_file: MediaFile, found: list[Found], *, at: datetime) -> None:
    """Write what was found, both ways; what stands already is brought up to date.

    Nothing is taken away: of two files that come at the same time, the one that looked
    earlier knows nothing of what the other found. Rows are written in one order, so
    that two inspections wait for each other instead of standing still.
    """
    there = {each.media_file_id for each in found}
    there = set(MediaFile.objects.filter(pk__in=there).values_list("pk", flat=True))
    rows = [
        likeness
        for each in found
        if each.media_file_id in there
        for likeness in (
            _row(media_file.pk, each.media_file_id, each, at, each.detail),
            _row(each.media_file_id, media_file.pk, each, at, _other_way(each.detail)),
        )
    ]
    Likeness.objects.bulk_create(
        sorted(rows, key=lambda row: (row.media_file_id, row.other_file_id, row.kind)),
        update_conflicts=True,
        unique_fields=["media_file", "other_file", "kind"],
        update_fields=["score", "detail"],
    )


def _row(media_file_id, other_id, found, at, detail):
    return Likeness(
        media_file_id=media_file_id,
        other_file_id=other_id,
        kind=found.kind,
        score=found.score,
        detail=detail,
        found_at=at,
    )


def _other_way(detail):
    """The same moments, seen from the other file."""
    if "pieces" not in detail:
        return detail
    pieces = [
        piece
        | {"starts_s": piece["other_starts_s"], "other_starts_s": piece["starts_s"]}
        for piece in detail["pieces"]
    ]
    return detail | {"pieces": pieces}
