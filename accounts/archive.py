"""Builds the archive of a person's own data: rows as JSON, a page to read, the files.

Written to a file on disk and from there to the storage, by blocks: a person may own
gigabytes. A run takes a lease first, so a message that comes twice builds it once.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import structlog
from django.conf import settings
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import personal_data
from accounts.models import DataExport, User
from accounts.signals import export_ready

log = structlog.get_logger(__name__)

KEPT_FOR = timedelta(days=7)
LEASE = timedelta(hours=2)  # a task's time limit
MAX_ATTEMPTS = 3
BLOCK_BYTES = 1024 * 1024
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def build(export: DataExport) -> None:
    """Make the archive and keep it for a week; does nothing when it is being made."""
    export = _claim(export)
    if export is None:
        return
    try:
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as target:
            with translation.override(settings.LANGUAGE_CODE):
                write_archive(export.user, target)
            target.seek(0)
            _keep(export, target)
    except Exception:
        log.exception("export failed", export_id=export.pk)
        _put_back(export)


@transaction.atomic
def _claim(export):
    now = timezone.now()
    export = (
        DataExport.objects.select_for_update(of=["self"], skip_locked=True)
        .select_related("user")
        .filter(Q(leased_until=None) | Q(leased_until__lte=now))
        .filter(pk=export.pk, state=DataExport.State.ASKED)
        .first()
    )
    if export is not None:
        export.attempts += 1
        export.leased_until = now + LEASE
        export.save(update_fields=["attempts", "leased_until"])
    return export


@transaction.atomic
def _keep(export, target):
    """Store it, unless the person has left meanwhile or another run was quicker."""
    standing = (
        DataExport.objects.select_for_update()
        .filter(pk=export.pk, attempts=export.attempts, state=DataExport.State.ASKED)
        .first()
    )
    if standing is None:
        return
    now = timezone.now()
    standing.file.save("archive", File(target), save=False)
    standing.size_bytes = standing.file.size
    standing.state = DataExport.State.READY
    standing.ready_at = now
    standing.expires_at = now + KEPT_FOR
    standing.leased_until = None
    standing.save()
    export_ready.send(DataExport, export=standing)


def _put_back(export):
    over = export.attempts >= MAX_ATTEMPTS
    DataExport.objects.filter(pk=export.pk, state=DataExport.State.ASKED).update(
        state=DataExport.State.FAILED if over else DataExport.State.ASKED,
        leased_until=None,
    )


# --- What is in it -----------------------------------------------------------
def write_archive(user: User, target) -> None:
    """data.json, index.html and every own file, into an open binary file."""
    data = personal_data.everything_about(user)
    with ZipFile(target, "w", ZIP_STORED, allowZip64=True) as archive:
        text = json.dumps(data, cls=_Encoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text, compress_type=ZIP_DEFLATED)
        missing = list(_write_files(archive, personal_data.files_of(user)))
        page = render_to_string(
            "accounts/archive.html",
            {"sections": list(_sections(data)), "missing": missing},
        )
        archive.writestr("index.html", page, compress_type=ZIP_DEFLATED)


class _Encoder(DjangoJSONEncoder):
    def default(self, value):
        """A file is told by its name in the archive alone, not by where we keep it."""
        return "" if isinstance(value, File) else super().default(value)


def _write_files(archive, files) -> Iterator[str]:
    """The files, each under a name of its own; yields those we no longer have."""
    used = set()
    for own in files:
        path = _free(own.path, used)
        try:
            stored = own.open()
        except FileNotFoundError:
            yield path
            continue
        info = ZipInfo(f"files/{path}", date_time=timezone.localtime().timetuple()[:6])
        with stored, archive.open(info, "w", force_zip64=True) as entry:
            shutil.copyfileobj(stored, entry, BLOCK_BYTES)


def _free(path, used):
    """A path nobody can climb out of, and that no other file has."""
    parts = [UNSAFE.sub("_", part).strip(". ") or "_" for part in path.split("/")]
    pure = PurePath(*parts)
    number = 1
    while str(pure) in used:
        number += 1
        pure = pure.with_name(f"{PurePath(*parts).stem}-{number}{pure.suffix}")
    used.add(str(pure))
    return str(pure)


def _sections(data) -> Iterator[tuple[str, list]]:
    """(title, rows) of each table that has any; a row is a list of (label, value)."""
    for holding in personal_data.holdings():
        for table in holding.tables:
            rows = data[holding.app][table.name]
            if rows:
                labels = {each.name: each.verbose_name for each in table.columns()}
                title = table.model._meta.verbose_name_plural
                yield (
                    title,
                    [
                        [(labels[name], _words(value)) for name, value in row.items()]
                        for row in rows
                    ],
                )


def _words(value) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return str(value)


# --- The sweep ---------------------------------------------------------------
def waiting() -> list[int]:
    """Exports nobody works on: their message was lost, or their worker died."""
    now = timezone.now()
    asked = DataExport.objects.filter(state=DataExport.State.ASKED)
    return list(
        asked.filter(Q(leased_until=None) | Q(leased_until__lte=now))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def remove_expired() -> int:
    """Delete the archives whose days are over; how many those were."""
    over = DataExport.objects.filter(
        state=DataExport.State.READY, expires_at__lte=timezone.now()
    )
    removed = 0
    for export in over:
        export.file.storage.delete(export.file.name)
        export.state = DataExport.State.GONE
        export.file = ""
        export.save(update_fields=["state", "file"])
        removed += 1
    return removed
