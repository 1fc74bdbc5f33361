"""The replica that the harness plays opposite a device: a pure machine, which misbehaves on demand.

It keeps no limits, and does the least that a device needs. Its document is given to it, as suites think of one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.driving.device.faults import (
    AcceptedFirst,
    Delay,
    Mute,
    Refuse,
    ReplicaFault,
    Swap,
    Twice,
)
from harness.protocols.replica.words.content import Object, levels_of, object_in
from harness.protocols.replica.words.topics import AnswerLevel, Operation, Scheme

_DEEPEST = 60  # levels that are read of a device's message
Patch = Mapping[str, JSON]
Leaves = Mapping[tuple[str, ...], JSON]


class ReplicaDocument(Protocol):
    """Desired and reported, path by path. Nothing is changed in place."""

    @property
    def desired(self) -> Leaves:
        """The leaves that are wanted."""

    @property
    def reported(self) -> Leaves:
        """The leaves that the device reports."""

    @property
    def delta(self) -> Leaves:
        """The desired leaves that are not reported so."""

    @property
    def version(self) -> int:
        """How many updates there were."""

    def after(self, state: Mapping[str, Patch | None] | None) -> "ReplicaDocument":
        """After that update."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A message to the device, `after` so many seconds."""

    operation: Operation
    level: AnswerLevel
    topic: str
    content: Object
    after: float = 0.0

    @property
    def payload(self) -> bytes:
        """Its bytes."""
        return json.dumps(self.content, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass
class PlayedReplica:
    """`exists`: whether there is a document. Faults are in force until `recover`.

    `has_left_open`: whether it refused a request, or did not answer one.
    """

    profile: DeviceProfile
    document: ReplicaDocument
    exists: bool = False
    has_left_open: bool = False
    _faults: list[tuple[ReplicaFault, int]] = field(default_factory=list)
    _held: list[Saying] = field(default_factory=list)

    def suffer(self, *faults: ReplicaFault) -> None:
        """These are in force from now on, beside those that are."""
        self._faults += [(fault, fault.times) for fault in faults]

    def recover(self) -> None:
        """Nothing is wrong any more. What was held is never said."""
        self._faults.clear()
        self._held.clear()

    def hear(self, topic: str, payload: bytes, now: float) -> list[Saying]:
        """The device asks for something."""
        operation = next((one for one in Operation if self.profile.topic(one) == topic), None)
        if operation is None:
            return []
        body = object_in(payload) if payload or operation is Operation.UPDATE else {}
        if body is None or levels_of(body) > _DEEPEST:
            return self._bent([self._refused(operation, {}, 400, "Invalid JSON", now)])
        refusal = self._use(lambda fault: isinstance(fault, Refuse) and fault.operation is operation)
        if isinstance(refusal, Refuse):
            self.has_left_open = True
            return self._bent([self._refused(operation, body, refusal.code, "refused by the harness", now)])
        match operation:
            case Operation.GET:
                return self._bent([self._got(body, now)])
            case Operation.UPDATE:
                return self._bent(self._updated(body, now))
            case Operation.DELETE:
                return self._bent([self.delete(now)])

    def want(self, patch: Patch, now: float) -> list[Saying]:
        """A component desires that."""
        return self._bent(self._updated({"state": {"desired": dict(patch)}}, now))

    def want_nothing(self) -> None:
        """No component desires anything any more, and nobody is told."""
        self.document = self.document.after({"desired": None})

    def count_on(self) -> None:
        """The version goes up, and nothing else."""
        self.document = self.document.after({})

    def delete(self, now: float) -> Saying:
        """The document is gone; its version is not."""
        self.exists = False
        self.document = self.document.after(None)
        content: Object = {"version": self.document.version, "timestamp": int(now)}
        return self._saying(Operation.DELETE, AnswerLevel.ACCEPTED, content)

    def delta(self, now: float) -> Saying:
        """All that the device is to change, once more."""
        content: Object = {"state": nested(self.document.delta), **self._tail({}, now)}
        return self._saying(Operation.UPDATE, AnswerLevel.DELTA, content)

    def _updated(self, body: Object, now: float) -> list[Saying]:
        state = body.get("state")
        sections = state if isinstance(state, dict) else {}
        patches: dict[str, Object | None] = {}
        for name in ("desired", "reported"):
            section = sections.get(name)
            if section is None or isinstance(section, dict):
                patches |= {name: section} if name in sections else {}
            else:
                return [self._refused(Operation.UPDATE, body, 400, f"{name.title()} node must be an object", now)]
        if not isinstance(state, dict):
            return [self._refused(Operation.UPDATE, body, 400, "State node must be an object", now)]
        self.document = self.document.after(patches)
        self.exists = True
        tail = self._tail(body, now)
        delta: Object = {"state": nested(self.document.delta), **tail}
        if self.profile.scheme is Scheme.SEED and patches.get("reported"):
            delta["reported"] = patches["reported"]
        accepted = self._saying(Operation.UPDATE, AnswerLevel.ACCEPTED, {"state": {**patches}, **tail})
        if not delta["state"] and "reported" not in delta:
            return [accepted]
        sayings = [self._saying(Operation.UPDATE, AnswerLevel.DELTA, delta), accepted]
        return sayings[::-1] if self._use(lambda fault: isinstance(fault, AcceptedFirst)) else sayings

    def _got(self, body: Object, now: float) -> Saying:
        if not self.exists:
            return self._refused(Operation.GET, body, 404, f"No shadow exists with name: {self.profile.id}", now)
        document = self.document
        parts = {"desired": document.desired, "reported": document.reported, "delta": document.delta}
        state: Object = {name: nested(leaves) for name, leaves in parts.items() if leaves}
        return self._saying(Operation.GET, AnswerLevel.ACCEPTED, {"state": state, **self._tail(body, now)})

    def _refused(self, operation: Operation, body: Object, code: int, message: str, now: float) -> Saying:
        content: Object = {"code": code, "message": message, "timestamp": int(now), **_token(body)}
        return self._saying(operation, AnswerLevel.REJECTED, content)

    def _tail(self, body: Object, now: float) -> Object:
        return {"version": self.document.version, "timestamp": int(now), **_token(body)}

    def _saying(self, operation: Operation, level: AnswerLevel, content: Object) -> Saying:
        return Saying(operation, level, self.profile.topic(operation, level), content)

    def _bent(self, sayings: Sequence[Saying]) -> list[Saying]:
        """The sayings that leave, with the faults that are in force."""
        out: list[Saying] = []
        for saying in sayings:
            match self._use(partial(_concerns, saying)):
                case Mute(level=level):
                    self.has_left_open = self.has_left_open or level is None
                    continue
                case Swap():
                    self._held.append(saying)
                    continue
                case Twice():
                    out += [saying, saying]
                case Delay(seconds=seconds):
                    out.append(Saying(saying.operation, saying.level, saying.topic, saying.content, seconds))
                case _:
                    out.append(saying)
            behind = [one for one in self._held if one.topic == saying.topic]
            self._held = [one for one in self._held if one not in behind]
            out += behind
        return out

    def _use(self, concerns: Callable[[ReplicaFault], bool]) -> ReplicaFault | None:
        """The first fault in force that concerns it, once more."""
        for place, (fault, left) in enumerate(self._faults):
            if left > 0 and concerns(fault):
                self._faults[place] = fault, left - 1
                return fault
        return None


def nested(leaves: Leaves) -> Object:
    """Objects in objects, of leaves by their paths."""
    content: Object = {}
    for path, leaf in leaves.items():
        place = content
        for name in path[:-1]:
            inner = place.setdefault(name, {})
            place = inner if isinstance(inner, dict) else {}
        place[path[-1]] = leaf
    return content


def _concerns(saying: Saying, fault: ReplicaFault) -> bool:
    match fault:
        case Mute(operation, None):
            answers = (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)
            return saying.operation is operation and saying.level in answers
        case Mute(operation, level) | Twice(operation, level) | Swap(operation, level) | Delay(operation, level):
            return (saying.operation, saying.level) == (operation, level)
    return False


def _token(body: Object) -> Object:
    """The token of a request, as it came; null is none."""
    return {} if body.get("clientToken") is None else {"clientToken": body["clientToken"]}
