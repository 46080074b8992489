"""From a kind and its parameters to sentences, in the language in force."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from contests.moments import day_words, deadline_words
from notifications.kinds import wording_of

SMS_WORK_LENGTH = 20


@dataclass(frozen=True)
class Sentences:
    title: str
    body: str
    link_words: str


def pack(params: dict) -> dict:
    """Parameters as JSON: moments and days keep what they are."""
    return {name: _packed(value) for name, value in params.items()}


def _packed(value):
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int) else str(value)


def sentences_of(kind: str, params: dict) -> Sentences:
    """What the portal and an e-mail say."""
    wording = wording_of(kind)
    words = _in_words(params)
    return Sentences(
        title=str(wording.title) % words,
        body=str(wording.body) % words,
        link_words=str(wording.link_words),
    )


def sms_text(kind: str, params: dict, *, sender: str, link: str = "") -> str:
    """The whole SMS: who sends it, one sentence, the address."""
    words = _in_words(params)
    words["work"] = _shortened(words.get("work", ""))
    sentence = str(wording_of(kind).sms) % words
    address = f" {settings.SITE_URL}{link}" if link else ""
    return f"【{sender}】{sentence}{address}"


def sender_of(message) -> str:
    """In whose name: the signature filed with the gateway, or the contest."""
    if settings.SMS_SIGNATURE or message.contest is None:
        return settings.SMS_SIGNATURE or _("Contest portal")
    version = message.contest.current_version
    brand = version.rulebook.contest.brand_name if version else ""
    return brand or message.contest.title_short


def _shortened(title):
    cut = len(title) > SMS_WORK_LENGTH
    return f"{title[: SMS_WORK_LENGTH - 1]}…" if cut else title


def _in_words(params):
    words = {name: _word(value) for name, value in params.items()}
    if not words.get("work"):
        words["work"] = _("Untitled work")
    return words


def _word(value):
    if isinstance(value, dict) and "moment" in value:
        return deadline_words(dt.datetime.fromisoformat(value["moment"]))
    if isinstance(value, dict) and "day" in value:
        return day_words(dt.date.fromisoformat(value["day"]))
    return str(value)
