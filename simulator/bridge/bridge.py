"""A bridge: what a replica says, what a device shows, and time in; requests and desired states out.

It waits for nothing and reads no clock. It asks the replica for all of it whenever it is connected, and again where a
request has no answer; so what is lost on the way is made good then.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from harness.machine.effects import Effect, Publish, WakeAt
from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_at, object_in, whole_number
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, topic_of
from harness.protocols.update.profile import OnNewDesiredState, UpdateProfile
from harness.protocols.update.words.envelope import encoded, read_message
from harness.protocols.update.words.inventory import read_inventory
from harness.protocols.update.words.pairs import Pairs
from harness.protocols.update.words.topics import MessageKind
from simulator.bridge.software import SECTION, Versions, desired_state, installed_in, reported_in, wanted_in
from simulator.bridge.under_way import UnderWay

LARGEST = 256 * 1024  # bytes of a message from a replica that is read; one holds 8 KiB, and tells of it twice at most
_GAP = 10.0  # seconds after which a request without an answer is given up, and the replica asked anew
_NOT_FOUND = 404
_NEVER = math.inf
_LATER = (429, 500)  # the codes of a service that may take the same request another time


@dataclass(frozen=True, slots=True)
class ReplicaConnected:
    """The connection to the replica's broker is there."""


