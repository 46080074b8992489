"""The bench of likenesses counts what it should."""

import numpy as np
import pytest

from bench.duplicates import plain, recall
from bench.duplicates.archive import Archive
from bench.duplicates.scenes import picture
from submissions.media.fingerprints.prints import of_picture

pytestmark = pytest.mark.django_db


def test_a_copy_counts_as_found_and_a_stranger_as_missed():
    archive, tally = Archive(), recall.Tally()
    original, other = (
        archive.keep(of_picture(picture(seed, (720, 480)))) for seed in (1, 2)
    )

    tally.ask("copy", of_picture(picture(1, (720, 480))), archive, original)
    tally.ask("stranger", of_picture(picture(3, (720, 480))), archive, other)

    assert (tally.recall, tally.missed) == (0.5, {"stranger": 1})
    assert (tally.strangers, tally.taken.total()) == (2, 0)


def test_what_is_taken_for_a_copy_is_counted_by_its_edit():
    archive, tally = Archive(), recall.Tally()
    archive.keep(of_picture(picture(1, (720, 480))))

    tally.ask("twin", of_picture(picture(1, (720, 480))), archive, None)

    assert dict(tally.taken) == {"twin": 1}


def test_plain_things_come_with_other_words_the_second_time():
    pairs = zip(plain.pictures(), plain.pictures(another=True), strict=True)
    differ = [not np.array_equal(one, other) for one, other in pairs]

    assert differ == [False, False, True, True, True, True]  # black, white, the rest
