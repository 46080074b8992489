"""Looking beforehand must not make the page slow to open."""

import gzip

import pytest

from tests.submissions.precheck.node import MODULES

KB = 1024
WITH_THE_PAGE = {"precheck.js", "rule_list.js"}
OTHERS = {"jpeg.js", "mp4.js"}  # one of them, when such a file is chosen


def packed(names):
    return sum(len(gzip.compress((MODULES / name).read_bytes())) for name in names)


def all_names():
    return {path.name for path in MODULES.glob("*.js")}


def test_what_the_page_loads_at_once_is_small():
    assert packed(WITH_THE_PAGE) <= 5 * KB


@pytest.mark.parametrize("reader", sorted(OTHERS))
def test_what_comes_when_there_is_time_is_small(reader):
    later = all_names() - WITH_THE_PAGE - OTHERS

    assert packed(later | {reader}) <= 16 * KB


def test_nothing_else_is_loaded_at_once():
    imported = {
        line.split('"')[1].removeprefix("./")
        for name in WITH_THE_PAGE
        for line in (MODULES / name).read_text().splitlines()
        if line.startswith("import ")
    }

    assert imported == {"rule_list.js", "../wizard_pages.js"}
