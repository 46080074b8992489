"""The command's contract: what it prints, in which order, and how it ends."""

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.submissions.media import makers


def run(*arguments):
    """Objects printed, and the exit status."""
    out = StringIO()
    try:
        call_command("inspectmedia", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        status = ended.code
    else:
        status = 0
    return [json.loads(line) for line in out.getvalue().splitlines()], status


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inspectmedia")
    makers.picture(folder / "good.jpg", dpi=(300, 300))
    makers.picture(folder / "grey.jpg", makers.photograph(mode="L"), dpi=(300, 300))
    makers.picture(folder / "cmyk.jpg", makers.photograph(mode="CMYK"), dpi=(300, 300))
    makers.photograph((64, 64)).save(folder / "png.jpg", "PNG")
    for number in range(4):
        makers.picture(folder / f"{number}.jpg", dpi=(300, 300), quality=70 + number)
    return folder


def test_each_file_is_one_json_object_with_exactly_these_keys(folder):
    results, status = run(folder / "cmyk.jpg", "--category", "graphic", "--json")

    [result] = results
    assert list(result) == ["file", "category", "verdict", "findings", "facts"]
    assert result["file"] == str(folder / "cmyk.jpg")
    assert (result["category"], result["verdict"], status) == ("graphic", "failed", 1)
    [finding] = result["findings"]
    assert finding.pop("message")
    assert finding == {
        "code": "IMG-MODE-CMYK",
        "severity": "error",
        "measured": "CMYK",
        "limit": "RGB",
        "rule": "55",
    }
    assert result["facts"]["mode"] == "CMYK"


@pytest.mark.parametrize(
    ("names", "verdicts", "expected_status"),
    [
        (["good.jpg"], ["passed"], 0),
        (["grey.jpg"], ["review"], 0),
        (["good.jpg", "grey.jpg"], ["passed", "review"], 0),
        (["png.jpg", "good.jpg"], ["failed", "passed"], 1),
        (["nothing.jpg"], ["failed"], 1),
    ],
)
def test_the_exit_status_says_whether_a_file_failed(
    folder, names, verdicts, expected_status
):
    paths = [folder / name for name in names]

    results, status = run(*paths, "--category", "graphic", "--json")

    assert [result["verdict"] for result in results] == verdicts
    assert status == expected_status


def test_the_file_is_named_as_given(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "链接.jpg").symlink_to("good.jpg")

    results, _status = run(
        "./good.jpg", "链接.jpg", "../none\n\udcff", "--category=photo", "--json"
    )

    assert [result["file"] for result in results] == [
        "./good.jpg",
        "链接.jpg",
        "../none\n\udcff",
    ]


def test_files_together_are_judged_as_one_work_last(folder):
    pages = [folder / f"{number}.jpg" for number in range(4)]

    results, status = run(*pages, "--category", "graphic", "--json", "--together")

    assert [result["verdict"] for result in results] == ["passed"] * 4 + ["failed"]
    whole = results[-1]
    assert list(whole)[:2] == ["file", "files"]
    assert (whole["file"], whole["files"]) == (None, [str(page) for page in pages])
    assert [finding["code"] for finding in whole["findings"]] == ["SET-PAGES-MANY"]
    assert whole["facts"] == {
        "kind": "set",
        "file_count": 4,
        "size_bytes": sum(page.stat().st_size for page in pages),
    }
    assert status == 1


def test_the_work_fails_with_one_of_its_files(folder):
    results, status = run(
        *(folder / "good.jpg", folder / "png.jpg"),
        *("--category", "graphic", "--json", "--together"),
    )

    assert (results[-1]["verdict"], results[-1]["findings"]) == ("failed", [])
    assert status == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.jpg", "--category", "sculpture"],
        ["a.jpg", "--category", "graphic", "--rulebook", "nowhere"],
    ],
)
def test_an_unknown_category_or_rule_book_is_wrong_usage(arguments):
    with pytest.raises(CommandError) as refusal:
        call_command("inspectmedia", *arguments)

    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--category", "photo"],
        ["a.jpg"],
        ["a.jpg", "--category", "photo", "--resume"],
        ["a.jpg", "--category", "photo", "--csv", "-", "--resume"],
        ["a.jpg", "--category", "photo", "--csv", "-", "--json"],
        ["a.jpg", "--category", "photo", "--csv", "t", "--resume", "--together"],
        ["a.jpg", "--category", "photo", "--csv", "/nowhere/t.csv"],
        ["--explain", "VID-DUR-FAR"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(arguments):
    with pytest.raises(CommandError) as refusal:
        call_command("inspectmedia", *arguments)

    assert refusal.value.returncode == 2


def test_words_for_people_name_the_verdict_and_the_findings(folder):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command(
            *("inspectmedia", str(folder / "png.jpg"), "--category", "photo"),
            *("--lang", "en"),
            stdout=out,
        )

    assert out.getvalue() == (
        f"✗ {folder}/png.jpg: Failed\n"
        "    PNG\n"
        "    [IMG-FORMAT-OTHER] Must be fixed: This file is not a JPG picture but "
        "PNG. Please export it as JPG and send it again.\n"
    )


def test_facts_come_with_the_tools_and_the_time(folder):
    [result], _status = run(
        folder / "good.jpg", "--category", "graphic", "--json", "--facts"
    )

    assert list(result)[-3:] == ["facts", "tool_versions", "timings"]
    assert result["tool_versions"]["pillow"]
    assert result["timings"]["total_s"] > 0


def test_facts_for_people_have_labels_and_units(folder):
    out = StringIO()

    call_command(
        *("inspectmedia", str(folder / "good.jpg"), "--category", "graphic"),
        *("--facts", "--lang", "en"),
        stdout=out,
    )

    lines = out.getvalue().splitlines()
    assert "    Width as shown: 1800 pixels" in lines
    assert "    Resolution across: 300 dpi" in lines
    assert "    Camera: –" in lines
    assert any(line.startswith("    Tool: pillow ") for line in lines)
    assert lines[-1].startswith("    Time ")


def manage(*arguments, **environment):
    """The command as a person runs it, with nothing set that they had not set."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    return subprocess.run(
        command, env={"PATH": os.environ["PATH"]} | environment, capture_output=True
    )


def test_it_runs_from_a_bare_shell_without_any_service(folder):
    ended = manage(
        *("inspectmedia", str(folder / "good.jpg"), os.fsencode(folder) + b"/\xff"),
        *("--category", "graphic", "--json"),
        LANG="C",
    )

    good, missing = map(json.loads, ended.stdout.splitlines())
    assert (good["verdict"], missing["verdict"]) == ("passed", "failed")
    assert missing["file"] == f"{folder}/\udcff"
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_it_needs_no_secret_even_where_production_is_set_up(folder):
    ended = manage(
        *("inspectmedia", str(folder / "good.jpg"), "--category", "graphic", "--json"),
        PORTAL_ENV="production",
        MEDIA_STORAGE="s3",
        ENV_FILE="",
    )

    assert json.loads(ended.stdout)["verdict"] == "passed"
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_wrong_usage_exits_with_two_and_prints_nothing(folder):
    ended = manage("inspectmedia", str(folder / "good.jpg"), "--json")

    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"--category" in ended.stderr


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


def rows_of(table):
    with table.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


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


def test_an_interrupt_ends_it_with_what_is_done(folder, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "a.jpg").write_bytes((folder / "good.jpg").read_bytes())
    makers.film(stick / "b.mp4", seconds=170, sound=None)
    table = tmp_path / "table.csv"
    with started(stick, "--category=short_video", "--csv", table) as process:
        wait_until(lambda: table.exists() and len(rows_of(table)) == 2)

        os.killpg(process.pid, signal.SIGINT)
        _out, err = process.communicate(timeout=60)
        left = list(Path(process.tmp).iterdir())

    assert process.returncode == 130
    assert b"Traceback" not in err
    assert [row[0] for row in rows_of(table)[1:]] == [f"{stick}/a.jpg"]
    assert left == []


def test_a_reader_that_has_had_enough_ends_it_quietly():
    with started("--explain") as process:
        process.stdout.close()
        err = process.stderr.read()

    assert (process.returncode, err) == (141, b"")


def test_a_long_film_shows_a_bar_on_a_terminal(tmp_path):
    film = makers.film(tmp_path / "a.mp4", seconds=170, sound=None)
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))

    with started(film, "--category=short_video", "--json", stderr=theirs) as process:
        os.close(theirs)
        seen = seen_on(ours)
        out, _err = process.communicate(timeout=120)

    assert b"a.mp4" in seen
    assert b"%|" in seen
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["passed"]


@contextmanager
def started(*arguments, stderr=subprocess.PIPE):
    """The command as a terminal runs it, in a group of its own."""
    with tempfile.TemporaryDirectory() as tmp:
        process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "inspectmedia"]
            + [str(each) for each in arguments],
            env={"PATH": os.environ["PATH"], "TMPDIR": tmp},
            stdout=subprocess.PIPE,
            stderr=stderr,
            process_group=0,
        )
        process.tmp = tmp
        with process:
            yield process


def wait_until(is_so, *, seconds=60):
    ends_at = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends_at
        time.sleep(0.05)


def seen_on(terminal):
    """All that is written to a terminal until nobody holds it any more."""
    seen = b""
    while True:
        try:
            seen += os.read(terminal, 4096)
        except OSError:
            os.close(terminal)
            return seen
