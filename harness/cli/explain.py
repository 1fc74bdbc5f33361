"""`setpoint explain ID`: what a requirement asks, where it comes from, what decides it, and who breaks it."""

import argparse
from collections.abc import Iterator, Mapping, Sequence

from harness.cli.overview import overview
from harness.cli.pytest_process import pytest_on_suites
from harness.errors import UsageError
from harness.judging.requirement import Catalogue, Requirement
from harness.target import Varied, resolve
from harness.wire.spec import Spec


class Explain:
    """Say what a requirement asks, where it comes from, which judgements decide it, and which devices break it."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The requirement."""
        about = "such as writeback.failure-after-a-minute; without one, every id is listed"
        parser.add_argument("id", metavar="ID", nargs="?", help=about)
        parser.add_argument("--table", action="store_true", help="how many there are by area and spec, in Markdown")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once it is said."""
        catalogue = Catalogue.read()
        listed = overview(catalogue) if arguments.table else _by_area(catalogue)
        for line in listed if arguments.id is None else _lines(catalogue[arguments.id]):
            print(line)  # noqa: T201 - what the operator asked for
        return 0


def _by_area(catalogue: Catalogue) -> Iterator[str]:
    """Every requirement in a line; an area is what stands before the dot."""
    area = None
    for requirement in sorted(catalogue, key=lambda requirement: requirement.id.partition(".")[0]):
        here = requirement.id.partition(".")[0]
        if here != area:
            yield from ([""] if area else [])
            yield here
            area = here
        yield f"  {requirement.id:<44}{'not judged' if requirement.untested else requirement.gist}"


def _lines(requirement: Requirement) -> Iterator[str]:
    yield f"{requirement.id}: {requirement.gist}"
    yield ""
    levels = ", ".join(f"{requirement.level(spec)} in {spec}" for spec in requirement.levels)
    yield f"Level:       {levels}"
    yield f"Source:      {requirement.source} (rows {', '.join(requirement.source.rows)})"
    for text, specs in _alike(requirement.unclear):
        yield f"Unclear:     {text}" + ("" if len(specs) == len(requirement.levels) else f" ({', '.join(specs)})")
    if requirement.untested:
        yield f"Not judged:  {requirement.untested}"
        return
    yield from _listed("Decided by:", _judgements(requirement))
    yield from _listed("Broken by:", _variants(requirement))
    variant = next(_variants(requirement), None)
    yield f"Try it:      pytest suites/ --only {requirement.id}" + (f" --variant {variant}" if variant else "")


def _alike(unclear: Mapping[Spec, str]) -> Iterator[tuple[str, Sequence[Spec]]]:
    """Every text, and the specs that it is about."""
    for text in dict.fromkeys(unclear.values()):
        yield text, [spec for spec in unclear if unclear[spec] == text]


def _listed(title: str, names: Iterator[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        yield f"{'' if number else title:<13}{name}"


def _variants(requirement: Requirement) -> Iterator[str]:
    """The simulated devices that break it, or show its other side."""
    simulator = resolve("sim")
    variants = simulator.variants if isinstance(simulator, Varied) else []
    return (variant.id for variant in variants if requirement.id in (variant.breaks, variant.shows))


def _judgements(requirement: Requirement) -> Iterator[str]:
    """Every judgement of the suites that covers it, under the newest of its specs."""
    spec = next(spec for spec in Spec if spec in requirement.levels)
    collected = pytest_on_suites(
        "-q", "--no-header", "--collect-only", "--only", requirement.id, "--spec", spec, capture=True
    )
    if collected.returncode:
        raise UsageError(f"the suites cannot be collected: {collected.stdout}{collected.stderr}")
    return (line for line in collected.stdout.splitlines() if "::" in line)
