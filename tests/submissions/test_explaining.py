import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from contests.rulebook import find_rulebook, load_rulebook
from submissions import explaining
from submissions.media.codes import Code

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(scope="module")
def book():
    return load_rulebook(find_rulebook("hangzhou-2023"))


def printed(*arguments):
    out = StringIO()
    call_command("inspectmedia", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_code_is_explained_in_every_language(code, language, book):
    with translation.override(language):
        explanation = explaining.explanation_of(code, book)
        page = explaining.in_words(explanation)

    assert page.startswith(f"{code} · ")
    assert all(
        (explanation.example, explanation.why, explanation.next_step, explanation.rule)
    )
    assert not {"%(", "None"} & set(page.split())
    assert "%(" not in page
    for words in (explanation.example, explanation.why, explanation.next_step):
        assert words in page


def test_a_page_says_what_why_what_next_and_by_which_rule(book):
    with translation.override("en"):
        page = explaining.in_words(explaining.explanation_of(Code.IMG_DPI_LOW, book))

    clause = book.category("graphic").limits.density.clause
    assert page == (
        "IMG-DPI-LOW · A person looks at it\n"
        "    For example\n"
        "        This picture says 72 dpi, while 300 dpi is asked for. At 300 dpi it "
        "prints at 25.4 × 16.9 cm. A person will look at it; you can also set 300 dpi "
        "in an image editor, without changing the picture.\n"
        "    Why\n"
        "        The resolution is a number in the file's header, not a property of "
        "the picture.\n"
        "    What next\n"
        "        The work can be handed in as it is. A person looks at it at the "
        "screening and decides; what is easily made better is best made better "
        "before.\n"
        "    Rule 56 (平面)\n"
        f"        {clause}"
    )


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        (Code.VID_DUR_LONG, ["46", "51, 52"]),
        (Code.VID_DUR_SHORT, ["51, 52"]),
        (Code.IMG_AIGC_LABELLED, ["60"]),
        (Code.FRM_FILE_LARGE, ["61"]),
        (Code.SET_FILE_TWICE, ["74"]),
        (Code.FRM_FILE_MISSING, []),
    ],
)
def test_the_clauses_are_those_of_the_limits_a_code_is_about(code, rules, book):
    found = explaining.explanation_of(code, book).citations

    assert [citation.rule for citation in found] == rules
    assert all(citation.clause for citation in found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("VID-DUR-LONG", ["VID-DUR-LONG"]),
        ("vid_dur_long", ["VID-DUR-LONG"]),
        ("vid-dur", ["VID-DUR-LONG", "VID-DUR-SHORT", "VID-DUR-HEADER"]),
        ("VID-DUR-LNG", ["VID-DUR-LONG"]),
        ("xyzzy", []),
    ],
)
def test_near_codes_are_offered(typed, expected):
    found = explaining.near(typed)

    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


def test_explaining_needs_neither_files_nor_a_category():
    assert printed("--explain", "vid-dur-long").startswith("VID-DUR-LONG · ")


@pytest.mark.parametrize("arguments", [["--explain"], ["--explain", "all"]])
def test_all_codes_are_listed_a_line_each(arguments):
    lines = printed(*arguments).splitlines()

    assert [line.split()[0] for line in lines] == [code.value for code in Code]


def test_all_codes_can_be_had_as_data():
    found = [json.loads(line) for line in printed("--explain", "--json").splitlines()]

    assert [each["code"] for each in found] == [code.value for code in Code]
    assert found[0].keys() == {
        *("code", "severity", "rule", "example", "other_examples", "why"),
        *("next_step", "citations"),
    }


def test_an_unknown_code_names_near_ones():
    with pytest.raises(CommandError) as refusal:
        printed("--explain", "VID-DUR")

    assert refusal.value.returncode == 2
    assert "VID-DUR-LONG" in str(refusal.value)
