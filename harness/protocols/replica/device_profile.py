"""The profile of a device behind a replica: its properties, and values that it takes and refuses. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

import msgspec

from harness.errors import UsageError
from harness.payload.values import JSON as PROPER_JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, request_at, topic_of
from harness.text import printable

if TYPE_CHECKING:
    JSON = PROPER_JSON
else:  # msgspec reads it while we run, and knows no type that is made of itself
    JSON = Any

_INBOXES = {
    Operation.UPDATE: (AnswerLevel.DELTA, AnswerLevel.ACCEPTED, AnswerLevel.REJECTED),
    Operation.GET: (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED),
}


class ValueKind(StrEnum):
    """The type of a property's values, in the words of JSON Schema."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    ARRAY = "array"


@dataclass(frozen=True, slots=True)
class DeclaredProperty:
    """One property. `name` is a path, its parts joined by dots: `color.hue` is `hue` in the object `color`.

    `good`: values that it takes, or that it may come to have by itself, where it is `read_only`. `impossible`: one that
    it does not take; None: there is none. `counts`: the property whose executions it counts.
    """

    name: str
    type: ValueKind
    good: tuple[JSON, ...] = ()
    impossible: JSON = None
    read_only: bool = False
    counts: str | None = None

    def __hash__(self) -> int:
        return hash(self.name)  # a list among its values has none

    @property
    def path(self) -> tuple[str, ...]:
        """The names that lead to it."""
        return tuple(self.name.split("."))

    @property
    def is_settable(self) -> bool:
        """Whether a component may desire one of two values of it."""
        return not self.read_only and len(self.good) > 1


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """A device. `network_allowance`: seconds that a message may be late. `limits`: those that it stretches."""

    id: str
    properties: Mapping[str, DeclaredProperty]
    scheme: Scheme = Scheme.SEED
    network_allowance: float = 1.0
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def name_on_a_broker(self) -> str:
        """Its id: no two devices of one scheme have the same."""
        return self.id if self.scheme is Scheme.SEED else f"{self.id}-{self.scheme}"

    @property
    def inbox(self) -> str:
        """The topic at which it is told what to change."""
        return self.topic(Operation.UPDATE, AnswerLevel.DELTA)

    @property
    def answers(self) -> tuple[str, ...]:
        """All topics at which a replica speaks to it."""
        return tuple(self.topic(operation, level) for operation, levels in _INBOXES.items() for level in levels)

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The topics of its requests."""
        return (self.topic(Operation.UPDATE), self.topic(Operation.GET))

    @property
    def own_filters(self) -> tuple[str, ...]:
        """All of its topics."""
        return (f"{self.inbox.removesuffix('/update/delta')}/#",)

    def id_at(self, inbox: str) -> str | None:
        """The device that is told there what to change."""
        found = request_at(inbox.removesuffix("/delta"), self.scheme) if inbox.endswith("/delta") else None
        return found[0].device if found and found[1] is Operation.UPDATE and not found[0].name else None

    def topic(self, operation: Operation, level: AnswerLevel | None = None) -> str:
        """Of that request, or of what is said of it."""
        return topic_of(ReplicaId(self.id), self.scheme, operation, level)

    @property
    def settable(self) -> tuple[DeclaredProperty, ...]:
        """Every property of which two values may be desired."""
        return tuple(one for one in self.properties.values() if one.is_settable)

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """From the record. Raises UsageError where it is none."""
        try:
            return msgspec.convert(raw, cls)
        except msgspec.ValidationError as error:
            raise UsageError(f"this is no profile of a device behind a replica: {error}") from error


def declared_property(name: str, raw: Mapping[str, Any]) -> DeclaredProperty:
    """From its table in a file that was held against a schema; the words of others in it are left alone."""
    return DeclaredProperty(
        name,
        ValueKind(raw["type"]),
        tuple(raw.get("good", ())),
        raw.get("impossible"),
        raw.get("read_only", False),
        raw.get("counts"),
    )


def fits(kind: ValueKind, value: JSON) -> bool:
    """Whether the value is of that type. 5.0 is no integer here: a device may tell them apart."""
    match kind:
        case ValueKind.BOOLEAN:
            return isinstance(value, bool)
        case ValueKind.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case ValueKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ValueKind.STRING:
            return isinstance(value, str)
        case ValueKind.ARRAY:
            return isinstance(value, list)


def device_profile(declared: object) -> DeviceProfile:
    """The profile of a target, which may be of another protocol. Raises UsageError where it is."""
    if not isinstance(declared, DeviceProfile):
        name = printable(type(declared).__name__)
        raise UsageError(f"this takes the profile of a device behind a replica, and not a {name}")
    return declared
