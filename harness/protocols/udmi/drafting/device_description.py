"""A device's own description, gathered from its messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.payload.values import Field, IllTyped, Value
from harness.protocols.udmi.nameplate import FAMILIES, Nameplate
from harness.protocols.udmi.words.messages import State, SystemState, Telemetry
from harness.protocols.udmi.words.site_placement import SitePlacement

MOST = 1000  # points; who names more is not drafted to the end


@dataclass
class DescribedPoint:
    """The latest that was said of one point."""

    units: str | None = None
    shows: Value | None = None


@dataclass
class DeviceDescription:
    """Filled message by message. `wiring`: what is known of its place in the site, though not by itself."""

    points: dict[str, DescribedPoint] = field(default_factory=dict)
    system: SystemState | None = None
    addresses: Mapping[str, Field[str]] = field(default_factory=dict)
    wiring: SitePlacement = field(default_factory=SitePlacement)
    has_pointset: bool = False  # whether it speaks of points at all, though it may name none
    states: int = 0
    telemetries: int = 0
    has_more: bool = False  # points than are kept

    def state(self, state: State) -> None:
        """Take in a state: identity and units."""
        self.states += 1
        self.system = state.system or self.system
        self.has_pointset = self.has_pointset or state.pointset is not None
        self.addresses = state.addresses or self.addresses
        for name, point in state.points.items():
            heard = self._point(name)
            if isinstance(point.units, str) and point.units:
                heard.units = point.units

    def telemetry(self, telemetry: Telemetry) -> None:
        """Take in telemetry: the values of points."""
        self.telemetries += 1
        self.has_pointset = True
        for name, shown in telemetry.readings.items():
            heard = self._point(name)
            if shown is not None and not isinstance(shown, IllTyped):
                heard.shows = shown

    @property
    def speaks_without_points(self) -> bool:
        """Whether there was something to hear, and no point in it."""
        return bool(self.states or self.telemetries) and not self.points

    @property
    def nameplate(self) -> Nameplate:
        """The nameplate that it reports, as far as it can be read."""
        system = self.system or SystemState()
        return Nameplate(
            _text(system.make),
            _text(system.model),
            _text(system.serial_no),
            {part: text for part, version in system.software.items() if (text := _text(version))},
            {name: text for name in FAMILIES if (text := _text(self.addresses.get(name)))},
        )

    def _point(self, name: str) -> DescribedPoint:
        """The point of that name; one too many is forgotten at once."""
        if name not in self.points and len(self.points) >= MOST:
            self.has_more = True
            return DescribedPoint()
        return self.points.setdefault(name, DescribedPoint())


def _text(field: Field[str]) -> str | None:
    return field if isinstance(field, str) and field else None
