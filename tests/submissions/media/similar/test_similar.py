from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageOps

from bench.duplicates import scenes
from bench.duplicates.edits import PICTURE_EDITS
from contests.models import Contest
from submissions.media import similar
from submissions.media.fingerprints import films
from submissions.media.fingerprints.prints import Prints, of_picture
from submissions.media.similar import keys
from submissions.models import Likeness, PictureHash
from submissions.states import LikenessKind
from tests.factories.submissions import make_contest, make_handed_in, make_media_file
from tests.submissions.media.fingerprints.test_films import frames_of

pytestmark = pytest.mark.django_db


@cache
def picture(seed):
    """Large enough to be looked at closely, small enough to be drawn at once."""
    return scenes.picture(seed, (720, 480))


def a_file():
    contest = Contest.objects.first() or make_contest()
    return make_handed_in(contest).media_files.get()


def keep_picture(image):
    media_file = a_file()
    similar.keep(media_file, of_picture(image))
    return media_file


def find(image, *, stored=None):
    """What a picture that is new to the portal is like."""
    return similar.find(a_file(), of_picture(image), open_picture=lambda file: stored)


@pytest.mark.parametrize(
    "edit",
    [
        lambda image: image,
        ImageOps.mirror,
        *(PICTURE_EDITS[n] for n in ("crop 10 %", "letterbox", "logo", "a fifth")),
    ],
)
def test_an_edited_picture_finds_its_original(edit):
    original = picture(1)
    stored = keep_picture(original)
    keep_picture(picture(2))

    found = find(edit(original))

    assert [(each.media_file_id, each.kind) for each in found] == [
        (stored.pk, LikenessKind.PICTURE)
    ]


def test_an_original_that_comes_later_finds_its_crop():
    original = picture(1)
    stored = keep_picture(PICTURE_EDITS["crop 20 %"](original))

    assert [each.media_file_id for each in find(original)] == [stored.pk]


def test_a_doubtful_picture_is_decided_by_its_corners():
    original = picture(1)
    turned = original.rotate(6, Image.Resampling.BICUBIC).crop((43, 29, 677, 451))
    turned = PICTURE_EDITS["caption"](turned)
    keep_picture(original)

    assert [each.detail.keys() for each in find(turned, stored=original)] == [
        {"bits", "corners"}
    ]
    assert find(turned, stored=picture(2)) == []


def test_files_of_the_same_work_are_not_compared():
    media_file = keep_picture(picture(1))
    sister = make_media_file(media_file.submission)

    found = similar.find(sister, of_picture(picture(1)), open_picture=lambda file: None)

    assert found == []


def test_a_piece_of_a_film_is_found_with_its_moments():
    frames = frames_of(range(12))
    words = np.random.default_rng(1).integers(0, 2**32, 200, dtype=np.uint32)
    stored = a_file()
    similar.keep(stored, Prints(film=frames, words=words))
    piece = Prints(film=films.Frames(frames.greys[3:10]), words=words[40:140])

    found = similar.find(a_file(), piece, open_picture=lambda file: None)

    scenes, sound = found
    assert (scenes.media_file_id, scenes.kind, scenes.score, scenes.detail) == (
        stored.pk,
        LikenessKind.FILM,
        1.0,
        {
            "seconds": 7,
            "way": "as_is",
            "bits": 0,
            "pieces": [{"starts_s": 0, "other_starts_s": 3, "seconds": 7}],
        },
    )
    assert (sound.media_file_id, sound.kind, sound.score) == (
        stored.pk,
        LikenessKind.SOUND,
        1.0,
    )
    assert sound.detail["pieces"][0]["other_starts_s"] == 5.1


def test_keeping_twice_keeps_once():
    media_file = keep_picture(picture(1))

    similar.keep(media_file, of_picture(picture(1)))

    assert PictureHash.objects.filter(media_file=media_file).count() == 11


def test_a_likeness_is_recorded_both_ways_and_once():
    mine, other = a_file(), a_file()
    pieces = [{"starts_s": 1, "other_starts_s": 2, "seconds": 5}]
    found = similar.Found(other.pk, LikenessKind.FILM, 0.5, {"pieces": pieces})

    for _again in range(2):
        similar.record(mine, [found], at=mine.uploaded_at)

    turned = [{"starts_s": 2, "other_starts_s": 1, "seconds": 5}]
    assert list(
        Likeness.objects.order_by("pk").values_list(
            "media_file", "other_file", "detail"
        )
    ) == [
        (mine.pk, other.pk, {"pieces": pieces}),
        (other.pk, mine.pk, {"pieces": turned}),
    ]


def test_what_another_inspection_found_meanwhile_stays():
    earlier, later = a_file(), a_file()
    found = similar.Found(earlier.pk, LikenessKind.PICTURE, 0.9, {"bits": 12})

    similar.record(later, [found], at=later.uploaded_at)
    similar.record(earlier, [], at=earlier.uploaded_at)

    assert Likeness.objects.filter(media_file=earlier, other_file=later).exists()


def test_a_file_that_went_meanwhile_is_left_out():
    mine, gone = a_file(), a_file()
    found = similar.Found(gone.pk, LikenessKind.PICTURE, 0.9, {"bits": 12})
    gone.delete()

    similar.record(mine, [found], at=mine.uploaded_at)

    assert not Likeness.objects.exists()


def test_the_search_reads_what_pillow_reads():
    held = BytesIO()
    picture(4).save(held, "JPEG", quality=50)

    stored = keep_picture(picture(4))

    assert [each.media_file_id for each in find(Image.open(held))] == [stored.pk]


def test_no_hash_within_31_bits_is_missed():
    chance = np.random.default_rng(1)
    stored = chance.integers(0, 2, (40, 256), dtype=np.uint8)
    media_file = a_file()
    keys.keep(media_file, keys.PICTURE, enumerate(np.packbits(stored, axis=1)))
    asked = stored.copy()
    for bits in asked:
        bits[chance.choice(256, 31, replace=False)] ^= 1

    found = keys.near(
        keys.PICTURE,
        enumerate(np.packbits(asked, axis=1)),
        own=[],
        most_bits=31,
        flips=2,
    )

    assert {(near.place, near.other_place, near.bits) for near in found} == {
        (place, place, 31) for place in range(40)
    }


def test_kinds_of_hash_are_not_mixed():
    row = np.arange(32, dtype=np.uint8)
    keys.keep(a_file(), keys.FILM, [(7, row)])

    asked = {"own": [], "most_bits": 64}

    assert keys.near(keys.PICTURE, [(0, row)], **asked) == []
    assert [near.other_place for near in keys.near(keys.FILM, [(0, row)], **asked)] == [
        7
    ]
