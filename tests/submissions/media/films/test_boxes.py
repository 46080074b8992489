from io import BytesIO

import pytest

from submissions.media.films import boxes


def box(kind, body=b"", length=None):
    length = len(body) + 8 if length is None else length
    return length.to_bytes(4, "big") + kind + body


FTYP = box(b"ftyp", b"mp42\0\0\0\0isommp42")
LONG = (1).to_bytes(4, "big") + b"mdat" + (24).to_bytes(8, "big") + bytes(8)


def walk(data):
    return boxes.walk(BytesIO(data), size_bytes=len(data))


def test_brands_and_types_of_a_whole_file_are_read():
    found = walk(FTYP + box(b"moov", bytes(40)) + LONG + box(b"mdat", b"xy", 0))

    assert found == boxes.Boxes(
        major_brand=b"mp42",
        compatible_brands=frozenset({b"isom", b"mp42"}),
        types=frozenset({b"ftyp", b"moov", b"mdat"}),
    )


@pytest.mark.parametrize(
    ("tail", "missing", "trailing", "kind"),
    [
        (box(b"mdat", b"x" * 10, 118), 100, 0, ""),
        (b"PK\x03\x04" + bytes(20), 0, 24, "zip"),
        (b"<html><body>", 0, 12, "html"),
        (bytes(5), 0, 5, ""),
        (box(b"mdat", b"", 3), 0, 8, ""),
        (box(b"abcd", b"maker's own"), 0, 0, ""),
        (box(b"abcd", b"", 4000), 0, 8, ""),
    ],
)
def test_what_is_missing_and_what_is_too_much(tail, missing, trailing, kind):
    found = walk(FTYP + tail)

    assert (found.missing_bytes, found.trailing_bytes, found.trailing_kind) == (
        missing,
        trailing,
        kind,
    )


def test_a_manifest_of_provenance_is_noticed():
    assert walk(FTYP + box(b"uuid", boxes.C2PA_UUID + bytes(9))).has_c2pa
