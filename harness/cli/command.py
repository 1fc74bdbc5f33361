"""Sub-commands of `setpoint`, and the check of one for the tests of its authors."""

import argparse
from collections.abc import Callable, Mapping
from typing import Protocol


class Command(Protocol):
    """One sub-command; its docstring's first line is its help.

    It may also have `examples`, a mapping of whole command lines to what each is for, which its help shows; and
    `passes_on = True`: what is typed behind its name is not read, but handed to `run` as `arguments.words`.
    """

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what it takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it. The exit code; HarnessError where the operator is to be told why not."""


def examples_of(command: Command) -> Mapping[str, str]:
    """Command lines, and what each is for."""
    examples: Mapping[str, str] = getattr(command, "examples", {})
    return examples


def passes_on(command: Command) -> bool:
    """Whether another program reads what is typed behind its name."""
    return bool(getattr(command, "passes_on", False))


def problem_of(command: object) -> str | None:
    """The reason why the object is no command, in words that follow a colon; None: it is one."""
    for name in ("add_arguments", "run"):
        if not callable(getattr(command, name, None)):
            return f"a {type(command).__name__} has no method {name!r}"
    if not (command.__doc__ or "").partition("\n")[0].strip():
        return f"a {type(command).__name__} has no docstring, whose first line would be its help"
    if not isinstance(getattr(command, "examples", {}), Mapping):
        return f"the examples of a {type(command).__name__} are no mapping of command lines to what each is for"
    return None


def check_command(make: Callable[[], Command]) -> None:
    """Raises AssertionError, with what is amiss, unless `make` makes a command that `setpoint` can offer.

    It has all that a command has, and says what it takes twice, each time to a parser of its own: it may not keep the
    first one.
    """
    command = make()
    if (problem := problem_of(command)) is not None:
        raise AssertionError(f"this is no command: {problem}")
    for _ in range(2):
        command.add_arguments(argparse.ArgumentParser())
