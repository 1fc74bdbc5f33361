"""The matrix of deviations and quirks: every variant driven and judged."""

from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.pytest_run import pytest_run


def figures() -> Iterator[Figure]:
    """Wall time and memory of all of it, and what it found."""
    run = pytest_run("-p", "no:terminal", "--validity")
    yield Figure("matrix", f"{run.seconds:.0f} s", "under 120 s")
    yield Figure("matrix, peak memory", f"{run.peak:.0f} MB")
    yield Figure("matrix, variants", ", ".join(run.last_line.split("; ")[:2]))
