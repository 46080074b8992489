"""What is still to do once somebody's rows are gone: files and open sessions."""

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import Erasure


def finish(erasure: Erasure) -> None:
    """Sign the person out everywhere and delete every file left; may run again."""
    _end_sessions(erasure.user_id)
    for name in list(erasure.files_left):
        default_storage.delete(name)
        _note_gone(erasure, name)
    Erasure.objects.filter(pk=erasure.pk, files_left=[], files_gone_at=None).update(
        files_gone_at=timezone.now()
    )


@transaction.atomic
def _note_gone(erasure, name):
    row = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if name in row.files_left:
        row.files_left.remove(name)
        row.save(update_fields=["files_left"])


def _end_sessions(user_id):
    open_ones = Session.objects.filter(expire_date__gte=timezone.now())
    for session in open_ones.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user_id):
            session.delete()


def unfinished() -> list[int]:
    """Erasures whose files are not all deleted yet."""
    return list(
        Erasure.objects.filter(files_gone_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
