"""The bench of uploads measures both servers and all its figures."""

from tests.bench.runs import run_bench


def test_the_bench_of_uploads_tells_its_three_tables():
    done = run_bench("uploads", SIZES="1,2", SIZE="4", PAIRS="1", OTHER="no")

    told = [line.split(" | ")[0] for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stdout + done.stderr
    for row in (
        "| plain copy, same web server",
        "| this portal, one request",
        "| this portal, 64 MiB a request",
        "| 64",
        "| 2 MB",
    ):
        assert row in told
