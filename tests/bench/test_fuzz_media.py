"""Spoiled files are judged in good order; what was found once stays mended."""

import json

import pytest

from bench.fuzz import running, seeds, spoiling
from tests.bench.runs import run_bench

SLICE = 300


@pytest.fixture(scope="module")
def made():
    return seeds.make()


def test_there_are_forty_seeds_and_they_are_the_same_each_time(made):
    assert len(made) == 40
    assert len({seed.name for seed in made}) == 40
    assert seeds.digest(made) == seeds.digest(seeds.make())


def test_a_number_spoils_a_file_the_same_way_each_time(made):
    numbers = range(400)

    once = [spoiling.spoiled(made[number % 40], number) for number in numbers]
    again = [spoiling.spoiled(made[number % 40], number) for number in numbers]

    assert once == again
    changed = [
        once[number] != made[number % 40].data and len(once[number]) <= 1 << 20
        for number in numbers
    ]
    assert sum(changed) > 380


def test_a_slice_is_judged_in_good_order_and_not_judged_twice(tmp_path):
    given = {"N": str(SLICE), "FOLDER": str(tmp_path)}

    done = run_bench("fuzz-media", **given)
    again = run_bench("fuzz-media", **given)

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert f"All {SLICE} were judged in good order." in done.stdout
    (ledger,) = tmp_path.glob("*/judged.jsonl")
    numbers = [json.loads(line)["number"] for line in ledger.read_text().splitlines()]
    assert sorted(numbers) == list(range(SLICE))
    assert again.returncode == 0


# Films whose time stamps leap: filling the gaps with frames took 1.4 and 3.2 GB.
@pytest.mark.parametrize("number", [7426, 8355])
def test_what_was_found_stays_mended(tmp_path, number):
    done = run_bench("fuzz-media", FIRST=str(number), N="1", FOLDER=str(tmp_path))

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "All 1 were judged in good order." in done.stdout


def test_one_can_be_looked_at_again(tmp_path, made):
    done = run_bench("fuzz-media", REPLAY="45", FOLDER=str(tmp_path))

    (kept,) = tmp_path.glob("*/45.jpg")
    assert kept.read_bytes() == spoiling.spoiled(made[5], 45)
    assert '"number": 45' in done.stdout


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"verdict": "errored", "log": "Traceback\nOSError: no"}, "OSError: no"),
        ({"verdict": "", "log": "it died"}, "it died"),
        ({"seconds": 61.0}, "took too long"),
        ({"peak_mb": 513}, "took too much memory"),
        ({"left": ["examine-1"]}, "left examine-1"),
    ],
)
def test_what_is_not_in_order_is_told(changes, fault):
    found = {
        "verdict": "failed",
        "seconds": 1.0,
        "peak_mb": 100,
        "left": [],
        "log": "",
    }

    assert running.fault_of(found | changes) == fault
