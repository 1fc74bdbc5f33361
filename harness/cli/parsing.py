"""The parser of `setpoint`: commands are found by their entry points, and each says what it takes.

The one rule: a command of another package that is of no use takes no other with it.
"""

import argparse
import sys
from typing import NoReturn, cast

from harness.cli.command import Command, examples_of, problem_of
from harness.errors import UsageError
from harness.judging.verdicts.finding import Outcome
from harness.offers import Offer, offers
from harness.provenance import harness

GROUP = "setpoint.commands"
_ABOUT = "Conformance harness and device simulator for devices that a cloud controls over MQTT."
_EXAMPLES = "examples:"
_FIRST = f"""{_EXAMPLES}
  setpoint test --device=sim
      judge the devices that come with Setpoint; then open reports/latest/report.html
  setpoint COMMAND --help
      what a command takes, with examples"""


class CommandParser(argparse.ArgumentParser):
    """A slip of the operator's must not look like an undecided device: argparse would exit with 2."""

    def error(self, message: str) -> NoReturn:
        """Usage, the slip, and exit code 3."""
        self.print_usage(sys.stderr)
        self.exit(Outcome.UNUSABLE, f"{self.prog}: {message}\n")


def whole_parser() -> CommandParser:
    """The parser of all commands, with one line in place of a command that is of no use."""
    parser = CommandParser(prog="setpoint", description=_ABOUT, epilog=_FIRST, formatter_class=_KeepingExamples)
    parser.add_argument("--version", action=_Version, nargs=0, help="say which Setpoint this is")
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, offer in offers(GROUP).items():
        try:
            command = command_of(offer)
        except UsageError:
            commands.add_parser(name, help=f"cannot be used; `setpoint {name}` says why")
            continue
        summary = _summary(command)
        _say(commands.add_parser(name, help=summary, formatter_class=_KeepingExamples), command)
    return parser


def parser_of(name: str, command: Command) -> CommandParser:
    """The parser of what stands behind the command's name: importing all others takes longer than many a command."""
    parser = CommandParser(prog=f"setpoint {name}", formatter_class=_KeepingExamples)
    _say(parser, command)
    return parser


def command_of(offer: Offer) -> Command:
    """Raises UsageError, which names the package, where it is none."""
    make = offer.load()
    if not callable(make):
        raise offer.unusable(f"makes no command: it cannot be called, as it is {make!r}")
    command: object = offer.fares("cannot be made", make)
    if (problem := problem_of(command)) is not None:
        raise offer.unusable(f"makes no command: {problem}")
    known = cast("Command", command)
    if not offer.is_ours:
        offer.fares("cannot say what it takes", lambda: known.add_arguments(argparse.ArgumentParser()))
    return known


def _say(parser: CommandParser, command: Command) -> None:
    parser.description = _summary(command)
    examples = [f"  {line}\n      {purpose}" for line, purpose in examples_of(command).items()]
    parser.epilog = "\n".join([_EXAMPLES, *examples]) if examples else None
    command.add_arguments(parser)


def _summary(command: Command) -> str:
    return (command.__doc__ or "").partition("\n")[0]


class _KeepingExamples(argparse.HelpFormatter):
    """A command line is shown as it is typed; all other text is filled."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if text.startswith(_EXAMPLES) else super()._fill_text(text, width, indent)


class _Version(argparse.Action):
    """Worked out when it is asked for: git tells the commit."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        print(f"setpoint {harness()}")  # noqa: T201 - what the operator asked for
        parser.exit()
