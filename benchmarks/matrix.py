"""The matrix of deviations and quirks: every variant driven and judged."""

import sys
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.pytest_run import measured


def figures() -> Iterator[Figure]:
    """Wall time and memory of all of it, and what it found."""
    command = [sys.executable, "-c", "import sys; from harness.cli import main; sys.exit(main())", "validity"]
    cost = measured(command)
    seconds, peak, said = cost.seconds, cost.peak, cost.said
    yield Figure("matrix", f"{seconds:.0f} s", "under 120 s")
    yield Figure("matrix, peak memory", f"{peak:.0f} MB a process")
    yield Figure("matrix, variants", ", ".join(said.splitlines()[-2].split("; ")[:2]))
