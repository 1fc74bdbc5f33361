"""One thing that is amiss: whose it is, what it is in a sentence, and the line that mends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from harness.files import toml_writing
from harness.text import brief, plural, printable, shortened

_LONGEST = 600  # characters of a sentence; a device may have names as long as it likes
_LONGEST_NAME = 60
_MOST = 5  # names that are told one by one


class Party(StrEnum):
    """The party that can mend a problem."""

    PROFILE = "your profile"
    NETWORK = "your network"
    DEVICE = "your device"
    SERVICE = "your service"
    TOOL = "our tool"


class Severity(IntEnum):
    """How much it spoils."""

    MINOR = 1  # good to know
    GRAVE = 2  # some verdicts will be wrong, or missing
    BLOCKING = 3  # no verdict will come about


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, its weight, and how to mend it. Text from a device is escaped and cut.

    `lines`: those of the profile that it is for want of, as a plan names them.
    """

    whose: Party
    weight: Severity
    what: str
    mend: str
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("what", "mend"):
            object.__setattr__(self, name, printable(getattr(self, name), _LONGEST))


def named(text: str) -> str:
    """A name that somebody else has given, in its place in a sentence."""
    return printable(text, _LONGEST_NAME)


def valued(value: object) -> str:
    """A value, as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return toml_writing.value(shortened(value, _LONGEST_NAME))
    return brief(value)


def of_its(count: int, of: int, thing: str) -> str:
    """How many of all that the device has: `2 of its 3 messages`; `its only message`."""
    return plural(of, f"its only {thing}", f"{count} of its {of} {thing}s")


def listed(names: Iterable[str]) -> str:
    """The first few, and how many more there are."""
    all_of_them = [named(name) for name in names]
    more = len(all_of_them) - _MOST
    return ", ".join(all_of_them[:_MOST]) + (f" and {more} more" if more > 0 else "")
