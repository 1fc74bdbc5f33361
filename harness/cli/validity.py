"""`setpoint validity`: the matrix of deviations and quirks."""

import argparse

from harness.cli.pytest_process import pytest_on_suites
from harness.wire.spec import add_option as add_spec


class Validity:
    """See every judgement fail on a device that breaks its clause, and none on odd ones that conform."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The target, and a single variant."""
        parser.add_argument("--device", default="sim", metavar="TARGET", help="a target that can be driven broken")
        add_spec(parser.add_argument)
        parser.add_argument("--variant", metavar="ID", help="only this one")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 if nothing is missed and nobody is wrongly accused."""
        chosen = ["--variant", arguments.variant] if arguments.variant else []
        chosen += ["--spec", arguments.spec] if arguments.spec else []
        return pytest_on_suites("-p", "no:terminal", "--validity", "--device", arguments.device, *chosen).returncode
