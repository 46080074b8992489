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
