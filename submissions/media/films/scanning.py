"""Whether the frames of a film are whole pictures, or woven of two half ones."""

from submissions.media.facts import VideoFacts

CLAIMED = frozenset({"tt", "bb", "tb", "bt"})
# Of the frames that tell: of woven films it is four fifths and more, of others next to
# none, but of drawn patterns whose lines jump by one up to a half.
WOVEN_SHARE = 0.6
LEAST_MOVING_FRAMES = 24  # of four runs of frames: fewer may all show one odd movement


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
