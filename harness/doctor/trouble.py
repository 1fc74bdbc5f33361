"""One thing that is amiss: whose it is, what it is in a sentence, and the line that mends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from harness.wire.reader import brief, printable

_LONGEST = 600  # characters of a sentence; a device may have names as long as it likes
_LONGEST_NAME = 60
_MOST = 5  # names that are told one by one


class Whose(StrEnum):
    """Who can mend it."""

    PROFILE = "your profile"
    NETWORK = "your network"
    DEVICE = "your device"
    TOOL = "our tool"


class Weight(IntEnum):
    """How much it spoils."""

    MINOR = 1  # good to know
    GRAVE = 2  # some verdicts will be wrong, or missing
    BLOCKING = 3  # no verdict will come about


@dataclass(frozen=True, slots=True)
class Trouble:
    """Whatever of it comes from a device does nothing to a terminal, and has an end."""

    whose: Whose
    weight: Weight
    what: str
    mend: str

    def __post_init__(self) -> None:
        for name in ("what", "mend"):
            object.__setattr__(self, name, _harmless(getattr(self, name)))

    def as_dict(self) -> dict[str, str]:
        """For the results."""
        return {"whose": self.whose, "weight": self.weight.name.lower(), "what": self.what, "mend": self.mend}


def named(text: str) -> str:
    """A name that somebody else has given, in its place in a sentence."""
    return printable(text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME] + "…")


def valued(value: object) -> str:
    """A value, as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + named(value).replace('"', '\\"') + '"'
    return brief(value)


def listed(names: Iterable[str]) -> str:
    """The first few, and how many more there are."""
    all_of_them = [named(name) for name in names]
    more = len(all_of_them) - _MOST
    return ", ".join(all_of_them[:_MOST]) + (f" and {more} more" if more > 0 else "")


def _harmless(text: str) -> str:
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in cut)
