"""What lies in the store and belongs to nobody goes after a day; all else stays."""

import datetime as dt
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from submissions.media.jobs import orphans
from submissions.models import Attachment, Upload
from submissions.states import UploadState
from submissions.tasks import remove_orphans
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_media_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

DAYS = 24 * 3600
TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def draft():
    return make_draft(make_contest())


def lying(name, *, days=2):
    """A file in the store, as old as that."""
    kept = default_storage.save(name, ContentFile(b"x"))
    at = timezone.now().timestamp() - days * DAYS
    os.utime(default_storage.path(kept), (at, at))
    return kept


def everything(media_folder):
    return {
        str(path.relative_to(media_folder))
        for path in media_folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def own(draft, media_folder):
    """What the store holds of a work."""
    make_media_file(draft)
    return everything(media_folder)


@pytest.mark.parametrize("folder", orphans.FOLDERS)
def test_a_file_that_no_row_knows_goes_when_it_is_old(own, media_folder, folder):
    lying(f"{folder}/01/{TOKEN}")
    lying(f"{folder}/01/{TOKEN}")  # under another name, as that one is taken
    young = lying(f"{folder}/01/{TOKEN[::-1]}", days=0.9)

    remove_orphans()

    assert everything(media_folder) == own | {young}


def test_files_of_works_stay_however_old(draft, media_folder):
    make_media_file(draft)
    paper = Attachment(
        submission=draft,
        purpose=Attachment.Purpose.PROOF,
        proof_key="music",
        original_name="a.pdf",
        size_bytes=1,
        sha256="0" * 64,
        content_type="application/pdf",
        uploaded_by=draft.author,
        uploaded_at=COLLECTING,
    )
    paper.file.save("a.pdf", ContentFile(b"x"), save=True)
    before = everything(media_folder)
    for name in before:
        os.utime(media_folder / name, (0, 0))

    assert orphans.remove() == 0
    assert len(before) == 4
    assert everything(media_folder) == before


def test_what_is_on_its_way_stays_and_foreign_folders_are_left_alone(
    draft, own, media_folder
):
    upload = Upload.objects.create(
        submission=draft,
        owner=draft.author,
        original_name="a.jpg",
        size_bytes=1,
        offset_bytes=1,
        state=UploadState.FINISHING,
        created_at=COLLECTING,
        finished_at=COLLECTING,
        touched_at=timezone.now(),
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    coming = lying(f"originals/{upload.token.hex[:2]}/{upload.token.hex}")
    foreign = lying("rulebooks/a.zip")

    remove_orphans()
    Upload.objects.update(state=UploadState.ENDED)
    kept = everything(media_folder)
    remove_orphans()

    assert kept == own | {coming, foreign}
    assert everything(media_folder) == own | {foreign}


def test_where_very_many_rows_are_missing_nothing_goes(own, media_folder, monkeypatch):
    monkeypatch.setattr(orphans, "MOST", 2)
    left = {lying(f"originals/{TOKEN[n : n + 2]}/{TOKEN}") for n in range(3)}

    assert orphans.remove() == 0
    assert everything(media_folder) == own | left


def test_where_the_database_is_empty_nothing_goes(media_folder):
    left = lying(f"originals/01/{TOKEN}")

    assert orphans.remove() == 0
    assert everything(media_folder) == {left}


def test_where_the_store_is_of_another_database_nothing_goes(draft, media_folder):
    make_media_file(draft).file.delete(save=False)
    left = lying(f"originals/01/{TOKEN}")

    assert orphans.remove() == 0
    assert left in everything(media_folder)
