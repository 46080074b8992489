"""Reads for the pages about messages."""

from accounts.models import User
from contests.models import Contest
from notifications.models import Delivery, Message, Preference


def unread_count(user: User) -> int:
    return Message.objects.addressed_to(user).unread().count()


def preference_of(user: User) -> Preference:
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def outbox(contest: Contest, *, kind="", state="", channel=""):
    """The contest's deliveries, newest first, with what a page says of them."""
    wanted = {"message__kind": kind, "state": state, "channel": channel}
    return (
        Delivery.objects.filter(
            message__contest=contest,
            **{name: value for name, value in wanted.items() if value},
        )
        .select_related("message__recipient", "message__contest__current_version")
        .defer("message__contest__current_version__document")
        .order_by("-pk")
    )
