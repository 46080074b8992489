"""The wizard's forms and the reviewer's. A draft may lack anything: what is required
is asked by completeness, when one goes on and when the work is handed in."""

from submissions.forms.captions import CaptionsForm
from submissions.forms.links import FilesForm
from submissions.forms.rights import RightsForm
from submissions.forms.screening import ScreeningForm
from submissions.forms.story import StoryForm
from submissions.forms.track import TrackForm

__all__ = [
    "CaptionsForm",
    "FilesForm",
    "RightsForm",
    "ScreeningForm",
    "StoryForm",
    "TrackForm",
]
