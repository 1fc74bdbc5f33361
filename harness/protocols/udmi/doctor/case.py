"""A device's case, as data: from the records of a drive, and from what an examination learns beside them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Generic, TypeVar

from harness.doctor.case import Beside
from harness.doctor.case import Case as AnyCase
from harness.mqtt.packets import ObservedPacket
from harness.payload.values import Field, Value
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.codec import Codec, codec_of
from harness.protocols.udmi.words.messages import State, Telemetry
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Found, LinkLost, Opened, Received, Record, Sent, Stalled, began_in

M = TypeVar("M", State, Telemetry)


@dataclass(frozen=True, slots=True)
class Said(Generic[M]):
    """A message of the device's, and when it reached us; of a retained one nobody knows when it was said."""

    time: float
    message: M
    retain: bool = False


@dataclass(frozen=True)
class Case(AnyCase):
    """One device, and what it said.

    `payloads`: of the states that were said while we listened, as they came; `said`: of all messages.
    `foreign_configs`: those that somebody else sent in a run, at whatever time of it. `stalled`: seconds for which our
    own machine heard nothing, so that a message may have come so much sooner than it was heard.
    """

    profile: Profile
    sent: Sequence[bytes] = ()
    states: Sequence[Said[State]] = ()
    telemetry: Sequence[Said[Telemetry]] = ()
    payloads: Sequence[bytes] = ()
    said: Sequence[bytes] = ()
    foreign_configs: Sequence[bytes] = ()
    stalled: float = 0.0

    @property
    def codec(self) -> Codec:
        """Of the spec that it is to speak."""
        return codec_of(self.spec)

    @property
    def topics(self) -> Topics:
        """The topics of the profile."""
        return Topics.of(self.profile.id, self.profile.topics)

    @property
    def live_states(self) -> list[Said[State]]:
        """Said while we listened."""
        return [said for said in self.states if not said.retain]

    @property
    def live_telemetry(self) -> list[Said[Telemetry]]:
        """Said while we listened."""
        return [said for said in self.telemetry if not said.retain]

    @cached_property
    def readings(self) -> Mapping[str, Field[Value]]:
        """The latest of every point."""
        return {name: value for said in self.live_telemetry for name, value in said.message.readings.items()}


def case_of(records: Sequence[Record], beside: Beside | None = None) -> Case:
    """From what was recorded up to the first scenario, or to the first write: after that, values are ours.

    Of a flood, the first thousand messages of a topic are looked at, or the first 4 MB.
    """
    began = began_in(records)
    profile = Profile.from_dict(began.profile)
    topics, codec = Topics.of(profile.id, profile.topics), codec_of(began.spec)
    heard, spoken = list(_but_for_a_flood(_first_contact(records))), (topics.state, topics.telemetry, topics.system)
    return Case(
        began.target,
        began.time,
        began.spec,
        profile,
        next((record.payload for record in heard if isinstance(record, Found)), None),
        beside,
        beside.packets if beside else [record for record in records if isinstance(record, ObservedPacket)],
        sum(isinstance(record, LinkLost) for record in records),
        began.subject,
        sent=[record.payload for record in heard if isinstance(record, Sent)],
        states=_all_said(heard, topics.state, codec.decode_state),
        telemetry=_all_said(heard, topics.telemetry, codec.decode_telemetry),
        payloads=[r.payload for r in heard if isinstance(r, Received) and r.topic == topics.state and not r.retain],
        foreign_configs=[r.payload for r in islice(_others(records, topics.config), MOST_FOREIGN)],
        said=[r.payload for r in heard if isinstance(r, Received) and r.topic in spoken and not r.retain],
        stalled=sum(record.seconds for record in heard if isinstance(record, Stalled)),
    )


MOST_FOREIGN = 100  # configs of somebody else that are looked at


def _others(records: Sequence[Record], inbox: str) -> Iterator[Received]:
    return (one for one in records if isinstance(one, Received) and one.topic == inbox and not one.retain)


def _first_contact(records: Sequence[Record]) -> Sequence[Record]:
    for place, record in enumerate(records):
        if isinstance(record, Opened) or (isinstance(record, Sent) and (record.desired or record.resets)):
            return records[:place]
    return records


def _but_for_a_flood(records: Iterable[Record]) -> Iterator[Record]:
    room = defaultdict[str, _Room](_Room)
    for record in records:
        if not isinstance(record, Received) or room[record.topic].takes(record):
            yield record


@dataclass(slots=True)
class _Room:
    """For the messages of one topic."""

    messages: int = 1_000
    bytes: int = 4 * 1024 * 1024

    def takes(self, message: Received) -> bool:
        """Whether there is room left."""
        if self.messages <= 0 or self.bytes <= 0:
            return False
        self.messages, self.bytes = self.messages - 1, self.bytes - len(message.payload)
        return True


def _all_said(records: Sequence[Record], topic: str, decode: Callable[[bytes], M]) -> list[Said[M]]:
    return [
        Said(record.time, decode(record.payload), record.retain)
        for record in records
        if isinstance(record, Received) and record.topic == topic
    ]
