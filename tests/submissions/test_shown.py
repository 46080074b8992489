"""The forms a picture is offered in: only those it has."""

import pytest

from submissions.shown import Shown, Source, shown, shown_large
from tests.factories.submissions import (
    make_contest,
    make_copies,
    make_draft,
    make_media_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def media_file():
    return make_media_file(make_draft(make_contest()), copies=False)


def address(media_file, kind):
    return f"/media/{media_file.token}/{kind}"


def copies(media_file, **types):
    """Copies of these kinds and types, a view being ten times as wide."""
    for name, content_type in types.items():
        kind = name.replace("_", "-")
        make_copies(media_file, kind)
        wide = 100 if kind.startswith("thumbnail") else 1000
        media_file.derivatives.filter(kind=kind).update(
            content_type=content_type, width_px=wide, height_px=wide // 2
        )


def test_a_picture_just_inspected_is_offered_as_jpeg_in_two_sizes(media_file):
    copies(media_file, view="image/jpeg", thumbnail="image/jpeg")

    small, view = address(media_file, "thumbnail"), address(media_file, "view")
    assert shown(media_file) == Shown(small, 100, 50, f"{small} 100w, {view} 1000w")


def test_newer_formats_come_first_once_they_are_there(media_file):
    copies(
        media_file,
        view="image/jpeg",
        thumbnail="image/jpeg",
        view_avif="image/avif",
        thumbnail_avif="image/avif",
        view_webp="image/webp",
    )

    avif = [address(media_file, kind) for kind in ("thumbnail-avif", "view-avif")]
    assert shown(media_file).sources == [
        Source("image/avif", f"{avif[0]} 100w, {avif[1]} 1000w"),
        Source("image/webp", f"{address(media_file, 'view-webp')} 1000w"),
    ]


def test_who_looks_closely_gets_jpeg_up_to_the_large_view(media_file):
    copies(
        media_file,
        view="image/jpeg",
        large="image/jpeg",
        view_avif="image/avif",
        thumbnail="image/jpeg",
    )

    view, large = address(media_file, "view"), address(media_file, "large")
    assert shown_large(media_file) == Shown(
        view, 1000, 500, f"{view} 1000w, {large} 1000w"
    )


def test_the_view_of_a_film_is_no_picture(media_file):
    copies(media_file, view="video/mp4")

    assert (shown(media_file), shown_large(media_file)) == (None, None)


def test_loaded_copies_cost_no_query(media_file, django_assert_num_queries):
    copies(media_file, view="image/jpeg", thumbnail="image/jpeg")
    loaded = type(media_file).objects.prefetch_related("derivatives").get()

    with django_assert_num_queries(0):
        assert (shown(loaded).width, shown_large(loaded).width) == (100, 1000)
