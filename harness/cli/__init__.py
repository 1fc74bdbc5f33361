"""The terminal's face: `setpoint COMMAND`. Commands are found by the entry point `setpoint.commands`."""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import NoReturn, Protocol

from harness.errors import HarnessError
from harness.judging.finding import Outcome


class Command(Protocol):
    """One sub-command; its docstring's first line is its help."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what it takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it. The exit code; HarnessError where the operator is to be told why not."""


class _Parser(argparse.ArgumentParser):
    """A slip of the operator's must not look like an undecided device: argparse would exit with 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(Outcome.UNUSABLE, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """The `setpoint` command."""
    parser = _Parser(prog="setpoint", description="Conformance harness and device simulator")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for point in sorted(entry_points(group="setpoint.commands"), key=lambda point: point.name):
        command: Command = point.load()()
        summary = (command.__doc__ or "").partition("\n")[0]
        sub = commands.add_parser(point.name, help=summary, description=summary)
        command.add_arguments(sub)
        sub.set_defaults(command=command)
    arguments = parser.parse_args(argv)
    try:
        chosen: Command = arguments.command
        return chosen.run(arguments)
    except HarnessError as error:
        print(f"setpoint: {error}", file=sys.stderr)  # noqa: T201 - to the operator
        return Outcome.UNUSABLE
    except KeyboardInterrupt:
        print("setpoint: interrupted", file=sys.stderr)  # noqa: T201 - to the operator
        return Outcome.UNUSABLE
