"""What a device said of itself, gathered from its messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.nameplate import FAMILIES, Nameplate
from harness.wire.udmi import Field, Odd, State, SystemState, Telemetry, Value

MOST = 1000  # points; who names more is not drafted to the end


@dataclass
class HeardPoint:
    """The latest that was said of one point."""

    units: str | None = None
    shows: Value | None = None


@dataclass
class Heard:
    """Filled message by message."""

    points: dict[str, HeardPoint] = field(default_factory=dict)
    system: SystemState | None = None
    addresses: Mapping[str, Field[str]] = field(default_factory=dict)
    states: int = 0
    telemetries: int = 0
    has_more: bool = False  # points than are kept

    def state(self, state: State) -> None:
        """Who it is, and in which units its points are."""
        self.states += 1
        self.system = state.system or self.system
        self.addresses = state.addresses or self.addresses
        for name, point in state.points.items():
            heard = self._point(name)
            if isinstance(point.units, str) and point.units:
                heard.units = point.units

    def telemetry(self, telemetry: Telemetry) -> None:
        """What its points show."""
        self.telemetries += 1
        for name, shown in telemetry.readings.items():
            heard = self._point(name)
            if shown is not None and not isinstance(shown, Odd):
                heard.shows = shown

    @property
    def nameplate(self) -> Nameplate:
        """What it said of itself, as far as that can be read."""
        system = self.system or SystemState()
        return Nameplate(
            _text(system.make),
            _text(system.model),
            _text(system.serial_no),
            {part: text for part, version in system.software.items() if (text := _text(version))},
            {name: text for name in FAMILIES if (text := _text(self.addresses.get(name)))},
        )

    def _point(self, name: str) -> HeardPoint:
        """The point of that name; one too many is forgotten at once."""
        if name not in self.points and len(self.points) >= MOST:
            self.has_more = True
            return HeardPoint()
        return self.points.setdefault(name, HeardPoint())


def _text(field: Field[str]) -> str | None:
    return field if isinstance(field, str) and field else None
