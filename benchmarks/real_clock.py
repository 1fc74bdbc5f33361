"""The suite against the wall clock, as a vendor's device would meet it."""

from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.pytest_run import pytest_run

_LONGEST_WAIT = 65.0  # seconds that the rules demand at the least: the minute, and its tolerance


def figures() -> Iterator[Figure]:
    """How much longer the drive takes than the longest of its waits."""
    run = pytest_run("--clock=real")
    yield Figure("suite on sim, real time", f"{run.seconds:.0f} s")
    ratio = run.seconds / _LONGEST_WAIT
    yield Figure(f"the same against the longest wait ({_LONGEST_WAIT:g} s)", f"{ratio:.2f} times", "2 to 2.5 times")
