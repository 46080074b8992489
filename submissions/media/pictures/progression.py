"""What the scans of a JPEG send: which components, which of their bits."""

from collections.abc import Iterable

COEFFICIENTS = 64


def components_in(heads: Iterable[bytes]) -> set[int]:
    """The components that these heads of scans name."""
    return {component for head in heads for component in _named(head)}


def is_complete(heads: Iterable[bytes], *, components: int) -> bool:
    """Whether all coefficients of so many components are sent down to the last bit."""
    left: dict[int, list[int | None]] = {}  # bits still to come, by coefficient
    for head in heads:
        first, last, bits = _part(head)
        for component in _named(head):
            of_it = left.setdefault(component, [None] * COEFFICIENTS)
            for place in range(first, min(last, COEFFICIENTS - 1) + 1):
                of_it[place] = bits
    sent = [of_it == [0] * COEFFICIENTS for of_it in left.values()]
    return len(sent) >= components and all(sent)


def _named(head: bytes) -> bytes:
    return head[1 : 1 + 2 * head[0] : 2] if head else b""


def _part(head: bytes) -> tuple[int, int, int]:
    """The first and last coefficient, and how many low bits are left for later."""
    tail = head[1 + 2 * head[0] :] if head else b""
    return (tail[0], tail[1], tail[2] & 15) if len(tail) >= 3 else (1, 0, 0)
