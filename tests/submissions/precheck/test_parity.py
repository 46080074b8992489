"""One table of facts through the server's rules and the browser's: no word differs."""

import pytest

from tests.factories.contests import shipped_rulebook
from tests.submissions.precheck import jobs, node

pytestmark = pytest.mark.skipif(node.NODE is None, reason=node.MISSING)


@pytest.fixture(scope="module")
def book():
    return shipped_rulebook()


@pytest.mark.parametrize("language", jobs.LANGUAGES)
@pytest.mark.parametrize("questions", [jobs.of_files, jobs.of_sets])
def test_the_browser_finds_what_the_server_finds(book, modules, questions, language):
    asked = questions(book, language)

    answered = node.answers(
        modules, book=jobs.served(book), jobs=[job for _name, job, _expected in asked]
    )

    for (name, _job, expected), answer in zip(asked, answered, strict=True):
        assert answer == expected, name


@pytest.mark.parametrize("language", jobs.LANGUAGES)
@pytest.mark.parametrize("questions", [jobs.of_sentences, jobs.of_numbers])
def test_the_browser_says_it_as_the_server_does(book, modules, questions, language):
    asked = questions(language)

    answered = node.answers(
        modules, book=jobs.served(book), jobs=[job for _name, job, _expected in asked]
    )

    for (name, _job, expected), answer in zip(asked, answered, strict=True):
        assert answer == expected, name


def test_the_table_has_a_row_for_every_code_a_browser_can_tell(book):
    found = {
        finding["code"]
        for _name, _job, findings in (
            *jobs.of_files(book, "en"),
            *jobs.of_sets(book, "en"),
        )
        for finding in findings
    }

    assert found == {
        "FRM-FILE-EMPTY",
        "VID-CONTAINER-OTHER",
        "VID-CONTAINER-BRAND",
        "VID-STREAM-NONE",
        "VID-STREAM-SEVERAL",
        "VID-CODEC-UNKNOWN",
        "VID-CODEC-CONVERT",
        "VID-DATA-DAMAGED",
        "VID-DATA-TRUNCATED",
        "VID-DATA-FOREIGN",
        "VID-DUR-LONG",
        "VID-DUR-SHORT",
        "VID-PIXELS-LOW",
        "VID-PIXELS-ONESIDE",
        "VID-PIXELS-NEAR",
        "VID-PIXELS-ANAMORPHIC",
        "VID-SOUND-LONG",
        "VID-SOUND-NONE",
        "IMG-FORMAT-OTHER",
        "IMG-CODING-OTHER",
        "IMG-DATA-DAMAGED",
        "IMG-PIXELS-HUGE",
        "IMG-PIXELS-LOW",
        "IMG-MODE-CMYK",
        "IMG-MODE-GREY",
        "IMG-DPI-MISSING",
        "IMG-DPI-LOW",
        "IMG-DPI-UNEQUAL",
        "IMG-DPI-CONFLICT",
        "IMG-RATIO-STRIP",
        "SET-COUNT-FEW",
        "SET-COUNT-MANY",
        "SET-PAGES-MANY",
        "SET-PHOTOS-MANY",
        "SET-DUR-LONG",
        "SET-FILES-SAME",
    }
