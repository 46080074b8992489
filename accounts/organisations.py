"""The tree of organisations, read from a CSV that people keep in a spreadsheet."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation
from contests.errors import RuleViolation
from contests.models import Contest

COLUMNS = ("key", "name", "kind", "parent", "district")


class OrganisationsRefused(RuleViolation):
    """The file has faults; `faults` tells each with its line."""

    code = "organisations_refused"

    def __init__(self, faults):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Row:
    line: int
    key: str
    name: str
    kind: str
    parent: str
    district: str


@dataclass
class Changes:
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    only_stored: list[str] = field(default_factory=list)


def read_organisations(path: Path) -> list[Row]:
    """The rows of the file; UTF-8 with or without a mark, or GB18030."""
    reader = csv.reader(io.StringIO(_decoded(path.read_bytes())))
    header = [cell.strip() for cell in next(reader, [])]
    if header != list(COLUMNS):
        raise OrganisationsRefused(
            [
                _("Line 1: the columns must be %(columns)s.")
                % {"columns": ",".join(COLUMNS)}
            ]
        )
    rows, faults = [], []
    for cells in reader:
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if len(cells) != len(COLUMNS):
            faults.append(
                _("Line %(line)s: it has %(count)s cells, not %(wanted)s.")
                % {"line": reader.line_num, "count": len(cells), "wanted": len(COLUMNS)}
            )
        else:
            rows.append(Row(reader.line_num, *cells))
    if faults:
        raise OrganisationsRefused(faults)
    return rows


def _decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        raise OrganisationsRefused(
            [_("The file is neither UTF-8 nor GB18030. Save it again as CSV UTF-8.")]
        ) from None


@transaction.atomic
def load_organisations(*, contest: Contest, rows: list[Row]) -> Changes:
    """Store the tree as the rows tell it; all of it or nothing.

    What is stored but not in the file stays, for roles may hang on it.
    """
    districts = {district.key: district for district in contest.districts.all()}
    faults = _faults(rows, districts)
    if faults:
        raise OrganisationsRefused(faults)
    stored = {each.key: each for each in contest.organisations.all()}
    changes = Changes(only_stored=sorted(stored.keys() - {row.key for row in rows}))
    for row in _parents_first(rows):
        found = stored.get(row.key) or Organisation(contest=contest, key=row.key)
        wanted = {
            "name": row.name,
            "kind": row.kind,
            "parent": stored[row.parent] if row.parent else None,
            "district": districts[row.district] if row.district else None,
        }
        stored[row.key] = _store(found, wanted, changes)
    return changes


def _store(organisation, wanted, changes):
    is_new = organisation.pk is None
    differs = any(getattr(organisation, name) != wanted[name] for name in wanted)
    if not differs:
        changes.unchanged += 1
        return organisation
    for name, value in wanted.items():
        setattr(organisation, name, value)
    organisation.save()
    (changes.added if is_new else changes.changed).append(organisation.key)
    return organisation


def _faults(rows, districts):
    keys = {row.key for row in rows}
    seen, faults = set(), []
    for row in rows:
        for fault in _row_faults(row, keys, seen, districts):
            faults.append(
                _("Line %(line)s: %(fault)s") % {"line": row.line, "fault": fault}
            )
        seen.add(row.key)
    return faults or [
        _("Line %(line)s: %(fault)s")
        % {
            "line": row.line,
            "fault": _("“%(key)s” belongs to itself in the end.") % {"key": row.key},
        }
        for row in _in_a_circle(rows)
    ]


def _row_faults(row, keys, seen, districts):
    if not _is_slug(row.key):
        yield _("the key “%(key)s” may hold letters, digits, - and _ only.") % {
            "key": row.key
        }
    if row.key in seen:
        yield _("the key “%(key)s” stands here twice.") % {"key": row.key}
    if not 1 <= len(row.name) <= 120:
        yield _("the name must have 1 to 120 characters.")
    if row.kind not in Organisation.Kind.values:
        yield _("“%(kind)s” is no kind; there are %(kinds)s.") % {
            "kind": row.kind,
            "kinds": ", ".join(Organisation.Kind.values),
        }
    if row.parent and row.parent not in keys:
        yield _("the parent “%(key)s” is not in this file.") % {"key": row.parent}
    if row.district and row.district not in districts:
        yield _("the rule book has no district “%(key)s”.") % {"key": row.district}
    if not row.district and row.kind in Organisation.KINDS_OF_A_DISTRICT:
        yield _("the kind “%(kind)s” needs a district.") % {"kind": row.kind}


def _is_slug(key):
    try:
        validate_slug(key)
    except ValidationError:
        return False
    return len(key) <= 64


def _parents_first(rows):
    placed, waiting = set(), list(rows)
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in placed]
        if not ready:
            return
        yield from ready
        placed.update(row.key for row in ready)
        waiting = [row for row in waiting if row.key not in placed]


def _in_a_circle(rows):
    placed = {row.key for row in _parents_first(rows)}
    return [row for row in rows if row.key not in placed]
