"""The history of a device behind a replica that the harness plays: what it asked for, and what it was told. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from harness.judging.addresses import Addresses
from harness.judging.history import History
from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.verdict import CouldNotTest
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.judging.flat_document import flat, is_leaf_for_leaf
from harness.protocols.replica.words.content import Object, levels_of, object_at, object_in
from harness.protocols.replica.words.flow import APP, OTHERS, THE_SERVICE
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, topic_of
from harness.record.kinds import Received, Sent

Path: TypeAlias = tuple[str, ...]
DEEPEST = 60  # levels of a message that are looked at
_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class DeviceRequest:
    """Something that the device asked for. `content` None: it is no JSON object, or one that is far too deep."""

    place: int
    time: float
    operation: Operation
    payload: bytes = field(repr=False)
    content: Object | None = field(repr=False)

    @property
    def reported(self) -> Object | None:
        """The section of that name in an update."""
        return object_at(self.content, "state", "reported")

    @property
    def leaves(self) -> Mapping[Path, JSON]:
        """The values that it reports, by path."""
        return flat(self.reported or {})


@dataclass(frozen=True, slots=True)
class ReplicaMessage:
    """Something that the device was told."""

    place: int
    time: float
    operation: Operation
    level: AnswerLevel
    content: Object


@dataclass(frozen=True)
class ReplicaDeviceHistory(History):
    """One scenario, or the whole run."""

    profile: DeviceProfile

    @property
    def addresses(self) -> Addresses:
        """The topic at which the device is told what to change, and whose a topic is."""
        profile = self.profile
        kinds = {profile.topic(Operation.UPDATE): "updates", profile.topic(Operation.GET): "gets"}
        return Addresses(profile.id, profile.inbox, self._inbox_of, self._device_of, kinds)

    @property
    def declared_allowance(self) -> float:
        """As the profile declares."""
        return self.profile.network_allowance

    @cached_property
    def requests(self) -> Sequence[DeviceRequest]:
        """All that the device asked for, in order."""
        operations = {self.profile.topic(operation): operation for operation in Operation}
        return [
            DeviceRequest(place, one.time, operations[one.topic], one.payload, _content(one))
            for place, one in self.placed()
            if isinstance(one, Received) and one.topic in operations and not one.retain and one.connection != OTHERS
        ]

    @cached_property
    def updates(self) -> Sequence[DeviceRequest]:
        """Its updates."""
        return [one for one in self.requests if one.operation is Operation.UPDATE]

    @cached_property
    def told(self) -> Sequence[ReplicaMessage]:
        """All that it was told, and that can be read: what is malformed on purpose is none of it."""
        return [
            ReplicaMessage(place, one.time, *levels, content)
            for place, one in self.placed()
            if isinstance(one, Sent | Received)
            and (levels := self._levels.get(one.topic))
            and (content := object_in(one.payload))
        ]

    @cached_property
    def is_watched(self) -> bool:
        """Whether the replica is the operator's own, and under test as well: what it does is no deed of ours."""
        return any(
            isinstance(one, Sent | Received) and one.connection in (THE_SERVICE, APP)
            for one in self.records_before(self.end)
        )

    def must_have_been_told(self, since: Stimulus, leaves: Mapping[Path, JSON] | None = None) -> None:
        """Raises CouldNotTest where the operator's own replica told the device nothing, or nothing of these leaves."""
        if not self.is_watched:
            return
        later = [one for one in self.told if one.place > since.place]
        if leaves is None and later:
            return
        for one in later:
            for told in _to_be_done(one):
                if leaves and is_leaf_for_leaf({path: told[path] for path in leaves if path in told}, leaves):
                    return
        raise CouldNotTest(f"the service, which is under test as well, told the device nothing of {since}")

    @cached_property
    def has_tokens(self) -> bool:
        """Whether any request of the run so far has a client token; null is none."""
        return self._sends("clientToken")

    @cached_property
    def has_versions(self) -> bool:
        """Whether any request of the run so far has a version; null is none."""
        return self._sends("version")

    def _sends(self, field: str) -> bool:
        topics = {self.profile.topic(operation) for operation in Operation}
        requests = (one for one in self.records_before(self.end) if isinstance(one, Received) and one.topic in topics)
        return any((_content(one) or {}).get(field) is not None for one in requests)

    def updates_after(self, place: int, until: int | None = None) -> list[DeviceRequest]:
        """Those behind that place, and before the other."""
        return [one for one in self.updates if place < one.place < (self.end if until is None else until)]

    def repeatable_before(self, place: int, lately: float) -> set[tuple[Operation, frozenset[Path]]]:
        """Requests of so many seconds before that nobody accepted, by what they tell of: they may still be repeated."""
        operations = {self.profile.topic(operation): operation for operation in Operation}
        accepting = {self.profile.topic(operation, AnswerLevel.ACCEPTED) for operation in Operation}
        answered, asked = set[str](), list[tuple[Operation, Object]]()
        begins = self.record_at(place).time - lately
        for record in self.records_before(place):
            if isinstance(record, Sent | Received) and record.topic in self._levels:
                body = object_in(record.payload) or {}
                if record.topic in accepting or body.get("code") == _NOT_FOUND:
                    answered.add(_token(body))
            if isinstance(record, Received) and record.topic in operations and record.time >= begins:
                asked.append((operations[record.topic], _content(record) or {}))
        return {
            (operation, frozenset(flat(object_at(content, "state", "reported") or {})))
            for operation, content in asked
            if _token(content) not in answered
        }

    def reported_before(self, place: int) -> Mapping[Path, JSON]:
        """The latest value of every property that was reported in the run up to there."""
        topic, told = self.profile.topic(Operation.UPDATE), dict[Path, JSON]()
        for record in self.records_before(place):
            is_its_own = isinstance(record, Received) and record.connection != OTHERS
            if isinstance(record, Received) and is_its_own and record.topic == topic and not record.retain:
                told |= flat(object_at(_content(record), "state", "reported") or {})
        return told

    @property
    def _levels(self) -> Mapping[str, tuple[Operation, AnswerLevel]]:
        return {self.profile.topic(one, level): (one, level) for one in Operation for level in AnswerLevel}

    def _inbox_of(self, device: str) -> str:
        return topic_of(ReplicaId(device), self.profile.scheme, Operation.UPDATE, AnswerLevel.DELTA)

    def _device_of(self, topic: str) -> str | None:
        """The device whose topic that is, whether it is a request's or an answer's."""
        levels = topic.split("/")
        if self.profile.scheme is Scheme.SEED:
            return levels[1] if levels[0] == "state" and len(levels) > 2 else None  # noqa: PLR2004 - state/ID/…
        return levels[2] if topic.startswith("$aws/things/") and len(levels) > 4 else None  # noqa: PLR2004 - likewise


def _token(content: Object | None) -> str:
    """The token as it can be compared; what has none has the same."""
    return json.dumps((content or {}).get("clientToken"))


def _content(message: Received) -> Object | None:
    content = object_in(message.payload)
    return content if content is not None and levels_of(content) <= DEEPEST else None


def _to_be_done(message: ReplicaMessage) -> Iterator[Mapping[Path, JSON]]:
    """The leaves of which a message says that they are desired: a delta's, and those in the answer to a get."""
    if message.level is AnswerLevel.DELTA:
        yield flat(object_at(message.content, "state") or {})
    if message.operation is Operation.GET:
        for name in ("delta", "desired"):
            yield flat(object_at(message.content, "state", name) or {})
