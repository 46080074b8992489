"""One round of `make faults`: every promise about uploads holds, and is looked at."""

from bench.faults.cases import GENTLE, ROUGH
from tests.bench.runs import run_bench


def test_every_case_of_make_faults_ends_well():
    done = run_bench("faults", ROUNDS="1")

    told = [line.split("  ")[0] for line in done.stdout.splitlines() if "1 / 1" in line]
    assert (done.returncode, told) == (0, [*GENTLE, *ROUGH]), done.stdout + done.stderr


def test_there_are_sixteen_cases():
    assert len(GENTLE | ROUGH) == 16
