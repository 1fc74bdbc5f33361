"""The declaration of a device: its identity, and how each of its points takes a write."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from harness.errors import UsageError
from harness.payload.values import Value
from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.text import counted

__all__ = ["Point", "PointKind", "Profile", "Setting", "udmi_profile"]


class PointKind(StrEnum):
    """How a write to a point goes."""

    WRITABLE = "writable"
    READ_ONLY = "read_only"
    OVERRIDDEN = "overridden"
    SLOW = "slow"
    STUCK = "stuck"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Setting:
    """A point's part of a config; judgements find it by its label. `value` None releases the point.

    `stops_in`: seconds until the point's stop_time, where it is to have one. `settles_in`: seconds in which the point
    is to have settled.
    """

    point: str
    value: Value | None
    label: str
    field: str = "set_value"
    stops_in: float | None = None
    settles_in: float = 20.0


@dataclass(frozen=True, slots=True)
class Point:
    """One point. `good` values differ from each other and from what the point shows by itself.

    Without any, no value is known that may be written to the point, and none ever is.
    `elsewhere` gives, for other units that the point can be switched to, a good value in them.
    `moves` are values that the point can be brought to show by itself; it is left at the first. `settles_within`:
    seconds in which a good value is applied, where the profile says more than the kind does.
    `tolerance`: how far a number that the point shows may be from the one that was written, as where the device keeps
    four bytes of it; without, they are to be equal.
    `guessed` names lines that a draft has filled in and nobody has confirmed; such a point is never written.
    """

    name: str
    kind: PointKind
    good: tuple[Value, ...]
    out_of_range: Value | None = None
    wrong_type: Value | None = None
    units: str | None = None
    elsewhere: Mapping[str, Value] = field(default_factory=dict)
    moves: tuple[float, ...] = ()
    guessed: tuple[str, ...] = ()
    settles_within: float | None = None
    tolerance: float = 0.0

    @classmethod
    def declared(cls, name: str, raw: Mapping[str, Any]) -> "Point":
        """From a file's table that was held against its schema; what else stands there is not the profile's."""
        said = {key: raw[key] for key in _OPTIONAL if key in raw}
        said |= {key: tuple(raw[key]) for key in ("moves", "guessed") if key in raw}
        return cls(name, PointKind(raw["kind"]), tuple(raw["good"]), **said)

    @property
    def settles_in(self) -> float:
        """Seconds in which a good value is applied."""
        return self.settles_within or (A_MINUTE if self.kind is PointKind.SLOW else PROMPTLY)

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value in the point's own units that is written to it, or that it is brought to show."""
        others = (value for value in (self.out_of_range, self.wrong_type) if value is not None)
        return (*self.good, *others, *self.moves)

    @property
    def span(self) -> float:
        """The distance between the first two good values, of a point that has them and is a number."""
        first, second = (value if isinstance(value, int | float) else 0.0 for value in self.good[:2])
        return abs(second - first)

    def to(self, value: Value, label: str) -> Setting:
        """A write of the value."""
        return Setting(self.name, value, label, settles_in=self.settles_in)

    def easing(self, value: Value, label: str, stops_in: float) -> Setting:
        """A write of the value that has a stop_time, so many seconds from now."""
        return Setting(self.name, value, label, stops_in=stops_in, settles_in=self.settles_in)

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
    in which {id} stands for the device. `nameplate`: what the device is to say of itself. `wiring`: what every config
    says of its place in the site. `guessed`: lines that a draft filled in and nobody has confirmed. `limits`: seconds,
    by the names of those limits of the suites that the device needs longer.
    """

    id: str
    points: Mapping[str, Point]
    time_to_failure: float | None = None
    network_allowance: float = 1.0
    topics: str = UDMI
    nameplate: Nameplate = field(default_factory=Nameplate)
    wiring: SitePlacement = field(default_factory=SitePlacement)
    guessed: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)

    def patience(self, limit: str, usual: float) -> float:
        """Seconds for which a wait of ours, of that many seconds, goes on: no less than the limit is stretched to."""
        return max(usual, self.limits.get(limit, 0.0))

    @property
    def inbox(self) -> str:
        """The topic of its configs."""
        return Topics.of(self.id, self.topics).config

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The topics of its states, its telemetry and its log."""
        topics = Topics.of(self.id, self.topics)
        return (topics.state, topics.telemetry, topics.system)

    def id_at(self, inbox: str) -> str | None:
        """The id of the device whose configs come there, under the same scheme; None: none's do."""
        scheme = re.escape(self.topics).replace(re.escape("{id}"), "([^/+#]+)")
        found = re.fullmatch(f"{scheme}/config", inbox)
        return found[1] if found else None

    @property
    def own_filters(self) -> tuple[str, ...]:
        """All that lies below its own topic."""
        return (f"{Topics.of(self.id, self.topics).root}/#",)

    def of_kind(self, kind: PointKind) -> list[Point]:
        """Every point that surely is of that kind and may be written, in the order of the profile."""
        return [point for point in self.points.values() if point.kind is kind and point.good and not point.guessed]

    @property
    def name_on_a_broker(self) -> str:
        """The device's name in all that runs of ours leave on a broker: their claim, their notes, their client ids.

        Under UDMI's own topics it is the id. Where topics begin otherwise, two registries may have a device of the
        same id, so the name has a digest of the root as well; the root itself has signs that no client id may have.
        """
        if self.topics == UDMI:
            return self.id
        root = Topics.of(self.id, self.topics).root
        return f"{self.id}-{hashlib.sha256(root.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

    @property
    def guess(self) -> str | None:
        """That nobody has confirmed what some points are, in words, and how that is done; None where all are."""
        guessed = [point for point in self.points.values() if point.guessed]
        if "points" in self.guessed and not self.points:
            return (
                "that it has no points is a draft's guess: confirm it by `setpoint profile --confirm FILE`, or add them"
            )
        if not guessed:
            return None
        first, more = guessed[0], len(guessed) - 1
        others = f", as is that of {counted(more, 'more point')}" if more else ""
        return (
            f"the kind of {first.name} is a draft's guess{others}: confirm it by `setpoint profile --confirm FILE`, "
            f"or take the line guessed out of [points.{first.name}]"
        )

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> "Profile":
        """From the record. Raises UsageError where it is none."""
        try:
            return msgspec.convert(raw, cls)
        except msgspec.ValidationError as error:
            raise UsageError(f"not a profile: {error}") from error


def udmi_profile(declared: object) -> Profile:
    """The profile of a target, which may be of another protocol. Raises UsageError where it is."""
    if not isinstance(declared, Profile):
        raise UsageError(f"this takes the profile of a UDMI device, and not a {type(declared).__name__}")
    return declared


POINTLESS = "the profile has no points: if the device has any, add them as [points.*]"
PROMPTLY, A_MINUTE = 20.0, 60.0  # seconds that a point may take which is writable, or slow
_OPTIONAL = ("out_of_range", "wrong_type", "units", "elsewhere", "tolerance", "settles_within")
