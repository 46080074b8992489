import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from outreach.services import SCAN_MAX_MB, attach_scan
from outreach.services.filling import NotEditable, NotTheCentre
from outreach.services.scans import ScanRefused
from outreach.states import RecommendationState
from tests.factories.outreach import (
    BEFORE_DUE,
    PDF,
    district_of,
    make_centre_worker,
    make_contest,
    make_organiser,
    make_table,
)
from tests.submissions.media import clamd

pytestmark = pytest.mark.django_db


def jpeg():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 85), "white").save(buffer, "JPEG")
    return buffer.getvalue()


def png():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 85), "white").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def table():
    return make_table(district_of(make_contest()), stamped=False)


@pytest.fixture
def worker(table):
    return make_centre_worker(table.organisation)


def attach(table, content, *, by, name="盖章件.pdf"):
    return attach_scan(
        recommendation=table,
        upload=SimpleUploadedFile(name, content),
        by=by,
        at=BEFORE_DUE,
    )


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (PDF, "盖章件.html", "盖章件.pdf"),
        (PDF, "stamp.PDF", "stamp.pdf"),
        (jpeg(), "stamp.pdf.hta", "stamp.pdf.jpg"),
        (jpeg(), "x" * 300, "x" * 251 + ".jpg"),
    ],
)
def test_the_name_of_a_scan_ends_as_its_content_does(
    table, worker, content, name, kept
):
    assert attach(table, content, by=worker, name=name).scan_name == kept


@pytest.mark.parametrize(
    ("content", "content_type", "name"),
    [(PDF, "application/pdf", "stamp.pdf"), (jpeg(), "image/jpeg", "stamp.jpg")],
)
def test_a_scan_is_known_by_its_content_not_its_name(
    table, worker, content, content_type, name
):
    attach(table, content, by=worker, name="stamp.docx")

    table.refresh_from_db()
    assert table.scan.read() == content
    assert (table.scan_content_type, table.scan_name, table.scan_uploaded_at) == (
        content_type,
        name,
        BEFORE_DUE,
    )
    assert "stamp" not in table.scan.name


def test_a_newer_scan_takes_the_place_of_the_earlier(
    table, worker, django_capture_on_commit_callbacks
):
    attach(table, PDF, by=worker)
    table.refresh_from_db()
    earlier = table.scan.name

    with django_capture_on_commit_callbacks(execute=True):
        attach(table, jpeg(), by=worker)

    table.refresh_from_db()
    assert table.scan.name != earlier
    assert table.scan.storage.exists(table.scan.name)
    assert not table.scan.storage.exists(earlier)


def test_a_new_scan_gets_its_preview_once_it_is_stored(
    table, worker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        attach(table, jpeg(), by=worker)

    table.refresh_from_db()
    assert Image.open(table.scan_preview).size == (60, 85)


def test_an_earlier_preview_goes_with_its_scan(
    table, worker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        attach(table, jpeg(), by=worker)
    table.refresh_from_db()
    earlier = table.scan_preview.name

    with django_capture_on_commit_callbacks(execute=True):
        attach(table, PDF, by=worker)

    table.refresh_from_db()
    assert not table.scan_preview
    assert not table.scan.storage.exists(earlier)


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b"", "scan_empty", "This file is empty (0 bytes). Please choose it again."),
        (
            png(),
            "scan_wrong_type",
            "This is neither a PDF nor a JPG (it is PNG). Please save the scan as "
            "PDF or JPG, or take a photo of the stamped page.",
        ),
        (
            PDF + b"0" * (SCAN_MAX_MB * 1024 * 1024),
            "scan_too_large",
            "This file is larger than 20 MB. Please scan at 200 or 300 dpi and "
            "upload it again.",
        ),
    ],
    ids=["empty", "png", "large"],
)
def test_a_file_that_is_no_scan_is_refused(table, worker, content, code, sentence):
    with translation.override("en"), pytest.raises(ScanRefused) as refusal:
        attach(table, content, by=worker)

    table.refresh_from_db()
    assert (refusal.value.code, refusal.value.message) == (code, sentence)
    assert not table.scan


def test_a_scan_that_clamav_objects_to_is_refused(table, worker, monkeypatch):
    with clamd.running() as (server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        attach(table, jpeg(), by=worker)
        with pytest.raises(ScanRefused) as refusal:
            attach(table, PDF + clamd.SIGNATURE, by=worker)

    table.refresh_from_db()
    assert refusal.value.code == "FRM-FILE-INFECTED"
    assert table.scan.read() == jpeg() == server.seen[0]


def test_a_scan_of_exactly_the_limit_is_taken(table, worker):
    content = PDF.ljust(SCAN_MAX_MB * 1024 * 1024, b"0")

    attach(table, content, by=worker)

    table.refresh_from_db()
    assert table.scan.size == SCAN_MAX_MB * 1024 * 1024


def test_nobody_but_the_centre_brings_the_scan(table):
    with pytest.raises(NotTheCentre):
        attach(table, PDF, by=make_organiser(table.contest))


def test_a_handed_in_table_keeps_its_scan():
    table = make_table(district_of(make_contest()), state=RecommendationState.HANDED_IN)
    worker = make_centre_worker(table.organisation)

    with pytest.raises(NotEditable):
        attach(table, jpeg(), by=worker)

    assert table.scan.read() == PDF
