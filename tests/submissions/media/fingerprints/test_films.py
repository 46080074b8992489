import numpy as np
import pytest

from bench.duplicates.scenes import picture
from submissions.media.fingerprints import films


def frames_of(seeds):
    """A still scene a second."""
    greys = [
        np.asarray(picture(seed, (256, 256)).convert("L").resize((128, 128)))
        for seed in seeds
    ]
    return films.Frames(np.stack(greys))


@pytest.fixture(scope="module")
def original():
    return frames_of(range(12))


@pytest.fixture(scope="module")
def kept(original):
    return films.kept_of(original)


def test_a_piece_in_another_film_is_found_with_its_moments(original, kept):
    strange = frames_of(range(50, 53))
    mixed = films.Frames(np.concatenate([strange.greys, original.greys[4:10]]))

    match = films.best_match(mixed, kept)

    assert match == films.Match(
        seconds=6, pieces=[films.Piece(3, 4, 6)], way="as_is", bits=0
    )


@pytest.mark.parametrize(
    ("way", "change"),
    [
        ("mirrored", lambda greys: greys[:, :, ::-1]),
        ("trimmed", lambda greys: np.pad(greys[:, 16:-16], ((0, 0), (16, 16), (0, 0)))),
        ("cropped", lambda greys: greys[:, 6:-6, 6:-6].repeat(2, 1).repeat(2, 2)),
    ],
)
def test_a_changed_film_is_found(original, kept, way, change):
    changed = change(original.greys)
    side = np.linspace(0, changed.shape[1] - 1, 128).astype(int)
    width = np.linspace(0, changed.shape[2] - 1, 128).astype(int)
    if way == "trimmed":
        rows = np.linspace(0, 127, 96).astype(int)
        changed = np.pad(original.greys[:, rows], ((0, 0), (16, 16), (0, 0)))
        side = width = np.arange(128)

    match = films.best_match(films.Frames(changed[:, side][:, :, width]), kept)

    assert (match.way, match.seconds) == (way, 12)


def test_three_seconds_are_too_few(original, kept):
    few = films.Frames(np.concatenate([original.greys[:3], frames_of([70, 71]).greys]))

    assert films.best_match(few, kept) is None


def test_black_frames_are_like_nothing(kept):
    black = films.Frames(np.zeros((20, 128, 128), np.uint8))

    assert films.best_match(black, films.kept_of(black)) is None
    assert films.best_match(black, kept) is None


def test_what_lies_apart_is_told_piece_by_piece(original, kept):
    strange = frames_of(range(60, 66)).greys
    parts = [original.greys[:3], strange, original.greys[9:]]

    match = films.best_match(films.Frames(np.concatenate(parts)), kept)

    assert match.pieces == [films.Piece(0, 0, 3), films.Piece(9, 9, 3)]


def test_a_slide_that_stands_is_like_another_only_when_it_is_the_same():
    slide = frames_of([7]).greys
    short, long = (films.Frames(np.repeat(slide, n, axis=0)) for n in (7, 9))

    assert films.best_match(short, films.kept_of(long)) is None
    assert films.best_match(long, films.kept_of(long)).seconds == 9


def test_a_picture_that_stands_is_one_scene():
    greys = frames_of([1, 2]).greys
    frames = films.Frames(np.repeat(greys, [5, 3], axis=0))

    assert frames.whole.scenes == [(0, 5), (5, 3)]
