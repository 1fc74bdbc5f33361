"""What was heard of a device, as data: from the records of a drive, and from what an examination learns beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from harness.doctor.door import Door
from harness.profile import Profile
from harness.record import Began, Found, Opened, Received, Record, Sent
from harness.wire.codec import Codec, codec_of
from harness.wire.seen import Seen
from harness.wire.topics import Topics
from harness.wire.udmi import Field, State, Telemetry, Value

M = TypeVar("M", State, Telemetry)
AT_REST = "rest"  # the label of the config that follows first contact


@dataclass(frozen=True, slots=True)
class Said(Generic[M]):
    """A message of the device's, and when it reached us; of a retained one nobody knows when it was said."""

    time: float
    message: M
    retain: bool = False


@dataclass
class Beside:
    """What an examination learns that the record of a drive does not show. It fills as the examination goes on.

    `configs`: what came at the device's config topic; None: we were not let in to hear it. `elsewhere`: other topics
    that the broker carries, and whether they were only retained; None: nobody looked. `lost`: why our session ended
    though we had not ended it. `silent_for`: seconds that the device was waited for.
    `not_put_back`: the folder that still has what lay there.
    """

    door: Door | None = None
    seen: list[Seen] = field(default_factory=list)
    has_own_broker: bool = False
    configs: list[Received] | None = None
    elsewhere: dict[str, bool] | None = None
    lost: list[str] = field(default_factory=list)
    refused: str | None = None
    spoke: bool = False
    silent_for: float = 0.0
    not_put_back: str | None = None


@dataclass(frozen=True)
class Case:
    """One device. `beside` None: only first contact was heard, not an examination.

    `payloads`: of the states that were said while we listened, as they came.
    """

    target: str
    began: float
    profile: Profile
    codec: Codec
    found: bytes | None = None
    sent: Sequence[bytes] = ()
    states: Sequence[Said[State]] = ()
    telemetry: Sequence[Said[Telemetry]] = ()
    beside: Beside | None = None
    payloads: Sequence[bytes] = ()

    @property
    def topics(self) -> Topics:
        """Where the profile says that the device is."""
        return Topics.of(self.profile.id, self.profile.topics)

    @property
    def live_states(self) -> list[Said[State]]:
        """Said while we listened."""
        return [said for said in self.states if not said.retain]

    @property
    def live_telemetry(self) -> list[Said[Telemetry]]:
        """Said while we listened."""
        return [said for said in self.telemetry if not said.retain]

    @property
    def readings(self) -> Mapping[str, Field[Value]]:
        """The latest of every point."""
        return {name: value for said in self.live_telemetry for name, value in said.message.readings.items()}


def case_of(records: Sequence[Record], beside: Beside | None = None) -> Case:
    """From what was recorded up to the first scenario, or to the first write: after that, values are ours."""
    began = next(record for record in records if isinstance(record, Began))
    profile = Profile.from_dict(began.profile)
    topics, codec = Topics.of(profile.id, profile.topics), codec_of(began.spec)
    heard = _first_contact(records)
    return Case(
        began.target,
        began.time,
        profile,
        codec,
        next((record.payload for record in heard if isinstance(record, Found)), None),
        [record.payload for record in heard if isinstance(record, Sent)],
        _all_said(heard, topics.state, codec.decode_state),
        _all_said(heard, topics.telemetry, codec.decode_telemetry),
        beside,
        [r.payload for r in heard if isinstance(r, Received) and r.topic == topics.state and not r.retain],
    )


def _first_contact(records: Sequence[Record]) -> Sequence[Record]:
    for place, record in enumerate(records):
        if isinstance(record, Opened) or (isinstance(record, Sent) and (record.settings or record.label == AT_REST)):
            return records[:place]
    return records


def _all_said(records: Sequence[Record], topic: str, decode: Callable[[bytes], M]) -> list[Said[M]]:
    return [
        Said(record.time, decode(record.payload), record.retain)
        for record in records
        if isinstance(record, Received) and record.topic == topic
    ]
