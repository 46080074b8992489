"""The sentences of findings as data."""

import re

import pytest

from submissions import wording
from submissions.media.codes import Code

LANGUAGES = {"zh-hans", "en"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def sentences():
    return wording.sentences()


def test_every_code_is_told_in_every_language(sentences):
    assert set(sentences) == {code.value for code in Code}
    for code, said in sentences.items():
        assert set(said["message"]) == LANGUAGES, code
        assert set(said["explanation"]) == LANGUAGES, code
        assert all(forms["other"] for forms in said["message"].values()), code


@pytest.mark.parametrize("code", Code)
def test_every_placeholder_says_how_it_is_written(sentences, code):
    said = sentences[code]
    forms = [
        form
        for sentence in (said["message"], *said["variants"].values())
        for by_name in sentence.values()
        for form in by_name.values()
    ]

    names = {name for form in forms for name in PLACEHOLDER.findall(form)}

    assert names == set(said["params"])


def test_kinds_of_writing_are_named(sentences):
    long = sentences["VID-DUR-LONG"]

    assert long["params"] == {"duration_s": "duration", "limit_s": "duration"}
    assert set(long["variants"]) == {"waiver", "review"}
    assert long["limits"] == ["duration"]
    assert sentences["VID-PIXELS-LOW"]["params"] == {
        "limit_px": "pixels",
        "size_px": "pixels",
    }


def test_english_has_two_forms_where_a_number_decides(sentences):
    few = sentences["SET-COUNT-FEW"]

    assert few["by"] == "limit"
    assert few["message"]["en"] == {
        "one": "Please add at least %(limit)s file.",
        "other": "Please add at least %(limit)s files.",
    }


def test_other_sentences_have_one_form(sentences):
    dpi = sentences["IMG-DPI-UNEQUAL"]

    assert dpi["by"] is None
    assert dpi["message"]["en"] == {
        "other": "The resolution differs across and down: %(dpi)s and %(other_dpi)s. "
        "A person will look at it."
    }


def test_words_hold_the_patterns_of_both_languages():
    words = wording.words()

    assert set(words) == LANGUAGES
    assert words["en"]["duration"]["min_s"] == "%(minutes)s min %(seconds)s s"
    assert words["zh-hans"]["pixels"] == "%(width)s × %(height)s"
    assert words["en"]["content_type"]["mov"] == "MOV (QuickTime)"
