"""The suite on a machine that is busy with other things: virtual time must not notice."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import takewhile

from benchmarks.figure import Figure
from benchmarks.pytest_run import pytest_run

_RUNS, _BUSY = 20, 4

# It ends with its parent, whatever ends that.
_BUSY_PROCESS = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: sum(range(100_000))"


def figures() -> Iterator[Figure]:
    """Every busy run against a quiet one, byte for byte. An edit or a commit meanwhile is a difference too."""
    quiet = pytest_run()
    with _busy_machine():
        runs = [pytest_run() for _ in range(_RUNS)]
    yield _compared("results.json", quiet.results, [run.results for run in runs])
    yield _compared("trace.ndjson", quiet.trace, [run.trace for run in runs])
    slower = sum(run.seconds for run in runs) / _RUNS / quiet.seconds
    yield Figure(f"suite beside {_BUSY} busy processes", f"{slower:.1f} times as long as alone")


def _compared(file: str, quiet: bytes, busy: Sequence[bytes]) -> Figure:
    others = [content for content in busy if content != quiet]
    differs = f" (line {_first_difference(quiet, others[0])} differs)" if others else ""
    value = f"{len(busy) - len(others)} of {len(busy)} identical{differs}"
    return Figure(f"{file} beside {_BUSY} busy processes, as when alone", value, f"{_RUNS} of {_RUNS}")


def _first_difference(one: bytes, other: bytes) -> int:
    """The line, counted from one; where one is the other's beginning, the line behind it."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return same + 1


@contextmanager
def _busy_machine() -> Iterator[None]:
    """As many processes as were promised, each of them always at work, until the block ends."""
    with ExitStack() as stack:
        for _ in range(_BUSY):
            command = [sys.executable, "-c", _BUSY_PROCESS]
            process = stack.enter_context(subprocess.Popen(command))  # noqa: S603 - our own arguments
            stack.callback(process.kill)
        yield
