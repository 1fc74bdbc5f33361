"""Seconds and counts, as an operator types them. argparse shows an ArgumentTypeError beside its option."""

import argparse
from collections.abc import Callable


def seconds(text: str) -> float:
    """More than none, and not for ever. Raises ArgumentTypeError."""
    try:
        typed = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds") from None
    if not 0 < typed < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not more than 0")
    return typed


def count_of(things: str, at_most: int | None = None) -> Callable[[str], int]:
    """A type that reads how many things there are to be, 1 at least; it raises ArgumentTypeError."""
    expected = f"1 to {at_most}" if at_most else "1 or more"

    def count(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= (at_most or int(text)):
            raise argparse.ArgumentTypeError(f"{text!r} is no number of {things}; expected {expected}")
        return int(text)

    return count
