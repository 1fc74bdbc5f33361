"""`setpoint explain NAME`: a requirement, an area of them, or a simulated device that is broken or odd, in words."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from harness.cli.explaining.of_requirement import lines_of_requirement
from harness.cli.explaining.of_variant import SimulatedVariant, lines_of_variant, simulated_variants
from harness.cli.explaining.overview import overview
from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.suggest import hinted


class Explain:
    """Say what a requirement asks, where it comes from, what judges it, and which simulated devices break it."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint explain": "every requirement in a line",
        "setpoint explain merge.leaves-the-rest": "a requirement: levels, source, judgements, who breaks it",
        "setpoint explain merge update-agent": "an area; all that is asked of a subject",
        "setpoint explain replaces-objects answers-after-2-s": "a deviation; a quirk",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The names."""
        about = "a requirement, an area, a subject, a deviation or a quirk; without any, all requirements"
        parser.add_argument("names", metavar="NAME", nargs="*", help=about)
        parser.add_argument("--table", action="store_true", help="how many there are by area and spec, in Markdown")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once it is said. Raises UsageError for what there is not, before anything is said."""
        catalogue = Catalogue.read()
        told = [_told(name, catalogue, simulated_variants()) for name in arguments.names]
        listed = overview(catalogue) if arguments.table else by_area(catalogue)
        for number, lines in enumerate(told or [listed]):
            for line in [*([""] if number else []), *lines]:
                print(line)  # noqa: T201 - what the operator asked for
        return 0


def _told(name: str, catalogue: Catalogue, variants: Mapping[str, Sequence[SimulatedVariant]]) -> Iterable[str]:
    """Of whatever has that name. Raises UsageError, with the nearest, where nothing has it."""
    if name in catalogue.names():
        named = catalogue.named(name)
        return lines_of_requirement(named[0], catalogue) if named[0].id == name else by_area(named)
    if name in variants:
        return lines_of_variant(variants[name], catalogue)
    kind = "requirement" if "." in name else "name"
    raise UsageError(hinted(f"unknown {kind} {name!r}", name, [*catalogue.names(), *variants]))


def by_area(requirements: Iterable[Requirement]) -> Iterator[str]:
    """Every requirement in a line."""
    area = None
    for requirement in sorted(requirements, key=lambda requirement: requirement.area):
        if requirement.area != area:
            yield from ([""] if area else [])
            yield requirement.area
            area = requirement.area
        yield f"  {requirement.id:<44}{'not judged' if requirement.untested else requirement.gist}"
