"""The command's contract: what it prints, in which order, and how it ends."""

import json
import os
import subprocess
import sys
from io import StringIO

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
        ([""], ["failed"], 1),
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


def manage(*arguments, **environment):
    """The command as a person runs it, with nothing set that they had not set."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    return subprocess.run(
        command, env={"PATH": os.environ["PATH"]} | environment, capture_output=True
    )


def test_it_runs_from_a_bare_shell_without_any_service(folder):
    ended = manage(
        *("inspectmedia", str(folder / "good.jpg"), os.fsencode(folder) + b"/\xff"),
        *("--category", "photo", "--json"),
        LANG="C",
    )

    good, missing = map(json.loads, ended.stdout.splitlines())
    assert (good["verdict"], missing["verdict"]) == ("passed", "failed")
    assert missing["file"] == f"{folder}/\udcff"
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_it_needs_no_secret_even_where_production_is_set_up(folder):
    ended = manage(
        *("inspectmedia", str(folder / "good.jpg"), "--category", "photo", "--json"),
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
