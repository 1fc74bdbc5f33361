"""`setpoint explain ID`: what a requirement asks, where it comes from, what decides it, and who breaks it."""

import argparse
from collections.abc import Iterator

from harness.cli.pytest_process import pytest_on_suites
from harness.errors import UsageError
from harness.judging.requirement import Catalogue, Requirement
from harness.target import Varied, resolve


class Explain:
    """Say what a requirement asks, where it comes from, which judgements decide it, and which devices break it."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The requirement."""
        parser.add_argument("id", metavar="ID", help="such as writeback.failure-after-a-minute")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once it is said."""
        for line in _lines(Catalogue.read()[arguments.id]):
            print(line)  # noqa: T201 - what the operator asked for
        return 0


def _lines(requirement: Requirement) -> Iterator[str]:
    yield f"{requirement.id}: {requirement.gist}"
    yield ""
    levels = ", ".join(f"{requirement.level(spec)} in {spec}" for spec in requirement.levels)
    yield f"Level:       {levels}"
    yield f"Source:      {requirement.source} (rows {', '.join(requirement.source.rows)})"
    if requirement.unclear:
        yield f"Unclear:     {requirement.unclear}"
    if requirement.untested:
        yield f"Not judged:  {requirement.untested}"
        return
    yield from _listed("Decided by:", _judgements(requirement))
    yield from _listed("Broken by:", _variants(requirement))
    variant = next(_variants(requirement), None)
    yield f"Try it:      pytest suites/ --only {requirement.id}" + (f" --variant {variant}" if variant else "")


def _listed(title: str, names: Iterator[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        yield f"{'' if number else title:<13}{name}"


def _variants(requirement: Requirement) -> Iterator[str]:
    """The simulated devices that break it, or show its other side."""
    simulator = resolve("sim")
    variants = simulator.variants if isinstance(simulator, Varied) else []
    return (variant.id for variant in variants if requirement.id in (variant.breaks, variant.shows))


def _judgements(requirement: Requirement) -> Iterator[str]:
    """Every judgement of the suites that covers it."""
    collected = pytest_on_suites("-q", "--no-header", "--collect-only", "--only", requirement.id, capture=True)
    if collected.returncode:
        raise UsageError(f"the suites cannot be collected: {collected.stdout}{collected.stderr}")
    return (line for line in collected.stdout.splitlines() if "::" in line)
