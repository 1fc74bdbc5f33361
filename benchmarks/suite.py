"""The whole suite on the simulated device in virtual time, from the shell's point of view."""

from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.pytest_run import pytest_run

_RUNS = 5


def figures() -> Iterator[Figure]:
    """Wall time and memory; the worst of the runs counts for memory, the middle one for time."""
    runs = [pytest_run() for _ in range(_RUNS)]
    times = sorted(run.seconds for run in runs)
    spread = f"{times[_RUNS // 2]:.2f} s ({times[0]:.2f} to {times[-1]:.2f})"
    yield Figure(f"suite on sim, virtual time, {_RUNS} runs", spread, "under 3 s")
    yield Figure("suite on sim, peak memory", f"{max(run.peak for run in runs):.0f} MB", "under 100 MB")
