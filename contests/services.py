"""Publishing a rule book: rows follow the folder, a new version is kept whole."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from contests.errors import RuleViolation
from contests.models import (
    AwardKind,
    Category,
    Contest,
    Criterion,
    District,
    Picture,
    PrizeGroup,
    PrizeGroupCell,
    RuleBookVersion,
    Stage,
    Track,
    Unit,
)
from contests.rulebook import RuleBook


class StillNeeded(RuleViolation):
    """Something that submissions, rounds or organisations hang on cannot go."""

    code = "still_needed"


@dataclass
class SyncReport:
    """What publishing did; each line names a row, a change also its fields."""

    contest: Contest
    version: RuleBookVersion
    is_new_version: bool = False
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.is_new_version or self.created or self.changed or self.removed)


def picture_path(rulebook: RuleBook, name: str) -> str:
    """Where a picture is stored: a path that never holds anything else."""
    digest = rulebook.pictures[name].sha256
    return f"rulebooks/{rulebook.contest.key}/{digest}/{name}"


def store_pictures(rulebook: RuleBook, *, folder: Path) -> None:
    """Put the pictures of a rule-book folder into the storage; once each."""
    for name in rulebook.pictures:
        path = picture_path(rulebook, name)
        if not default_storage.exists(path):
            with (folder / "pictures" / name).open("rb") as file:
                default_storage.save(path, file)


@transaction.atomic
def publish_rulebook(rulebook: RuleBook, *, at: datetime) -> SyncReport:
    """Make the rows say what the book says; keep the version if it is a new one.

    Publishing the same book again changes nothing. What others depend on is not
    removed: the whole publication is refused instead.
    """
    sync = _Sync(rulebook, contest=_contest(rulebook))
    sync.write_rows()
    version, is_new = RuleBookVersion.objects.get_or_create(
        digest=rulebook.digest,
        defaults={
            "contest": sync.contest,
            "document": rulebook.canonical_json(),
            "published_at": at,
        },
    )
    if sync.contest.current_version != version:
        sync.contest.current_version = version
        sync.contest.save(update_fields=["current_version"])
    return SyncReport(
        contest=sync.contest,
        version=version,
        is_new_version=is_new,
        created=sync.created,
        changed=sync.changed,
        removed=sync.removed,
    )


def _contest(rulebook):
    """The contest's row, locked, so that two publications take turns."""
    about = rulebook.contest
    Contest.objects.get_or_create(
        key=about.key,
        defaults={
            "title_full": about.title_full,
            "title_short": about.title_short,
            "starts_on": about.starts_on,
            "ends_on": about.ends_on,
        },
    )
    return Contest.objects.select_for_update().get(key=about.key)


class _Sync:
    """One run: brings each table to the book's state and notes what it did."""

    def __init__(self, book: RuleBook, *, contest: Contest):
        self.book, self.contest = book, contest
        self.created, self.changed, self.removed = [], [], []

    def write_rows(self):
        self._update("contest", self.contest, _fields_of_contest(self.book))
        stale = [self._write(model, rows) for model, rows in _parts(self.book)]
        stages = {stage.key: stage for stage in self.contest.stages.all()}
        stale.append(self._write(AwardKind, _award_kinds(self.book, stages)))
        self._write_cells()
        stale.append(self._write(Picture, _pictures(self.book), key="name"))
        for rows in reversed(stale):
            for row in rows:
                self._remove(row)

    def _write(self, model, wanted: dict[str, dict], key="key") -> list[models.Model]:
        """Create and change rows of a table; answer those the book no longer has."""
        label = _called(model)
        stored = {
            getattr(row, key): row for row in model.objects.filter(contest=self.contest)
        }
        for name, values in wanted.items():
            if name in stored:
                self._update(f"{label} {name}", stored[name], values)
            else:
                model.objects.create(contest=self.contest, **{key: name}, **values)
                self.created.append(f"{label} {name}")
        return [row for name, row in stored.items() if name not in wanted]

    def _update(self, label, row, values):
        different = [name for name in values if getattr(row, name) != values[name]]
        if not different:
            return
        notes = [f"{name} {getattr(row, name)} → {values[name]}" for name in different]
        for name in different:
            setattr(row, name, values[name])
        row.save(update_fields=different)
        self.changed.append(f"{label} ({'; '.join(notes)})")

    def _write_cells(self):
        """Give each (unit, track) cell to its prize group."""
        units = {unit.key: unit for unit in self.contest.units.all()}
        tracks = {track.key: track for track in self.contest.tracks.all()}
        groups = {group.key: group for group in self.contest.prize_groups.all()}
        wanted = {
            (units[unit].pk, tracks[track].pk): groups[group.key]
            for group in self.book.prize_groups
            for unit, track in group.cells
        }
        stored = PrizeGroupCell.objects.filter(prize_group__contest=self.contest)
        for cell in stored.select_related("prize_group"):
            group = wanted.pop((cell.unit_id, cell.track_id), None)
            if group is None:
                cell.delete()
            else:
                self._update(
                    f"cell of {cell.prize_group.key}", cell, {"prize_group": group}
                )
        PrizeGroupCell.objects.bulk_create(
            PrizeGroupCell(prize_group=group, unit_id=unit, track_id=track)
            for (unit, track), group in wanted.items()
        )

    def _remove(self, row):
        key = getattr(row, "key", str(row))
        try:
            with transaction.atomic():
                row.delete()
        except (models.ProtectedError, models.RestrictedError) as error:
            dependants = getattr(error, "protected_objects", None) or (
                error.restricted_objects
            )
            names = {str(each._meta.verbose_name_plural) for each in dependants}
            raise StillNeeded(
                _("%(row)s cannot be removed: %(dependants)s depend on it.")
                % {
                    "row": f"{row._meta.verbose_name} “{key}”",
                    "dependants": ", ".join(sorted(names)),
                }
            ) from error
        self.removed.append(f"{_called(row)} {key}")


def _called(model):
    """The model's name in English, as the report is."""
    return str(model._meta.verbose_name_raw)


# --- What the rows must say ---------------------------------------------------
def _fields_of_contest(book):
    about = book.contest
    return {
        "title_full": about.title_full,
        "title_short": about.title_short,
        "starts_on": about.starts_on,
        "ends_on": about.ends_on,
    }


FIELDS = (
    (Unit, "units", ()),
    (Track, "tracks", ("needs_school",)),
    (Category, "categories", ("media",)),
    (Stage, "stages", ("kind", "starts_on", "ends_on", "works_from", "works_until")),
    (District, "districts", ("month", "activity_count")),
    (PrizeGroup, "prize_groups", ()),
)


def _parts(book):
    for model, name, fields in FIELDS:
        yield model, _rows(getattr(book, name), fields)
    yield Criterion, _rows(book.scoring.criteria, ("weight",))


def _rows(parts, fields):
    return {
        part.key: {
            "name": part.name,
            "position": position,
            **{name: getattr(part, name) for name in fields},
        }
        for position, part in enumerate(parts, start=1)
    }


def _award_kinds(book, stages):
    rows = _rows(book.award_kinds, ("subject", "count"))
    for award in book.award_kinds:
        rows[award.key]["stage"] = stages[award.stage] if award.stage else None
    return rows


def _pictures(book):
    return {
        name: {"sha256": picture.sha256, "file": picture_path(book, name)}
        for name, picture in book.pictures.items()
    }