@dataclass(frozen=True, slots=True)
class ReplicaSaid:
    """A message came from the replica's broker."""

    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class DeviceShown:
    """The device has published its current state."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class DeviceReported:
    """The device has published feedback."""

    payload: bytes


BridgeEvent: TypeAlias = ReplicaConnected | ReplicaSaid | DeviceShown | DeviceReported


@dataclass(frozen=True, slots=True)
class _PendingRequest:
    """A request without its answer. `told`: the versions that it reports; null where a component is gone."""

    operation: Operation
    token: str
    told: Mapping[str, JSON]
    due: float


def content_of(payload: bytes) -> dict[str, JSON] | None:
    """The object that a message of a replica is; None: it is none, or larger than any is."""
    return object_in(payload) if len(payload) <= LARGEST else None


class ReplicaBridge:
    """Between the device with that profile and its replica, which has the device's id."""

    def __init__(self, profile: UpdateProfile, scheme: Scheme = Scheme.SEED) -> None:
        self._profile, self._scheme = profile, scheme
        self._answers = {
            self._topic(operation, level): (operation, level)
            for operation in (Operation.GET, Operation.UPDATE)
            for level in (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED, AnswerLevel.DELTA)
        }
        self._installed: Mapping[str, tuple[str, Pairs]] | None = None  # it has shown nothing yet
        self._told: Mapping[str, JSON] | None = None  # what the replica holds as reported; None: nobody knows
        self._wanted: Versions = {}
        self._tried: Versions = {}
        self._under_way, self._waits_until = UnderWay(profile), _NEVER
        self._pending: _PendingRequest | None = None
        self._version = self._requests = 0

    def receive(self, event: BridgeEvent, now: float) -> list[Effect]:
        """Something happened."""
        out: list[Effect] = []
        match event:
            case ReplicaConnected():
                out += self._ask(now)
            case ReplicaSaid(topic, payload):
                out += self._hear(topic, payload, now)
            case DeviceShown(payload):
                body = read_message(payload, enveloped=self._profile.envelope).body
                if body is not None:
                    self._installed = installed_in(read_inventory(body))
                    out += self._go_on(now)
            case DeviceReported(payload):
                self._under_way.hear(payload, now)
        return [*out, *self.wake(now)]

    def wake(self, now: float) -> list[Effect]:
        """Ask anew where nobody answered, and desire what had to wait."""
        out = [*self._ask(now)] if self._pending and self._pending.due <= now else []
        if self._waits_until < _NEVER and self._under_way.until(now) <= now:
            out += self._go_on(now)
        return [*out, WakeAt(min(self._pending.due if self._pending else _NEVER, self._waits_until))]

    def _hear(self, topic: str, payload: bytes, now: float) -> Iterator[Effect]:
        operation, level = self._answers.get(topic, (None, None))
        body = content_of(payload)
        if operation is None or body is None:
            return
        version = whole_number(body.get("version")) or 0
        if level is AnswerLevel.DELTA:
            yield from self._differs(object_at(body, "state"), version, now)
            return
        pending = self._pending
        if pending is None or (operation, body.get("clientToken")) != (pending.operation, pending.token):
            return
        if level is AnswerLevel.REJECTED:
            yield from self._refused(pending, whole_number(body.get("code")), now)
            return
        self._pending = None
        if operation is Operation.GET:
            self._version, self._wanted = version, wanted_in(object_at(body, "state", "delta") or {}).versions
            self._told = reported_in(object_at(body, "state", "reported") or {})
        else:
            self._version = max(self._version, version)
            self._note(pending.told)
        yield from self._go_on(now)

    def _differs(self, state: Mapping[str, JSON] | None, version: int, now: float) -> Iterator[Effect]:
        """A delta that is older than the last is late, or of a replica that was made anew: the replica is asked."""
        if version < self._version:
            yield from () if self._pending else self._ask(now)
        elif state is not None:
            self._version, self._wanted = version, wanted_in(state).versions
            yield from self._go_on(now)

    def _refused(self, pending: _PendingRequest, code: int | None, now: float) -> Iterator[Effect]:
        """A report that is not taken is made again when there is something else to tell, or the connection is new."""
        if code in _LATER:
            return
        self._pending = None
        if pending.operation is Operation.GET and code == _NOT_FOUND:
            self._version, self._wanted, self._told = 0, {}, {}
        self._note(pending.told)
        yield from self._go_on(now)

    def _note(self, told: Mapping[str, JSON]) -> None:
        if self._told is not None:
            both = {**self._told, **told}
            self._told = {name: version for name, version in both.items() if version is not None}

    def _go_on(self, now: float) -> Iterator[Effect]:
        """Report what is new, and desire what was not yet desired."""
        if self._installed is None or self._told is None:
            return
        if self._pending is None:
            yield from self._report(self._installed, self._told, now)
        yield from self._desire(self._installed, now)

    def _report(
        self, installed: Mapping[str, tuple[str, Pairs]], told: Mapping[str, JSON], now: float
    ) -> Iterator[Effect]:
        new: dict[str, JSON] = {name: one for name, (one, _) in installed.items() if told.get(name) != one}
        new |= {name: None for name in told if name not in installed}
        if new:
            content: dict[str, JSON] = {"state": {"reported": {SECTION: new}}}
            yield self._request(Operation.UPDATE, content, new, now)

    def _desire(self, installed: Mapping[str, tuple[str, Pairs]], now: float) -> Iterator[Effect]:
        """Once for every version that is wanted: what the device does not take, it does not take the next time.

        A device that rejects what comes while it is at something else gets it behind that.
        """
        self._waits_until = _NEVER
        open_ = {name: one for name, one in self._wanted.items() if installed.get(name, ("", ()))[0] != one}
        if any(self._tried.get(name) != one for name, one in open_.items()):
            ends = self._under_way.until(now)
            if self._profile.on_new_desired_state is OnNewDesiredState.REJECT and ends > now:
                self._waits_until = ends
                return
            content, profile = desired_state(open_, installed).as_json(), self._profile
            activity = f"replica-{round(now * 1000)}"
            payload = encoded(content, activity=activity, now=now, enveloped=profile.envelope)
            yield Publish(profile.topic(MessageKind.DESIRED_STATE), payload, qos=1)
        self._tried = open_

    def _ask(self, now: float) -> Iterator[Effect]:
        self._told = None
        yield self._request(Operation.GET, {}, {}, now)

    def _request(self, operation: Operation, content: dict[str, JSON], told: Mapping[str, JSON], now: float) -> Publish:
        token = f"bridge-{round(now * 1000)}-{self._requests}"
        self._requests += 1
        self._pending = _PendingRequest(operation, token, told, now + _GAP)
        payload = json.dumps({**content, "clientToken": token}, separators=(",", ":")).encode()
        return Publish(self._topic(operation), payload, qos=1)

    def _topic(self, operation: Operation, level: AnswerLevel | None = None) -> str:
        return topic_of(ReplicaId(self._profile.id), self._scheme, operation, level)
