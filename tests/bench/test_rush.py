"""A small rush: nobody is lost, nobody doubled, and late is late."""

from tests.bench.runs import run_bench


def test_a_rush_before_the_deadline_loses_nobody():
    done = run_bench("rush", N="12", SECONDS="25")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "| lost, doubled or wrongly refused | 0 |" in done.stdout
    assert "| complete before, handed in after | 1 |" in done.stdout
