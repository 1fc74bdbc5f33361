"""A crash of ours, told: never the device's failure, and nothing that the operator typed."""

import sys
import traceback

from harness.text import printable


def our_fault(error: BaseException) -> str:
    """The sentence. Of a group of errors, the first that is none itself is named."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"Setpoint itself failed: {printable(repr(error))}"


def tell_crash(error: BaseException) -> None:
    """The traceback, on standard error. What a device said may stand in it, so it is made harmless."""
    sys.stdout.flush()
    lines = "".join(traceback.format_exception(error)).split("\n")
    print(*(printable(line) for line in lines), sep="\n", end="", file=sys.stderr)  # noqa: T201 - for us
