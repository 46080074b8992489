"""Every kind has its words, and its samples fill them in every language."""

import pytest
from django.utils import translation

from notifications.kinds import WORDINGS, Kind
from notifications.rendering import pack, sentences_of, sms_text
from notifications.states import Channel


def test_every_kind_has_its_words():
    assert set(WORDINGS) == set(Kind)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", Kind)
def test_samples_fill_all_sentences(kind, language):
    wording = WORDINGS[kind]

    with translation.override(language):
        sentences = sentences_of(kind, pack(wording.sample))
        sms = sms_text(kind, pack(wording.sample), sender="V")

    assert set(wording.sample) == wording.placeholders
    assert "%" not in f"{sentences.title}{sentences.body}{sms}"


@pytest.mark.parametrize("kind", Kind)
def test_whoever_goes_by_sms_has_a_short_text(kind):
    assert bool(WORDINGS[kind].sms) == (Channel.SMS in WORDINGS[kind].ways)


def test_a_deadline_at_midnight_is_24_00_of_the_day_before():
    with translation.override("en"):
        body = sentences_of(
            Kind.RETURNED,
            {"work": "M", "reason": "R", "due": {"moment": "2031-05-25T16:00:00Z"}},
        ).body

    assert "25 May 24:00" in body or "May 25 24:00" in body


def test_a_work_without_title_is_called_untitled():
    with translation.override("en"):
        assert sentences_of(Kind.ACCEPTED, {"work": ""}).title == (
            "“Untitled work” is accepted"
        )


def test_texts_of_people_are_never_patterns():
    with translation.override("en"):
        title = sentences_of(Kind.ACCEPTED, {"work": "100 %(due)s"}).title

    assert title == "“100 %(due)s” is accepted"
