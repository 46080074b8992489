"""What centres and organisers do with tables and activities: one verb each."""

from outreach.services.activities import (
    confirm_activity,
    mark_held,
    set_activity,
    unconfirm_activity,
    unmark_held,
)
from outreach.services.deciding import accept, return_recommendation
from outreach.services.filling import begin_recommendation, hand_in, save_draft
from outreach.services.scans import SCAN_MAX_MB, attach_scan

__all__ = [
    "SCAN_MAX_MB",
    "accept",
    "attach_scan",
    "begin_recommendation",
    "confirm_activity",
    "hand_in",
    "mark_held",
    "return_recommendation",
    "save_draft",
    "set_activity",
    "unconfirm_activity",
    "unmark_held",
]
