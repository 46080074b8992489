"""Somebody leaves while a worker still stores or inspects what they sent."""

import threading
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction

from accounts import own_data
from accounts.models import Erasure
from notifications.kinds import Kind
from submissions.media.jobs.claims import INSPECTIONS
from submissions.models import Derivative, MediaFile, Submission, Upload
from submissions.telling import tell
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_media_file,
    picture_bytes,
)
from tests.submissions.uploads.protocol import Tus, row_of

pytestmark = pytest.mark.django_db(transaction=True)


def erase_beside(user, work):
    """What happens when `work` holds its rows while the account is erased."""
    holding, failures = threading.Event(), []

    def leave():
        holding.wait(20)
        try:
            own_data.erase_account(user=user, at=COLLECTING)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    leaver = threading.Thread(target=leave)
    leaver.start()
    with transaction.atomic():
        work(holding)
    leaver.join(30)
    return failures


def wait_until_it_waits_for_us():
    """Another connection of this test asks for a lock that we hold."""
    for _look in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")


def test_an_upload_that_is_refused_meanwhile_does_not_stop_the_erasure(
    client, settings, tmp_path
):
    settings.UPLOAD_STAGING_DIR = tmp_path
    settings.DEMO_TODAY = COLLECTING.date()
    owner = CitizenFactory()
    draft = make_draft(make_contest(), author=owner)
    client.force_login(owner)
    upload = row_of(Tus(client, draft).begun(10))

    def refuse(holding):
        Upload.objects.select_for_update().get(pk=upload.pk)
        holding.set()
        wait_until_it_waits_for_us()
        told = {"file": "a.jpg", "reason": "It is broken."}
        tell(owner, Kind.UPLOAD_REFUSED, about=draft, at=COLLECTING, link="/", **told)

    assert erase_beside(owner, refuse) == []
    assert Erasure.objects.filter(user=owner).exists()
    assert not Submission.objects.exists()


def test_copies_recorded_meanwhile_are_forgotten_too():
    owner = CitizenFactory()
    draft = make_draft(make_contest(), author=owner)
    file = make_media_file(draft, content=picture_bytes(), copies=False)
    copy = Derivative(
        media_file=file,
        kind=Derivative.Kind.VIEW,
        content_type="image/jpeg",
        width_px=8,
        height_px=8,
    )

    def record(holding):
        INSPECTIONS.locked(file.pk)
        holding.set()
        wait_until_it_waits_for_us()
        copy.file.save("view", ContentFile(picture_bytes()), save=False)
        copy.save()

    assert erase_beside(owner, record) == []
    assert not MediaFile.objects.exists()
    assert not default_storage.exists(file.file.name)
    assert not default_storage.exists(copy.file.name)
