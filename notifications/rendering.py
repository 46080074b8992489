"""From a kind and its parameters to sentences, in the language in force."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from contests.moments import day_words, deadline_words
from notifications.kinds import wording_of
from notifications.states import Channel

SMS_WORK_LENGTH = 20


@dataclass(frozen=True)
class Sentences:
    title: str
    body: str
    link_words: str


@dataclass(frozen=True)
class Said:
    """What a delivery says; an e-mail its title and body, an SMS one text."""

    title: str
    body: str = ""
    sms: str = ""


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
    return sender_of_contest(message.contest)


def sender_of_contest(contest) -> str:
    """In whose name: the signature filed with the gateway, or the contest."""
    if settings.SMS_SIGNATURE or contest is None:
        return settings.SMS_SIGNATURE or _("Contest portal")
    version = contest.current_version
    brand = version.rulebook.contest.brand_name if version else ""
    return brand or contest.title_short


def said_by(delivery) -> Said:
    """Exactly what the delivery says, in the language it is sent in."""
    message = delivery.message
    words = {"sender": sender_of(message), "link": message.link}
    with translation.override(settings.LANGUAGE_CODE):
        title = sentences_of(message.kind, message.params).title
        if delivery.channel == Channel.SMS:
            return Said(title, sms=sms_text(message.kind, message.params, **words))
        return Said(title, body=email_text(message.kind, message.params, **words))


def email_text(kind: str, params: dict, *, sender: str, link: str = "") -> str:
    """The body of an e-mail: what happened, where it leads, who sends it."""
    sentences = sentences_of(kind, params)
    parts = [sentences.body]
    if link:
        parts.append(f"{sentences.link_words}\n{settings.SITE_URL}{link}")
    return "\n\n".join([*parts, sender])


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
