import numpy as np

from submissions.media.fingerprints import sounds


def words(seed, count=120):
    return np.random.default_rng(seed).integers(0, 2**32, count, dtype=np.uint32)


def test_a_piece_of_a_track_is_found_where_it_stands():
    track = words(1, 400)

    match = sounds.best_match(track[78:178], track)

    assert (match.starts_s, match.other_starts_s, match.bits_wrong) == (0.0, 10.0, 0.0)


def test_two_tracks_that_share_nothing_do_not_match():
    assert sounds.best_match(words(1), words(2)) is None


def test_a_track_shorter_than_five_seconds_is_not_compared():
    assert sounds.best_match(words(1, 39), words(1, 39)) is None


def test_silence_is_no_word_to_search_by():
    silent = np.zeros(50, np.uint32)

    assert len(sounds.telling(np.concatenate([silent, words(3, 5)]))) == 5


def test_noise_is_like_no_other_noise():
    """Words that differ little among themselves differ as little from another's."""
    base = words(5, 1)[0]
    chance = np.random.default_rng(6)
    flips = (chance.random((2, 300, 32)) < 0.1).astype(np.uint8)
    masks = np.packbits(flips, axis=2).view(">u4")[:, :, 0].astype(np.uint32)
    one, other = base ^ masks[0], base ^ masks[1]

    assert sounds.best_match(one, other) is None


def test_silence_is_like_no_other_silence():
    silent = np.full(200, 627964279, np.uint32)

    assert sounds.best_match(silent, silent) is None
