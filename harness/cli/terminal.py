"""The command line of `setpoint`: commands are found, one is chosen, and however it ends is an exit code."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn, cast

from harness.cli.command import Command, problem_of
from harness.crash import our_fault, tell_crash
from harness.errors import HarnessError, UsageError
from harness.interruption import carried_through
from harness.judging.verdicts.finding import Outcome
from harness.offers import Offer, offers
from harness.outlet import is_lost, kept_open, lose


class _Parser(argparse.ArgumentParser):
    """A slip of the operator's must not look like an undecided device: argparse would exit with 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(Outcome.UNUSABLE, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """The `setpoint` command: its exit code, however it ends."""
    with kept_open():
        try:
            code = _run(argv)
            sys.stdout.flush()
        except OSError as error:
            if not is_lost(error):
                return _crashed(error)
            lose(error)
            return Outcome.UNUSABLE
        except HarnessError as error:
            return _refused(str(error))
        except KeyboardInterrupt:
            with carried_through(also_ctrl_c=True):
                return _refused("interrupted")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours
            return _crashed(error)
        return code


def _run(argv: Sequence[str] | None) -> int:
    parser = _Parser(prog="setpoint", description="Conformance harness and device simulator")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    unusable: dict[str, UsageError] = {}
    for name, offer in offers("setpoint.commands").items():
        try:
            command = _command(offer)
        except UsageError as error:  # of another package: it takes no other command with it
            unusable[name] = error
            commands.add_parser(name, help=f"cannot be used; `setpoint {name}` says why")
            continue
        summary = (command.__doc__ or "").partition("\n")[0]
        sub = commands.add_parser(name, help=summary, description=summary)
        command.add_arguments(sub)
        sub.set_defaults(command=command, offer=offer)
    words = sys.argv[1:] if argv is None else argv
    if words and words[0] in unusable:
        raise unusable[words[0]]
    arguments = parser.parse_args(words)
    chosen: Command = arguments.command
    code: object = chosen.run(arguments)
    if not isinstance(code, int):
        raise arguments.offer.unusable(f"returned {code!r}; expected an exit code")
    return code


def _command(offer: Offer) -> Command:
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


def _refused(sentence: str) -> int:
    print(f"setpoint: {sentence}", file=sys.stderr)  # noqa: T201 - to the operator
    return Outcome.UNUSABLE


def _crashed(error: Exception) -> int:
    """Our traceback, behind all that standard output has been given, and a sentence."""
    tell_crash(error)
    print(f"setpoint: {our_fault(error)}", file=sys.stderr)  # noqa: T201 - likewise
    return Outcome.HARNESS_ERROR
