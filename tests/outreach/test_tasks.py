import io

import pytest
from PIL import Image

from outreach.models import Recommendation
from outreach.tasks import make_scan_preview
from tests.factories.outreach import (
    PDF,
    district_of,
    make_contest,
    make_table,
    stamp,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return make_table(district_of(make_contest()))


def pdf_of_a_page():
    buffer = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(buffer, "PDF")
    return buffer.getvalue()


def test_the_preview_is_a_picture_of_the_stamped_copy(table):
    stamp(table, pdf_of_a_page())
    table.save()

    make_scan_preview(recommendation_id=table.pk)

    table.refresh_from_db()
    assert Image.open(table.scan_preview).format == "JPEG"


def test_a_second_run_does_no_harm(table):
    stamp(table, pdf_of_a_page())
    table.save()
    make_scan_preview(recommendation_id=table.pk)

    make_scan_preview(recommendation_id=table.pk)

    table.refresh_from_db()
    assert Image.open(table.scan_preview).format == "JPEG"


def test_a_copy_that_cannot_be_shown_is_kept_without_preview(table):
    make_scan_preview(recommendation_id=table.pk)

    table.refresh_from_db()
    assert not table.scan_preview
    assert table.scan.read() == PDF


def test_a_table_that_is_gone_is_no_error():
    make_scan_preview(recommendation_id=0)

    assert not Recommendation.objects.exists()
