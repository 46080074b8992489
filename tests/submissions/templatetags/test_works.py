import datetime as dt

from django.utils import timezone, translation

from submissions.templatetags.works import saved_words


def test_a_draft_is_said_to_be_saved_as_people_say_it():
    now = timezone.now()

    with translation.override("en"):
        words = [
            saved_words(now - dt.timedelta(seconds=20)),
            saved_words(now - dt.timedelta(minutes=5)),
        ]

    assert words == ["saved just now", "saved 5\N{NO-BREAK SPACE}minutes ago"]
