"""Spoils a file the same way whenever the same number is asked for."""

import random
from collections.abc import Callable

from bench.fuzz.seeds import Seed

MOST_BYTES = 1 << 20
CONTAINERS = frozenset(
    b"moov trak mdia minf stbl udta edts dinf mvex moof traf meta ilst".split()
)
ODD_NUMBERS = (0, 1, 2, 7, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 1 << 24, 0x7FFFFFFF, 0xFFFFFFFF)
Part = tuple[int, int]  # begins at, ends at
Way = Callable[[bytearray, list[Part], random.Random], bytearray]


def spoiled(seed: Seed, number: int) -> bytes:
    """One to three things done to a seed; more often one."""
    chance = random.Random(f"{seed.name} {number}")
    data = bytearray(seed.data)
    for _count in range(chance.choice((1, 1, 2, 3))):
        parts = boxes(data) if seed.is_film else segments(data)
        data = chance.choice(WAYS)(data, parts or [(0, len(data))], chance)
    return bytes(data[:MOST_BYTES])


def boxes(data: bytearray, start: int = 0, end: int | None = None) -> list[Part]:
    """The boxes of an MP4, those inside others too."""
    found: list[Part] = []
    end = len(data) if end is None else end
    while start + 8 <= end:
        length = int.from_bytes(data[start : start + 4], "big") or end - start
        if length < 8 or start + length > end:
            break
        found.append((start, start + length))
        if bytes(data[start + 4 : start + 8]) in CONTAINERS:
            found += boxes(data, start + 8, start + length)
        start += length
    return found


def segments(data: bytearray) -> list[Part]:
    """The segments of a JPEG in front of its first scan, and that scan."""
    found: list[Part] = []
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        ends_at = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xDA:
            return [*found, (at, len(data))]
        found.append((at, min(ends_at, len(data))))
        at = ends_at
    return found


def _place(data, parts, chance) -> int:
    """Anywhere, or in the part that says how to read the others."""
    start, end = chance.choice(parts)
    end = min(end, start + 64) if chance.random() < 0.7 else end
    return min(chance.randrange(start, max(end, start + 1)), max(len(data) - 1, 0))


def flip_bits(data, parts, chance):
    for _count in range(chance.choice((1, 1, 4, 16))) if data else ():
        data[_place(data, parts, chance)] ^= 1 << chance.randrange(8)
    return data


def cut_short(data, parts, chance):
    return data[: chance.randrange(len(data) + 1)]


def overwrite(data, parts, chance):
    at, length = _place(data, parts, chance), chance.choice((1, 4, 32, 256, 2048))
    end = min(at + length, len(data))
    data[at:end] = chance.choice(
        (bytes(end - at), b"\xff" * (end - at), chance.randbytes(end - at))
    )
    return data


def write_number(data, parts, chance):
    at, width = _place(data, parts, chance), chance.choice((1, 2, 4, 4, 8))
    number = chance.choice(ODD_NUMBERS) & ((1 << 8 * width) - 1)
    data[at : at + width] = number.to_bytes(width, "big")
    return data


def take_out(data, parts, chance):
    start, end = chance.choice(parts)
    del data[start:end]
    return data


def repeat(data, parts, chance):
    start, end = chance.choice(parts)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def swap(data, parts, chance):
    (one, one_end), (other, other_end) = sorted(chance.choices(parts, k=2))
    if one_end > other:
        return data
    middle = data[one_end:other]
    swapped = data[other:other_end] + middle + data[one:one_end]
    return data[:one] + swapped + data[other_end:]


def resize(data, parts, chance):
    """A length that does not hold: of a box (4 bytes) or of a segment (2, after 2)."""
    start, end = chance.choice(parts)
    is_segment = data[start : start + 1] == b"\xff"
    at, width = (start + 2, 2) if is_segment else (start, 4)
    real = end - start
    told = chance.choice(
        (*ODD_NUMBERS, real - 1, real + 1, real + 8, real * 2, real // 2)
    )
    data[at : at + width] = (max(told, 0) & ((1 << 8 * width) - 1)).to_bytes(
        width, "big"
    )
    return data


def graft(data, parts, chance):
    """A part of the file in a place where it does not belong."""
    start, end = chance.choice(parts)
    at = _place(data, parts, chance)
    return data[:at] + data[start:end] + data[at:]


WAYS: tuple[Way, ...] = (
    flip_bits,
    flip_bits,
    cut_short,
    overwrite,
    overwrite,
    write_number,
    write_number,
    take_out,
    repeat,
    swap,
    resize,
    resize,
    graft,
)
