"""What a browser makes of a chosen file: sent, refused, or another category offered."""

import hashlib

import pytest
from django.utils import translation

from submissions.media.codes import Code
from submissions.media.messages import render
from tests.factories.contests import shipped_rulebook
from tests.submissions.media.makers import film, photograph, picture
from tests.submissions.precheck import jobs, node

pytestmark = pytest.mark.skipif(node.NODE is None, reason=node.MISSING)

PAGE = {"size_bytes": 100, "content_type": "jpeg", "sha256": "a" * 64}


@pytest.fixture
def look(modules):
    book = jobs.served(shipped_rulebook())

    def _look(path, category, **options):
        defaults = {"before": [], "opened": {}, "language": "zh-hans", "book": book}
        return node.look_at(path, base=modules, category=category, **defaults | options)

    return _look


def codes(result, severity="error"):
    found = result["findings"]
    return [each["code"] for each in found if each["severity"] == severity]


@pytest.fixture
def page(tmp_path):
    return picture(tmp_path / "page.jpg", photograph((2480, 3508)), dpi=(300, 300))


def clip(path, *, seconds, size="1920x1080"):
    """One still picture a second; it is decoded by nobody here."""
    return film(path, source="color", seconds=seconds, rate=1, size=size, sound=None)


def test_a_good_page_may_be_sent_and_tells_its_names(look, page):
    result = look(page, "graphic")

    sha256 = hashlib.sha256(page.read_bytes()).hexdigest()
    assert (result["ok"], result["mayInsist"], result["better"]) == (True, False, None)
    assert result["findings"] == []
    assert result["facts"]["sha256"] == result["facts"]["fingerprint"] == sha256
    assert {name: at["state"] for name, at in result["lines"].items()} == {
        "format": "passed",
        "count": "passed",
        "colour": "passed",
        "density": "passed",
        "aspect": "passed",
    }


def test_a_fourth_page_is_refused_and_nothing_helps(look, page):
    result = look(page, "graphic", before=[PAGE | {"sha256": str(at)} for at in "123"])

    with translation.override("zh-hans"):
        sentence = render(Code.SET_PAGES_MANY, {"count": 4, "limit": 3})
    assert codes(result) == ["SET-PAGES-MANY"]
    assert (result["ok"], result["mayInsist"]) == (False, False)
    assert result["lines"]["count"] == {"state": "failed", "text": sentence}


def test_the_file_that_is_there_already_is_advised_against(look, page):
    same = PAGE | {"sha256": hashlib.sha256(page.read_bytes()).hexdigest()}

    result = look(page, "graphic", before=[same])

    assert result["ok"] is True
    assert codes(result, "warning") == ["SET-FILES-SAME"]


def test_what_the_files_before_were_told_is_not_told_again(look, page):
    result = look(page, "graphic", before=[PAGE, PAGE])

    assert result["findings"] == []


def test_a_long_film_fits_another_category(look, tmp_path):
    path = clip(tmp_path / "long.mp4", seconds=250)

    result = look(path, "short_video")

    assert codes(result) == ["VID-DUR-LONG"]
    assert (result["ok"], result["mayInsist"]) == (False, True)
    assert result["better"]["category"] == "long_video"
    assert look(path, "long_video")["ok"] is True


def test_a_short_film_fits_the_other(look, tmp_path):
    result = look(clip(tmp_path / "short.mp4", seconds=20), "long_video")

    assert codes(result) == ["VID-DUR-SHORT"]
    assert result["better"]["category"] == "short_video"


def test_a_length_the_committee_agreed_to_is_no_fault(look, tmp_path):
    path = clip(tmp_path / "film.mp4", seconds=1000)

    refused = look(path, "long_video")
    agreed = look(path, "long_video", opened={"long_video": 1200.0})

    assert codes(refused) == ["VID-DUR-LONG"]
    assert refused["better"] is None
    assert agreed["ok"] is True


def test_a_small_film_may_be_sent_all_the_same(look, tmp_path):
    result = look(clip(tmp_path / "film.mp4", seconds=5, size="640x360"), "short_video")

    assert codes(result) == ["VID-PIXELS-LOW"]
    assert (result["ok"], result["mayInsist"]) == (False, True)


@pytest.mark.parametrize(
    ("content", "category", "code"),
    [
        (b"", "photo", "FRM-FILE-EMPTY"),
        (b"\x89PNG\r\n\x1a\n", "photo", "IMG-FORMAT-OTHER"),
        (b"%PDF-1.7", "graphic", "IMG-FORMAT-OTHER"),
        (b"just words", "short_video", "VID-CONTAINER-OTHER"),
    ],
)
def test_what_the_bytes_say_cannot_be_insisted_on(
    look, tmp_path, content, category, code
):
    path = tmp_path / "renamed"
    path.write_bytes(content)

    result = look(path, category)

    assert codes(result) == [code]
    assert (result["ok"], result["mayInsist"]) == (False, False)


@pytest.mark.parametrize("over", [0, 1])
def test_a_file_may_be_as_large_as_the_book_says_and_no_larger(modules, over):
    book = shipped_rulebook()
    limit = book.defaults.max_file_mb
    size = limit * 1024 * 1024 + over
    job = {"call": "size", "facts": {"size_bytes": size}, "language": "zh-hans"}

    [found] = node.answers(modules, book=jobs.served(book), jobs=[job])

    with translation.override("zh-hans"):
        sentence = render(Code.FRM_FILE_LARGE, {"limit": limit})
    assert [each["message"] for each in found] == [sentence] * over
