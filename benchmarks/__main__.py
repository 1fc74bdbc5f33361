"""`python -m benchmarks [NAME ...] [--slow]`: measures, and prints a line per figure as it comes."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

from benchmarks.figure import HEADING, Figure
from benchmarks.pytest_run import SpoiltError

# Those that start processes come first, and each is imported when its turn comes: on Linux a child's peak memory is
# never less than what its parent had when it started it.
_QUICK = ("suite", "device", "judgements")
_SLOW = ("memory", "stability", "matrix", "real_clock", "broker", "sessions", "replica", "update")
_IN_ORDER = ("suite", *_SLOW, "device", "judgements")


def main() -> None:
    """The table, and what it was made on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How fast, how small, how steady.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(_IN_ORDER)}; default: the quick")
    parser.add_argument("--slow", action="store_true", help=f"the slow ones too: {', '.join(_SLOW)}")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(_IN_ORDER):
        parser.error(f"no such figures: {', '.join(sorted(unknown))}; expected some of {', '.join(_IN_ORDER)}")
    chosen = {*(arguments.names or _QUICK), *(_SLOW if arguments.slow else ())}
    _share_two_cores()
    print(f"Python {platform.python_version()}, {_machine()}", HEADING, sep="\n", flush=True)
    for name in _IN_ORDER:
        if name in chosen:
            _print(name)


def _print(name: str) -> None:
    figures: Callable[[], Iterator[Figure]] = import_module(f"benchmarks.{name}").figures
    try:
        for figure in figures():
            print(figure, flush=True)
    except SpoiltError as spoilt:  # the others may still be had
        print(f"{name} has no figures: {spoilt}", file=sys.stderr, flush=True)


def _share_two_cores() -> None:
    """The aims are for two; children inherit them."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return f"{platform.machine()}, {cores} cores, load {os.getloadavg()[0]:.1f} before the start"


if __name__ == "__main__":
    main()
