"""The command's contract: what it prints, in which order, and how it ends."""

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

from tests.submissions.inspecting import pictures_in, rows_of, run
from tests.submissions.media import makers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return pictures_in(tmp_path_factory.mktemp("inspectmedia"))


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


def test_chinese_words_come_with_chinese_marks(folder):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command(
            *("inspectmedia", str(folder / "cmyk.jpg"), "--category=graphic"),
            stdout=out,
        )

    first, *_facts, finding = out.getvalue().splitlines()
    assert first == f"✗ {folder}/cmyk.jpg：不符合"
    assert finding.startswith("    [IMG-MODE-CMYK] 需要修改：这张图片")


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


def test_an_interrupt_ends_it_with_what_is_done(folder, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "a.jpg").write_bytes((folder / "good.jpg").read_bytes())
    makers.long_film(stick / "b.mp4", seconds=170, sound=None)
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
    film = makers.long_film(tmp_path / "a.mp4", seconds=170, sound=None)
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
            preexec_fn=hear_the_keyboard,
        )
        process.tmp = tmp
        with process:
            yield process


def hear_the_keyboard():
    """What a shell starts in the background hears no interrupt, nor do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
