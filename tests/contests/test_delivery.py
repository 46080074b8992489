"""Which bytes of a file answer which Range header."""

import pytest

from contests.delivery import Part, Unsatisfiable, requested_part


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-99", Part(0, 99)),
        ("bytes=10-", Part(10, 999)),
        ("bytes=-10", Part(990, 999)),
        ("bytes=-5000", Part(0, 999)),
        ("bytes=990-5000", Part(990, 999)),
        ("bytes=0-0", Part(0, 0)),
        ("bytes=0-9,20-29", None),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("lines=0-9", None),
        (f"bytes={'9' * 5000}-", None),
        (f"bytes=-{'9' * 5000}", None),
        ("bytes=٠-٩", None),
    ],
)
def test_a_range_of_a_file_of_a_thousand_bytes(header, part):
    assert requested_part(header, 1000) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_behind_the_end_cannot_be_met(header):
    with pytest.raises(Unsatisfiable):
        requested_part(header, 1000)


def test_an_empty_file_has_no_last_bytes():
    with pytest.raises(Unsatisfiable):
        requested_part("bytes=-1", 0)
