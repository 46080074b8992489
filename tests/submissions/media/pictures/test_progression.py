"""Which scans of a JPEG are there, and whether they are all."""

import pytest

from submissions.media.pictures.progression import components_in, is_complete


def head(*components, first=0, last=63, above=0, bits=0):
    named = b"".join(bytes((component, 0)) for component in components)
    tail = bytes((first, last, above << 4 | bits))
    return bytes((len(components),)) + named + tail


MEANS, REST = head(1, last=0), head(1, first=1)


@pytest.mark.parametrize(
    ("heads", "is_all"),
    [
        ([MEANS, REST], True),
        ([REST, MEANS], True),
        ([head(1, last=0, bits=1), REST, head(1, last=0, above=1)], True),
        ([MEANS], False),
        ([head(1, last=0, bits=1), REST], False),
        ([MEANS, head(1, first=1, last=62)], False),
        ([MEANS, REST[:-1]], False),
        ([MEANS, b""], False),
        ([], False),
    ],
)
def test_all_is_sent_when_every_coefficient_is_to_its_last_bit(heads, is_all):
    assert is_complete(heads, components=1) is is_all


def test_every_component_counts():
    heads = [head(1, 2, 3, last=0), head(1, first=1), head(2, first=1)]

    found = [is_complete([*heads, *more], components=3) for more in ([], [head(3)])]

    assert found == [False, True]


def test_components_are_known_from_their_scans():
    assert components_in([head(1), head(2, 3), b""]) == {1, 2, 3}
