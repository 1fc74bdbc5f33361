"""Steps of a fuzzed sequence, as data; each knows the line of a scenario that does the same."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from harness.payload.values import Value
from harness.protocols.udmi.driving.counterpart import Expiry
from harness.protocols.udmi.words.device_events import NAMES, ChangeUnits, DeviceEvent, Restart


class Rests(StrEnum):
    """The etag of a config: that of the latest state, that of the very first, or none."""

    LATEST = "latest"
    FIRST = "first"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WriteStep:
    """A config that sets these points. None releases one."""

    values: tuple[tuple[str, Value | None], ...]
    rests: Rests
    expiry: Expiry

    def line(self, number: int) -> str:
        """In a scenario."""
        settings = [f'Setting({name!r}, {value!r}, "{name} {number}")' for name, value in dict(self.values).items()]
        etag = {Rests.LATEST: [], Rests.FIRST: ["etag=first_etag"], Rests.NONE: ["etag=None"]}[self.rests]
        return f"await cloud.write({', '.join([*settings, *etag, f'expiry={self.expiry!r}'])})"


@dataclass(frozen=True, slots=True)
class SayAgain:
    """A new config that wants what the one before wanted."""

    def line(self, number: int) -> str:
        """In a scenario."""
        return f'await cloud.say_again("again {number}")'


@dataclass(frozen=True, slots=True)
class Redeliver:
    """The very same config once more."""

    def line(self, number: int) -> str:
        """In a scenario."""
        return f'await cloud.redeliver("redelivered {number}")'


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes at the config's topic that are no config."""

    payload: bytes

    def line(self, number: int) -> str:
        """In a scenario."""
        del number
        return f"await cloud.leave({self.payload!r})"


@dataclass(frozen=True, slots=True)
class Happens:
    """Something happens on the device itself."""

    provocation: DeviceEvent

    @property
    def name(self) -> str:
        """The name of the provocation."""
        return NAMES[type(self.provocation)]

    @property
    def is_hung_on(self) -> bool:
        """Whether a scenario that cannot bring it about ends there."""
        return isinstance(self.provocation, ChangeUnits | Restart)

    def label(self, number: int) -> str:
        """Under which it is provoked."""
        return f"{self.name} {number}"

    def line(self, number: int) -> str:
        """In a scenario."""
        what, label = self.provocation, self.label(number)
        if isinstance(what, ChangeUnits):
            return f'await device.change_units(device.convertible("writable")[0], {what.units!r}, {label!r})'
        if isinstance(what, Restart):
            return f"await device.restart({label!r})"
        verb = {"break": "break_"}.get(self.name, self.name)
        return f"await device.{verb}({what.point!r}, {label!r})"


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing happens for so many seconds."""

    seconds: float

    def line(self, number: int) -> str:
        """In a scenario."""
        del number
        return f"await cloud.listen({self.seconds:g})"


Step: TypeAlias = WriteStep | SayAgain | Redeliver | Garbage | Happens | Wait
