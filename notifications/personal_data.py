"""What was told to a person: theirs to read, and gone when they leave."""

from django.utils.translation import ngettext

from accounts.personal_data import Holding, Leaving, Prospect, Table, register
from notifications.models import Delivery, Message, Preference


def _foretell(user, at):
    count = Message.objects.addressed_to(user).count()
    if not count:
        return Prospect()
    words = ngettext("%(count)s notification.", "%(count)s notifications.", count)
    return Prospect(goes=[words % {"count": count}])


def _erase(leaving: Leaving) -> None:
    Message.objects.addressed_to(leaving.user).delete()
    Preference.objects.filter(user=leaving.user).delete()


register(
    Holding(
        app="notifications",
        tables=(
            Table(Message, "recipient"),
            Table(Delivery, "message__recipient"),
            Table(Preference, "user"),
        ),
        foretell=_foretell,
        erase=_erase,
    )
)
