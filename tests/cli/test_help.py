"""`setpoint` alone, its version, and the help of every command."""

import argparse
import shlex

import pytest

from harness.cli import Command
from harness.cli.command import examples_of, problem_of
from harness.cli.parsing import GROUP, command_of, parser_of
from harness.offers import offers
from harness.provenance import harness
from tests.cli.ended import ended

COMMANDS = sorted(name for name, offer in offers(GROUP).items() if offer.is_ours)


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_setpoint_alone_shows_its_commands(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = ended(*words)

    shown = capsys.readouterr().out
    assert code == 0
    assert all(f"  {name} " in shown or f"  {name}\n" in shown for name in COMMANDS)


def test_version_is_told_with_its_commit(capsys: pytest.CaptureFixture[str]) -> None:
    code = ended("--version")

    assert (code, capsys.readouterr().out) == (0, f"setpoint {harness()}\n")


@pytest.mark.parametrize("words", [["doctr"], ["--bogus"]])
def test_what_is_no_command_ends_with_3(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = ended(*words)

    assert (code, capsys.readouterr().out) == (3, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_has_examples_that_it_takes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = command_of(offers(GROUP)[name])
    examples = [line for line in examples_of(command) if line.startswith(f"setpoint {name}")]
    words = [shlex.split(line.partition(" > ")[0])[2:] for line in examples]

    code = ended(name, "--help")

    assert code == 0
    assert examples
    assert all(f"  {line}\n" in capsys.readouterr().out for line in examples[:1])
    assert all(_is_taken(command, name, each) for each in words)


def test_command_of_another_package_whose_examples_are_no_mapping_is_none() -> None:
    class Unfit:
        """A command."""

        examples = ("setpoint odd",)

        def add_arguments(self, _: argparse.ArgumentParser) -> None: ...

        def run(self, _: argparse.Namespace) -> int:
            return 0

    assert problem_of(Unfit()) == "the examples of a Unfit are no mapping of command lines to what each is for"


def _is_taken(command: Command, name: str, words: list[str]) -> bool:
    """Whether argparse reads them all; what is behind `test` pytest reads, so that its options are not known here."""
    read, rest = parser_of(name, command).parse_known_args(words)
    return bool(vars(read)) and (not rest or rest == ["-x"])
