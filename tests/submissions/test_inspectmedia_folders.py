"""A folder or a stick of works: what is looked at, the table, going on with it."""

import csv
import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.submissions.inspecting import pictures_in, rows_of, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return pictures_in(tmp_path_factory.mktemp("inspectmedia"))


@pytest.fixture
def stick(folder, tmp_path):
    """Works as an office brings them: folders, odd names, what systems leave behind."""
    stick = tmp_path / "stick"
    (stick / "街道").mkdir(parents=True)
    (stick / "b.jpg").write_bytes((folder / "good.jpg").read_bytes())
    (stick / "=1+1.jpg").write_bytes((folder / "cmyk.jpg").read_bytes())
    (stick / "街道" / "a.jpg").write_bytes((folder / "grey.jpg").read_bytes())
    (stick / "街道" / "gone.jpg").symlink_to("nowhere")
    (stick / "街道" / "Thumbs.db").write_bytes(b"x")
    (stick / ".trash").mkdir()
    (stick / ".trash" / "old.jpg").write_bytes(b"x")
    (stick / "loop").symlink_to(stick)
    return stick


NAMES = ["=1+1.jpg", "b.jpg", "街道/a.jpg", "街道/gone.jpg"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_is_inspected_to_its_depths_in_the_order_of_names(stick, jobs):
    results, status = run(stick, "--category=graphic", "--json", "--jobs", jobs)

    assert [(result["file"], result["verdict"]) for result in results] == [
        (f"{stick}/=1+1.jpg", "failed"),
        (f"{stick}/b.jpg", "passed"),
        (f"{stick}/街道/a.jpg", "review"),
        (f"{stick}/街道/gone.jpg", "failed"),
    ]
    assert status == 1


def test_what_is_passed_over_and_the_count_are_told_beside_the_results(stick, capsys):
    run(stick, "--category=graphic", "--json", "--jobs=1", "--lang=en")

    assert capsys.readouterr().err == (
        "Passed over, as hidden, temporary or a link to a folder: "
        f"{stick}/.trash, {stick}/loop, {stick}/街道/Thumbs.db (3)\n"
        "Files: 4 · Passed: 1 · A person decides: 1 · Failed: 2\n"
    )


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(stick, tmp_path):
    table = tmp_path / "table.csv"

    results, _status = run(stick, "--category=graphic", "--csv", table, "--lang=en")

    assert results == []
    assert table.read_bytes().startswith(b"\xef\xbb\xbfFile,Size in bytes,SHA-256,")
    [_head, *rows] = rows_of(table)
    assert [row[0] for row in rows] == [f"{stick}/{name}" for name in NAMES]
    data = (stick / "=1+1.jpg").read_bytes()
    assert rows[0][1:7] == [
        str(len(data)),
        hashlib.sha256(data).hexdigest(),
        "JPG",
        "平面",
        "Failed",
        "IMG-MODE-CMYK",
    ]
    assert rows[0][7].startswith("This picture is in CMYK")
    assert (rows[0][9:11], float(rows[0][11]) > 0) == (["1800", "1200"], True)
    assert (rows[3][1:4], rows[3][6]) == (["", "", ""], "FRM-FILE-MISSING")


def test_a_name_that_would_run_as_a_formula_is_guarded(stick, tmp_path, monkeypatch):
    monkeypatch.chdir(stick)

    run("=1+1.jpg", "--category=graphic", "--csv", tmp_path / "table.csv")

    assert rows_of(tmp_path / "table.csv")[1][0] == "'=1+1.jpg"


def test_a_table_can_go_to_standard_output(stick):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command(
            *("inspectmedia", str(stick), "--category=graphic", "--csv", "-"),
            *("--lang", "en"),
            stdout=out,
        )

    text = out.getvalue()
    assert text.startswith("\ufeffFile,Size in bytes,")
    assert [row[0] for row in csv.reader(StringIO(text, newline=""))][1:] == [
        f"{stick}/{name}" for name in NAMES
    ]


def test_a_table_that_is_there_is_not_written_over(stick, tmp_path):
    (tmp_path / "table.csv").write_text("mine")

    with pytest.raises(CommandError) as refusal:
        run(stick, "--category=graphic", "--csv", tmp_path / "table.csv")

    assert refusal.value.returncode == 2
    assert (tmp_path / "table.csv").read_text() == "mine"


def test_a_broken_off_table_is_gone_on_with(stick, tmp_path):
    table = tmp_path / "table.csv"
    run(stick, "--category=graphic", "--csv", table)
    whole = rows_of(table)
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join(lines[:2]) + lines[2][:20])

    results, status = run(
        stick, "--category=graphic", "--csv", table, "--resume", "--json"
    )

    assert [result["file"] for result in results] == [
        f"{stick}/{name}" for name in NAMES[1:]
    ]
    assert [row[:11] for row in rows_of(table)] == [row[:11] for row in whole]
    assert status == 1


def test_going_on_leaves_a_file_that_is_no_table_alone(stick):
    with pytest.raises(CommandError) as refusal:
        run(stick, "--category=graphic", "--csv", stick / "b.jpg", "--resume")

    assert refusal.value.returncode == 2
    assert (stick / "b.jpg").read_bytes().startswith(b"\xff\xd8")


def test_a_table_inside_the_folder_is_not_inspected(stick):
    table = stick / "a.csv"
    run(stick, "--category=graphic", "--csv", table)

    results, _status = run(
        stick, "--category=graphic", "--csv", table, "--resume", "--json"
    )

    assert results == []
