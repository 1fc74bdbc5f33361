"""The command line of `setpoint`: commands are found, one is chosen, and however it ends is an exit code."""

import argparse
import sys
from collections.abc import Sequence

from harness.cli.command import Command, passes_on
from harness.cli.parsing import GROUP, command_of, parser_of, whole_parser
from harness.crash import our_fault, tell_crash
from harness.errors import HarnessError
from harness.interruption import carried_through
from harness.judging.verdicts.finding import Outcome
from harness.offers import offers
from harness.outlet import is_lost, kept_open, lose


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
    words = list(sys.argv[1:] if argv is None else argv)
    offer = offers(GROUP).get(words[0]) if words else None
    if offer is None:  # help, the version, a slip
        parser = whole_parser()
        parser.parse_args(words or ["--help"])
        parser.error("a COMMAND is missing")
    command = command_of(offer)
    code: object = command.run(_read(words[0], command, words[1:]))
    if not isinstance(code, int):
        raise offer.unusable(f"returned {code!r}; expected an exit code")
    return code


def _read(name: str, command: Command, words: Sequence[str]) -> argparse.Namespace:
    if passes_on(command) and not {"-h", "--help"} & {*words}:
        return argparse.Namespace(words=words)
    return parser_of(name, command).parse_args(words)


def _refused(sentence: str) -> int:
    print(f"setpoint: {sentence}", file=sys.stderr)  # noqa: T201 - to the operator
    return Outcome.UNUSABLE


def _crashed(error: Exception) -> int:
    """Our traceback, behind all that standard output has been given, and a sentence."""
    tell_crash(error)
    print(f"setpoint: {our_fault(error)}", file=sys.stderr)  # noqa: T201 - likewise
    return Outcome.HARNESS_ERROR
