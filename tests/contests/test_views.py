"""Public pages of the rule book."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from contests.models import Contest
from contests.services import picture_path
from tests.contests.books import edited, with_soup
from tests.factories.contests import (
    make_miniature_contest,
    make_shipped_contest,
    publish,
    shipped_rulebook,
)

pytestmark = pytest.mark.django_db


def page(client, name, *args):
    response = client.get(reverse(f"contests:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


# --- The notice and the other texts ----------------------------------------------
def test_the_notice_is_typeset_with_anchors(client):
    make_miniature_contest()

    html = page(client, "notice")

    assert "云溪镇“一碗面”街坊影像展须知</title>" in html
    assert "<li>对照照片为 jpg，2 至 4 张。</li>" in html


def test_the_notice_tells_what_the_portal_has_set(client):
    make_miniature_contest()

    html = page(client, "notice")

    assert "<li>每件作品一段小短片。</li>" in html
    assert "12" in html[html.index('id="portal-rules"') :]


def test_every_text_of_the_shipped_book_has_a_page(client):
    make_shipped_contest()

    for key, text in shipped_rulebook().texts.items():
        title = text.splitlines()[0].removeprefix("# ")
        assert f"<title>{title}</title>" in page(client, "text", key)


def test_chapters_lead_to_the_headings_of_a_text(client):
    make_shipped_contest()

    html = page(client, "notice")

    assert '<a href="#s1" lang="zh-Hans">一、作品内容：</a>' in html
    assert '<h2 id="s1">一、作品内容：</h2>' in html


def test_markup_in_a_text_is_shown_not_obeyed(client):
    def evil(document):
        document["texts"]["rights"] = (
            "# 归谁\n\n<script>alert(1)</script> [点](javascript:alert(1))"
        )

    publish(edited(evil))

    html = page(client, "text", "rights")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert 'href="javascript:' not in html


@pytest.mark.parametrize("path", ["texts/terms", "units/soup", "notices"])
def test_what_the_book_does_not_have_is_not_found(client, path):
    make_miniature_contest()

    assert client.get(f"/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["notice", "texts/rights", "units/noodles"])
def test_without_a_rule_book_there_are_no_pages(client, path):
    assert client.get(f"/{path}/").status_code == 404

    Contest.objects.create(
        key="bare",
        title_full="…",
        title_short="…",
        starts_on="2031-01-01",
        ends_on="2031-01-02",
    )

    assert client.get(f"/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["notice", "texts/rights", "units/noodles"])
def test_pages_are_only_read(client, path):
    make_miniature_contest()

    assert client.post(f"/{path}/").status_code == 405


# --- Units ------------------------------------------------------------------------
def test_a_unit_has_its_official_words_and_the_tracks(client):
    make_miniature_contest()

    html = page(client, "unit", "noodles")

    assert "<p>拍摄云溪镇任何一家面馆的清晨。</p>" in html
    assert "镇上的都可以。" in html
    assert 'src="/static/img/unit.jpg"' in html


def test_a_unit_shows_its_picture_in_the_leanest_form_first(client):
    contest = make_shipped_contest()
    unit = next(unit for unit in shipped_rulebook().units if unit.picture)

    html = page(client, "unit", unit.key)

    stem = unit.picture.rpartition(".")[0]
    lean, plain = (
        contest.pictures.get(name=f"{stem}.{end}") for end in ("avif", "jpg")
    )
    lean_url = reverse("contests:picture", args=[lean.sha256, lean.name])
    plain_url = reverse("contests:picture", args=[plain.sha256, plain.name])
    assert html.index(lean_url) < html.index(plain_url)


@pytest.mark.parametrize("edit", [lambda document: None, with_soup])
@pytest.mark.parametrize("path", ["notice", "texts/rights", "units/noodles"])
def test_pages_cost_the_same_whatever_the_book_holds(
    client, path, edit, django_assert_num_queries
):
    publish(edited(edit))
    client.get("/notice/")  # the version is parsed

    with django_assert_num_queries(2):  # the page's contest and the frame's
        client.get(f"/{path}/")


# --- Pictures -----------------------------------------------------------------------
@pytest.fixture
def painted(settings, tmp_path):
    """A contest whose first picture is stored, and that picture's row."""
    settings.MEDIA_ROOT = tmp_path
    book = shipped_rulebook()
    contest = publish(book)
    row = contest.pictures.filter(name__endswith=".jpg").first()
    jpeg = io.BytesIO()
    Image.new("RGB", (2, 2)).save(jpeg, "JPEG")
    default_storage.save(picture_path(book, row.name), ContentFile(jpeg.getvalue()))
    return row


def test_a_picture_is_public_and_kept_for_good(client, painted):
    url = reverse("contests:picture", args=[painted.sha256, painted.name])

    response = client.get(url)

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == painted.file.open().read()
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("digest", "name"), [("0" * 64, None), (None, "other.jpg"), ("..", None)]
)
def test_a_picture_is_found_by_digest_and_name_only(client, painted, digest, name):
    url = f"/pictures/{digest or painted.sha256}/{name or painted.name}"

    assert client.get(url).status_code == 404
