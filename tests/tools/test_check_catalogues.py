"""What the check of translations finds."""

import polib

from tools.check_catalogues import mismatched, missing


def catalogue(*entries):
    found = polib.POFile()
    found.extend(entries)
    return found


def test_a_sentence_without_its_translation_is_named_with_its_place():
    entry = polib.POEntry(msgid="Withdraw", occurrences=[("judging/views.py", "7")])

    assert list(missing(catalogue(entry))) == ["missing: judging/views.py: Withdraw"]


def test_a_guess_of_the_tools_is_no_translation():
    entry = polib.POEntry(msgid="Withdraw", msgstr="撤回", flags=["fuzzy"])

    assert list(missing(catalogue(entry))) == ["fuzzy: Withdraw"]


def test_a_finished_or_dropped_sentence_is_fine():
    finished = polib.POEntry(msgid="Withdraw", msgstr="撤回")
    dropped = polib.POEntry(msgid="Old", obsolete=True)

    assert list(missing(catalogue(finished, dropped))) == []


def test_a_lost_placeholder_is_found():
    lost = polib.POEntry(msgid="%(count)s works", msgstr="作品")
    kept = polib.POEntry(msgid="%(count)s pages", msgstr="%(count)s 页")

    assert list(mismatched(catalogue(lost, kept))) == [
        "placeholders differ: %(count)s works"
    ]


def test_a_plural_is_judged_by_its_plural_sentence():
    entry = polib.POEntry(
        msgid="One work",
        msgid_plural="%(count)s works",
        msgstr_plural={0: "%(count)s 件作品"},
    )

    assert list(mismatched(catalogue(entry))) == []
