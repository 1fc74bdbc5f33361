"""The check that a vendor's own tests make of a command: it passes ours, and names what is amiss with others."""

import argparse
from importlib.metadata import EntryPoint, entry_points

import pytest

from harness.cli import Command, check_command


class Good:
    """Do it."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """An option."""
        parser.add_argument("--hard")

    def run(self, _arguments: argparse.Namespace) -> int:
        """Done."""
        return 0


class Wordless(Good):
    """Its words are taken from it."""


Wordless.__doc__ = None


class Idle:
    """Do nothing."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Nothing."""


class Once(Good):
    """Keep the first parser."""

    kept: argparse.ArgumentParser | None = None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """To the first, always."""
        self.kept = self.kept or parser
        self.kept.add_argument("--hard")


@pytest.mark.parametrize("point", entry_points(group="setpoint.commands"), ids=lambda point: point.name)
def test_commands_of_ours_are_fit(point: EntryPoint) -> None:
    check_command(point.load())


def test_command_of_a_vendor_is_fit() -> None:
    check_command(Good)


@pytest.mark.parametrize(
    ("make", "amiss"),
    [
        (Wordless, "this is no command: a Wordless has no docstring, whose first line would be its help"),
        (Idle, "this is no command: a Idle has no method 'run'"),
        (lambda: None, "this is no command: a NoneType has no method 'add_arguments'"),
    ],
)
def test_command_that_is_unfit_is_told_what_is_amiss(make: type[Command], amiss: str) -> None:
    with pytest.raises(AssertionError, match=amiss):
        check_command(make)


def test_command_that_keeps_its_first_parser_is_unfit() -> None:
    with pytest.raises(argparse.ArgumentError, match="conflicting option"):
        check_command(Once)
