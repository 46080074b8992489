"""What organisers and judges do with rounds: one verb, one transaction each."""

from judging.services.awards import (
    give_award,
    give_awards,
    set_award_count,
    take_back_award,
)
from judging.services.candidates import drop_out, take_in
from judging.services.panel import assign_judge, assign_judges, release_judge
from judging.services.rounds import (
    close_round,
    confirm_round,
    open_round,
    publish_results,
    start_judging,
)
from judging.services.scoring import record_scores, recuse, undo_recusal
from judging.services.selection import select, unselect

__all__ = [
    "assign_judge",
    "assign_judges",
    "close_round",
    "confirm_round",
    "drop_out",
    "give_award",
    "give_awards",
    "open_round",
    "publish_results",
    "record_scores",
    "recuse",
    "release_judge",
    "select",
    "set_award_count",
    "start_judging",
    "take_back_award",
    "take_in",
    "undo_recusal",
    "unselect",
]
