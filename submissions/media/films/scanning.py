"""Whether the frames of a film are whole pictures, or woven of two half ones."""

from submissions.media.facts import VideoFacts

CLAIMED = frozenset({"tt", "bb", "tb", "bt"})
WOVEN_SHARE = 0.25  # of the frames that tell; of progressive films it is next to none
LEAST_MOVING_FRAMES = 5


def is_interlaced(facts: VideoFacts) -> bool:
    """By what its header claims, or by how its frames look."""
    return claims_fields(facts) or is_woven(facts)


def claims_fields(facts: VideoFacts) -> bool:
    return facts.field_order in CLAIMED


def is_woven(facts: VideoFacts) -> bool:
    """Frames of two moments each, whatever the header says."""
    if facts.moving_frame_count < LEAST_MOVING_FRAMES:
        return False
    return (facts.woven_share or 0.0) >= WOVEN_SHARE
