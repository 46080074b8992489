"""What a search says of one other file."""

from dataclasses import dataclass

from submissions.states import LikenessKind


@dataclass(frozen=True)
class Found:
    """Another work's file that is like the one looked at."""

    media_file_id: int
    kind: LikenessKind
    score: float  # 0 to 1
    detail: dict
