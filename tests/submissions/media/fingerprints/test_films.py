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
    return films.Frames(np.stack(greys).astype(np.float32))


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

    assert match == films.Match(seconds=6, starts_s=3, other_starts_s=4, way="as_is")


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
    black = films.Frames(np.zeros((20, 128, 128), np.float32))

    assert films.best_match(black, films.kept_of(black)) is None
    assert films.best_match(black, kept) is None
