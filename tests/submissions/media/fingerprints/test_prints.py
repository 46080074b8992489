"""The fingerprints of one file, out of what its inspection left."""

import numpy as np

from submissions.media.fingerprints import films, prints


def test_those_of_a_film_are_computed_where_their_time_is_taken(tmp_path):
    chance = np.random.default_rng(2)
    greys = chance.integers(0, 255, (3, 128, 128)).astype(np.uint8)
    (tmp_path / "frames").write_bytes(greys.tobytes())

    found = prints.of_film(tmp_path / "frames", None)

    assert {"whole", "mirrored", "crops"} < set(vars(found.film))
    assert films.kept_of(found.film).hashes.shape == (16, 3, 32)


def test_a_film_without_frames_has_no_prints_of_them(tmp_path):
    (tmp_path / "frames").write_bytes(bytes(99))

    assert prints.of_film(tmp_path / "frames", None).film is None
