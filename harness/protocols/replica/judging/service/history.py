"""Messages that passed between a service and the clients that the harness played. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from harness.judging.addresses import Addresses
from harness.judging.history import History
from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.verdict import NotShown
from harness.payload.values import JSON
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.content import Object, object_at, object_in, whole_number
from harness.protocols.replica.words.flow import REPORT
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, answer_at, request_at, topic_of
from harness.record.kinds import Provoked, Received, Record, Sent


class Feature(StrEnum):
    """A part of a service that the source document does not ask for, by what a message shows of it."""

    VERSION = "version"
    TOKEN = "clientToken"  # noqa: S105 - the name of a field
    TIMESTAMP = "timestamp"
    METADATA = "metadata"
    REJECTION = "rejected"
    CODE = "code"
    SIZE = "a size or depth that is refused"


@dataclass(frozen=True, slots=True)
class HeardMessage:
    """Something that the service said. `content` None: it is no JSON object. `connection`: ours that heard it."""

    place: int
    time: float
    connection: str
    replica: ReplicaId
    operation: Operation
    level: AnswerLevel
    content: Object | None

    @property
    def version(self) -> int | None:
        """The version that it tells; None where it tells none that is a whole number."""
        of_now = object_at(self.content, "current") if self.level is AnswerLevel.DOCUMENTS else self.content
        return whole_number((of_now or {}).get("version"))

    @property
    def token(self) -> JSON:
        """The client token that it tells; None where it tells none."""
        return (self.content or {}).get("clientToken")

    def says_the_same_as(self, other: "HeardMessage") -> bool:
        """Whether it is the other once more, as MQTT may deliver a message twice."""
        return (self.replica, self.operation, self.level, self.content) == (
            other.replica,
            other.operation,
            other.level,
            other.content,
        )


@dataclass(frozen=True)
class ServiceHistory(History):
    """`features`: of those that the source does not ask for, the ones that the service showed anywhere in the run."""

    profile: ServiceProfile
    spec: ReplicaSpec
    features: frozenset[Feature]

    @property
    def addresses(self) -> Addresses:
        """The topics of the device with the bare id."""
        profile = self.profile
        answers = {
            topic_of(ReplicaId(profile.id), profile.scheme, Operation.UPDATE, level): f"{level}s"
            for level in AnswerLevel
        }
        return Addresses(profile.id, profile.inbox, self._inbox_of, profile.id_at, answers)

    @property
    def declared_allowance(self) -> float:
        """As the profile declares."""
        return self.profile.network_allowance

    @cached_property
    def sent(self) -> Sequence[tuple[int, Sent]]:
        """All that we sent; and what a device reported that is under test as well, as if we had played it."""
        steps = {
            record.detail.get("place"): record.label
            for _, record in self.placed()
            if isinstance(record, Provoked) and record.name == REPORT and isinstance(record.detail, dict)
        }
        found: list[tuple[int, Sent]] = []
        for place, record in self.placed():
            if isinstance(record, Sent):
                found.append((place, record))
            elif isinstance(record, Received) and not record.retain and self._is_report(record):
                report = (record.time, record.topic, record.payload, steps.get(place, ""))
                found.append((place, Sent(*report, connection=record.connection)))
        return found

    def stimulus(self, place: int, time: float, words: str, on_its_way: float = 0.0) -> Stimulus:
        """As of every history; a report that we heard was made by then, and no earlier than it may have been late."""
        if isinstance(self.record_at(place), Received):
            return Stimulus(place, place, time - self.allowance, time, words)
        return super().stimulus(place, time, words, on_its_way)

    def _is_report(self, record: Received) -> bool:
        asked = request_at(record.topic, self.profile.scheme)
        is_update = asked is not None and asked[1] is Operation.UPDATE
        return is_update and object_at(object_in(record.payload), "state", "reported") is not None

    @cached_property
    def heard(self) -> Sequence[HeardMessage]:
        """All that the service said, in order; what is retained was said to others."""
        return list(heard_in(self.records, self.first, self.profile))

    def needs(self, feature: Feature) -> None:
        """Raises NotShown where the source does not ask for that, and the service shows nothing of it.

        Raises CouldNotTest where it was not given the whole occasion to.
        """
        if self.spec is ReplicaSpec.SEED and feature not in self.features:
            self.went_all_the_way()
            raise NotShown(f"no message of the service shows {feature}, and the source document asks for none")

    def _inbox_of(self, device: str) -> str:
        return topic_of(ReplicaId(device), self.profile.scheme, Operation.UPDATE)


def heard_in(records: Sequence[Record], first: int, profile: ServiceProfile) -> Iterator[HeardMessage]:
    """The messages of a service among the records."""
    pretended = set[tuple[str, bytes]]()  # we published it ourselves, at a topic of the service's
    for place, record in enumerate(records, start=first):
        if isinstance(record, Sent) and answer_at(record.topic, profile.scheme):
            pretended.add((record.topic, record.payload))
        is_its_own = isinstance(record, Received) and (record.topic, record.payload) not in pretended
        if isinstance(record, Received) and is_its_own and not record.retain:
            found = answer_at(record.topic, profile.scheme)
            if found:
                yield HeardMessage(place, record.time, record.connection, *found, object_in(record.payload))


def features_in(heard: Sequence[HeardMessage]) -> frozenset[Feature]:
    """The features that these messages show: a field that is null in all of them shows nothing."""
    fields = {name for one in heard for name, told in (one.content or {}).items() if told is not None}
    shown = {feature for feature in _FIELDS if feature in fields}
    is_refusing = any(one.operation is Operation.UPDATE and one.level is AnswerLevel.REJECTED for one in heard)
    refusals = [one.content or {} for one in heard if one.level is AnswerLevel.REJECTED]
    is_coded = any(told.get("code") is not None for told in refusals)
    is_bounded = any(told.get("code") == _TOO_LARGE for told in refusals)
    beside = {Feature.REJECTION: is_refusing, Feature.CODE: is_coded, Feature.SIZE: is_bounded}
    return frozenset(shown | {feature for feature, is_shown in beside.items() if is_shown})


def request_of(topic: str, history: ServiceHistory) -> tuple[ReplicaId, Operation] | None:
    """The request that a topic is for."""
    return request_at(topic, history.profile.scheme)


_TOO_LARGE = 413
_FIELDS = (Feature.VERSION, Feature.TOKEN, Feature.TIMESTAMP, Feature.METADATA)
