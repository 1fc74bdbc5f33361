"""The versions of the rules that devices are held to."""

from collections.abc import Callable
from difflib import get_close_matches
from enum import StrEnum

from harness.errors import UsageError


class Spec(StrEnum):
    """A version of the rules."""

    UDMI_1_5 = "udmi-1.5"
    WRITEBACK_2021 = "writeback-2021"
    WRITEBACK_DRAFT = "writeback-draft"
    POINTSET_2021 = "pointset-2021"


def add_option(add: Callable[..., object]) -> None:
    """`--spec`, wherever somebody speaks to a device, or as one."""
    add("--spec", metavar="SPEC", help=f"{', '.join(Spec)}; default: {Spec.UDMI_1_5}")


def spec_of(typed: str | None) -> Spec:
    """What the operator typed, or the newest. Raises UsageError, with what is possible."""
    if typed is None:
        return Spec.UDMI_1_5
    try:
        return Spec(typed)
    except ValueError:
        nearest = get_close_matches(typed, list(Spec), n=1)
        hint = f"did you mean {nearest[0]!s}?" if nearest else f"expected one of {', '.join(Spec)}"
        raise UsageError(f"--spec is {typed!r}; {hint}") from None
