"""What a device said of itself, gathered from its messages."""

from dataclasses import dataclass, field

from harness.wire.udmi import Odd, State, SystemState, Telemetry, Value

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
    states: int = 0
    telemetries: int = 0

    def state(self, state: State) -> None:
        """Who it is, and in which units its points are."""
        self.states += 1
        self.system = state.system or self.system
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

    def _point(self, name: str) -> HeardPoint:
        return self.points.setdefault(name, HeardPoint()) if len(self.points) < MOST else HeardPoint()
