"""What rounds hear of submissions, and what they let others see of them."""

from django.dispatch import receiver

from judging.permissions import can_see_for_judging
from judging.queries import needed_for_results, ribbons
from judging.services import drop_out
from submissions.keeping import register_keeper
from submissions.permissions import register_media_viewer
from submissions.ribbons import register_ribbons
from submissions.signals import submission_left_contest

register_media_viewer(can_see_for_judging)
register_ribbons(ribbons)
register_keeper(needed_for_results)


@receiver(submission_left_contest)
def take_out_of_rounds(sender, *, submission, at, **kwargs):
    drop_out(submission=submission, at=at)
