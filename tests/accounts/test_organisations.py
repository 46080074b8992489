import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from accounts.organisations import (
    OrganisationsRefused,
    load_organisations,
    read_organisations,
)
from tests.factories.accounts import DistrictFactory, OrganisationFactory, make_contest

pytestmark = pytest.mark.django_db

HEADER = "key,name,kind,parent,district\n"
TREE = (
    HEADER
    + "street-a,示例街道,street,office-a,\n"  # a child may stand before its parent
    + "city,示例市,city,,\n"
    + "office-a,示例区办,district,city,a\n"
    + "centre-a,示例实践中心,practice_centre,office-a,a\n"
)


@pytest.fixture
def contest():
    contest = make_contest()
    DistrictFactory(contest=contest, key="a", name="示例区")
    return contest


@pytest.fixture
def file(tmp_path):
    """Writes a CSV; gives its path."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "organisations.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def stored(contest):
    return sorted(
        contest.organisations.values_list(
            "key", "name", "kind", "parent__key", "district__key"
        )
    )


def load(contest, path):
    return load_organisations(contest=contest, rows=read_organisations(path))


def faults(contest, path):
    with pytest.raises(OrganisationsRefused) as refusal:
        load(contest, path)
    assert stored(contest) == []
    return refusal.value.faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tree_is_stored_whatever_program_saved_it(contest, file, encoding):
    load(contest, file(TREE, encoding))

    assert stored(contest) == [
        ("centre-a", "示例实践中心", "practice_centre", "office-a", "a"),
        ("city", "示例市", "city", None, None),
        ("office-a", "示例区办", "district", "city", "a"),
        ("street-a", "示例街道", "street", "office-a", None),
    ]


def test_blank_lines_and_spaces_do_not_matter(contest, file):
    load(contest, file(HEADER + "\n city , 示例市 ,city,,\n,,,,\n"))

    assert stored(contest) == [("city", "示例市", "city", None, None)]


def test_second_load_changes_nothing_and_says_so(contest, file):
    load(contest, file(TREE))

    changes = load(contest, file(TREE))

    assert (changes.added, changes.changed, changes.unchanged) == ([], [], 4)


def test_changes_are_told(contest, file):
    load(contest, file(TREE))
    smaller = TREE.replace("示例街道", "示例新街道").replace(
        "centre-a,示例实践中心,practice_centre,office-a,a\n",
        "media,示例报社,media,city,\n",
    )

    changes = load(contest, file(smaller))

    assert (changes.added, changes.changed, changes.unchanged) == (
        ["media"],
        ["street-a"],
        2,
    )
    assert changes.only_stored == ["centre-a"]
    assert contest.organisations.count() == 5


def test_other_contests_keep_their_bodies(contest, file):
    other = OrganisationFactory(contest=make_contest(), key="city", name="Other")

    load(contest, file(TREE))

    other.refresh_from_db()
    assert (other.name, Organisation.objects.count()) == ("Other", 5)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("c d,A,city,,", ["2", "c d"]),
        ("c,,city,,", ["2"]),
        ("c,A,planet,,", ["2", "planet"]),
        ("c,A,city,nowhere,", ["2", "nowhere"]),
        ("c,A,district,,b", ["2", "b"]),
        ("c,A,district,,", ["2", "district"]),
        ("c,A,practice_centre,,", ["2", "practice_centre"]),
        ("c,A,city", ["2", "3"]),
        ("c,A,city,c,", ["2", "c"]),
    ],
)
def test_faulty_line_is_named_and_nothing_is_stored(contest, file, line, words):
    [fault] = faults(contest, file(f"{HEADER}{line}\n"))

    for word in words:
        assert word in fault


def test_every_faulty_line_is_named_at_once(contest, file):
    path = file(HEADER + "a,A,planet,,\nb,B,city,,\nb,B,city,nowhere,\n")

    found = faults(contest, path)

    assert [re.search("[0-9]+", fault)[0] for fault in found] == ["2", "4", "4"]


def test_circle_is_refused(contest, file):
    found = faults(contest, file(HEADER + "a,A,city,b,\nb,B,city,a,\nc,C,city,,\n"))

    assert len(found) == 2


def test_wrong_columns_are_refused(contest, file):
    [fault] = faults(contest, file("key,title\na,A\n"))

    assert "key,name,kind,parent,district" in fault


def test_empty_file_is_refused(contest, file):
    assert len(faults(contest, file(""))) == 1


def test_file_in_an_unknown_encoding_is_refused(contest, tmp_path):
    path = tmp_path / "organisations.csv"
    path.write_bytes(b"key,name\n\xff\xff\xff")

    assert len(faults(contest, path)) == 1


# --- The command -------------------------------------------------------------
def run(*arguments):
    out = StringIO()
    call_command("loadorganisations", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_command_tells_what_it_did(contest, file):
    told = run(file(TREE), "--contest", contest.key)

    assert told.splitlines() == [
        f"{contest.key}: 4 added, 0 changed, 0 unchanged.",
        "  added: city, office-a, street-a, centre-a",
    ]


def test_command_takes_the_current_contest(contest, file):
    assert run(file(TREE)).startswith(contest.key)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.csv"], "missing.csv"),
        (["FILE", "--contest", "nowhere"], "nowhere"),
    ],
)
def test_command_says_what_is_missing(contest, file, arguments, words):
    path = file(TREE)
    arguments = [path if each == "FILE" else each for each in arguments]

    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_command_without_a_contest_says_so(file):
    with pytest.raises(CommandError, match="loadrulebook"):
        run(file(TREE))


def test_command_shows_the_faults(contest, file):
    with pytest.raises(CommandError, match="planet"):
        run(file(HEADER + "a,A,planet,,\n"))
