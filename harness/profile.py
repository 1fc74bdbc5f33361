"""What a device declares about itself: who it is, and how each of its points takes a write."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from harness.errors import UsageError
from harness.nameplate import Nameplate
from harness.wire.topics import UDMI
from harness.wire.udmi import Value


class Kind(StrEnum):
    """How a write to a point goes."""

    WRITABLE = "writable"
    READ_ONLY = "read_only"
    OVERRIDDEN = "overridden"
    SLOW = "slow"
    STUCK = "stuck"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a config is to say of a point; judgements ask for it by its label. `value` None releases the point.

    `stops_in`: seconds until the point's stop_time, where it is to have one.
    """

    point: str
    value: Value | None
    label: str
    field: str = "set_value"
    stops_in: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One point. `good` values differ from each other and from what the point shows by itself.

    Without any, no value is known that may be written to the point, and none ever is.
    `elsewhere` gives, for other units that the point can be switched to, a good value in them.
    `moves` are values that the point can be brought to show by itself; it is left at the first.
    """

    name: str
    kind: Kind
    good: tuple[Value, ...]
    out_of_range: Value | None = None
    wrong_type: Value | None = None
    units: str | None = None
    elsewhere: Mapping[str, Value] = field(default_factory=dict)
    moves: tuple[float, ...] = ()

    @classmethod
    def declared(cls, name: str, raw: Mapping[str, Any]) -> "Point":
        """From a file's table that was held against its schema; what else stands there is not the profile's."""
        said = {key: raw[key] for key in ("out_of_range", "wrong_type", "units", "elsewhere") if key in raw}
        return cls(name, Kind(raw["kind"]), tuple(raw["good"]), moves=tuple(raw.get("moves", ())), **said)

    @property
    def span(self) -> float:
        """The distance between the first two good values, of a point that has them and is a number."""
        first, second = (value if isinstance(value, int | float) else 0.0 for value in self.good[:2])
        return abs(second - first)

    def to(self, value: Value, label: str) -> Setting:
        """A write of the value."""
        return Setting(self.name, value, label)

    def easing(self, value: Value, label: str, stops_in: float) -> Setting:
        """A write of the value that has a stop_time, so many seconds from now."""
        return Setting(self.name, value, label, stops_in=stops_in)

    def misspelt(self, value: Value, label: str) -> Setting:
        """The value in a field that no specification knows."""
        return Setting(self.name, value, label, field="ste_value")

    def unset(self, label: str) -> Setting:
        """No write any more."""
        return Setting(self.name, None, label)


@dataclass(frozen=True, slots=True)
class Profile:
    """A device's declaration.

    `network_allowance`: seconds by which a message may be late on its way. `topics`: what all its topics begin with,
    in which {id} stands for the device. `nameplate`: what the device is to say of itself.
    """

    id: str
    points: Mapping[str, Point]
    time_to_failure: float | None = None
    network_allowance: float = 1.0
    topics: str = UDMI
    nameplate: Nameplate = field(default_factory=Nameplate)

    def of_kind(self, kind: Kind) -> list[Point]:
        """Every point of that kind that may be written, in the order of the profile."""
        return [point for point in self.points.values() if point.kind is kind and point.good]

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> "Profile":
        """From the record. Raises UsageError where it is none."""
        try:
            points = {
                name: Point(
                    **{
                        **point,
                        "kind": Kind(point["kind"]),
                        "good": tuple(point["good"]),
                        "moves": tuple(point.get("moves", ())),
                    }
                )
                for name, point in raw["points"].items()
            }
            return cls(**{**raw, "points": points, "nameplate": Nameplate(**raw.get("nameplate", {}))})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UsageError(f"not a profile: {error}") from error
