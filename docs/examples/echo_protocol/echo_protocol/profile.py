"""The profile of an echoing device: the name that its topics are made of."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from harness.errors import UsageError
from harness.files.toml_file import TomlFile
from harness.provocations.way import Way
from harness.target.declared import Declared

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # a level of a topic, without wildcards
_SCHEMA = Path(__file__).parent / "profile.json"


@dataclass(frozen=True, slots=True)
class EchoProfile:
    """A device by its id. `network_allowance`: seconds by which a message may be late on its way."""

    id: str
    network_allowance: float = 1.0

    @property
    def name_on_a_broker(self) -> str:
        """Its id: there are no two of one id."""
        return self.id

    @property
    def inbox(self) -> str:
        """The topic at which it is called."""
        return f"echo/{self.id}/call"

    @property
    def answer(self) -> str:
        """The topic at which it answers."""
        return f"echo/{self.id}/answer"

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The topics at which it speaks."""
        return (self.answer,)

    @property
    def own_filters(self) -> tuple[str, ...]:
        """All of its topics."""
        return (f"echo/{self.id}/#",)

    def id_at(self, inbox: str) -> str | None:
        """The id in a topic at which a device is called."""
        found = re.fullmatch(rf"echo/({_ID.pattern})/call", inbox)
        return found and found[1]

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """From the record. Raises UsageError where it is none."""
        match raw:
            case {"id": str(name), "network_allowance": int() | float() as allowance} if _ID.fullmatch(name):
                return cls(name, allowance)
        raise UsageError("this is no profile of an echo: id and network_allowance are asked for")


@dataclass(frozen=True, slots=True)
class EchoFile:
    """A profile as the operator gives it. Nothing can be provoked on an echo."""

    profile: EchoProfile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()


def echo_profile(profile: Declared) -> EchoProfile:
    """The profile of an echo. Raises UsageError where it is of another protocol."""
    if isinstance(profile, EchoProfile):
        return profile
    raise UsageError(f"{profile.id} has a profile of another protocol")


def read_profile(where: Path) -> EchoFile:
    """From a TOML file. Raises UsageError with its line."""
    file = TomlFile.read(where, _SCHEMA, "echo")
    return EchoFile(EchoProfile(**file.content), {})
