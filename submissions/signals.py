"""Facts about submissions for the apps above. Sent inside the transaction."""

from django.dispatch import Signal

submission_accepted = Signal()  # submission, at
submission_left_contest = Signal()  # submission, at: withdrawn or disqualified
