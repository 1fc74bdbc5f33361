"""UDMI's messages of one scenario, decoded once for all judgements."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import TypeVar

from harness.judging import history as neutral
from harness.judging.addresses import Addresses
from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.verdict import CouldNotTest, Unconfirmed, Undeclared
from harness.payload.same import same
from harness.payload.values import Field, Value
from harness.protocols.udmi.judging.addresses import addresses_of
from harness.protocols.udmi.judging.decoded import DECODED
from harness.protocols.udmi.judging.heard import Heard, HeardAs, HeardPart, SentConfigs
from harness.protocols.udmi.profile import POINTLESS, Profile
from harness.protocols.udmi.words.codec import Codec
from harness.protocols.udmi.words.messages import Config, State, SystemEvent, SystemState, Telemetry
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Received
from harness.record.left_out import NotApplicable

M = TypeVar("M", State, Telemetry, SystemEvent)


@dataclass(frozen=True)
class History(neutral.History):
    """One scenario's records, and what UDMI's messages in them say.

    `named_before`: the timestamps of the configs that were sent before.
    """

    profile: Profile
    codec: Codec = field(repr=False)
    named_before: frozenset[float] = frozenset()

    @property
    def addresses(self) -> Addresses:
        """The topics of the device, and the owner of a topic."""
        return addresses_of(self.profile.id, self.profile.topics)

    @property
    def declared_allowance(self) -> float:
        """Seconds that a message may be on its way, as the profile declares."""
        return self.profile.network_allowance

    def stamps(self) -> list[tuple[float, float]]:
        """Those of states and telemetry."""
        states = ((heard.message.timestamp, heard.time) for heard in self.states)
        telemetry = ((heard.message.timestamp, heard.time) for heard in self.telemetry)
        return [(stamp, time) for stamp, time in (*states, *telemetry) if isinstance(stamp, int | float)]

    def shows(self, point: str, reading: Field[Value], value: Value | None) -> bool:
        """Whether a reading of the point is that value, by the tolerance that its profile has for it."""
        declared = self.profile.points.get(point)
        return same(reading, value, declared.tolerance if declared else 0.0)

    @property
    def topics(self) -> Topics:
        """The topics of the device's messages."""
        return Topics.of(self.profile.id, self.profile.topics)

    @cached_property
    def states(self) -> list[Heard[State]]:
        """Every state that came, in order."""
        return list(self._heard(self.topics.state, self.codec.decode_state))

    @cached_property
    def pointset_states(self) -> list[Heard[State]]:
        """Those that have a pointset."""
        return [heard for heard in self.states if heard.message.pointset]

    @cached_property
    def systems(self) -> list[Heard[SystemState]]:
        """The system blocks of states, where they have one."""
        return [HeardPart(heard, _system_of) for heard in self.states if heard.message.system]

    @cached_property
    def telemetry(self) -> list[Heard[Telemetry]]:
        """Every telemetry that came, in order."""
        return list(self._heard(self.topics.telemetry, self.codec.decode_telemetry))

    @cached_property
    def configs(self) -> Mapping[int, Config]:
        """Every config that was sent, by its place."""
        return SentConfigs(dict(self.sent), self.codec.decode_config)

    @cached_property
    def sent_stamps(self) -> Mapping[int, Field[float]]:
        """The timestamp of every config that was sent, by its place."""
        return {place: config.timestamp for place, config in self.configs.items()}

    @cached_property
    def events(self) -> list[Heard[SystemEvent]]:
        """Every event of the system that came, in order."""
        return list(self._heard(self.topics.system, self.codec.decode_system_event))

    @cached_property
    def logs(self) -> bool:
        """Whether the device logged anything in the whole run, here or elsewhere."""
        later = [event for _, event in self.afterwards.messages]
        return any(
            DECODED.of(record, self.codec.decode_system_event).entries
            for record in chain(self.records, later, self.earlier)
            if isinstance(record, Received) and record.topic == self.topics.system and not record.retain
        )

    def names_configs(self) -> bool:
        """Whether the device's last_config is ever the timestamp of a config that it had been sent."""
        sent = dict(self._sent)
        return any(
            heard.message.last_config in self.named_before
            or any(place < heard.place and stamp == heard.message.last_config for place, stamp in sent.items())
            for heard in self.states
            if isinstance(heard.message.last_config, int | float)
        )

    def is_older_config(self, timestamp: float, place: int) -> bool:
        """Whether a config of that timestamp had been sent before this place."""
        return timestamp in self.named_before or any(at < place and stamp == timestamp for at, stamp in self._sent)

    def is_sent_after(self, place: int, timestamp: Field[float]) -> bool:
        """Whether a config of that timestamp was sent after this place."""
        return any(at > place and stamp == timestamp for at, stamp in self._sent)

    def speaks_of(self, stimulus: Stimulus, timestamp: Field[float], end: int) -> int:
        """The place from which states speak of a config: from the first that names it, or a later one, before `end`.

        Where none does, that is another clause's question: then from when the config had surely arrived.
        """
        names = [timestamp, *(stamp for place, stamp in self._sent if stimulus.place < place < end)]
        naming = (
            heard.place
            for heard in self.states
            if stimulus.place < heard.place < end
            and isinstance(heard.message.last_config, int | float)
            and heard.message.last_config in names
        )
        return next(naming, stimulus.settled)

    def concerns_points(self) -> None:
        """A device whose profile has no points need not show any: raises NotApplicable then."""
        if not self.profile.points:
            raise self.concerns_no_point(POINTLESS)

    def concerns_no_point(self, why: str) -> Exception:
        """That a clause on writes does not concern the device; not sure, as long as what its points are is a guess."""
        if self.profile.guess:
            return (CouldNotTest if self.profile.points else Unconfirmed)(self.profile.guess)
        return NotApplicable(why) if self.profile.points else Undeclared(POINTLESS)

    @cached_property
    def _sent(self) -> list[tuple[int, Field[float]]]:
        """Place and timestamp of every config that can be worked on."""
        broken = {place for place, record in self.sent if record.broken}
        return [(place, stamp) for place, stamp in self.sent_stamps.items() if place not in broken]

    def _heard(self, topic: str, decode: Callable[[bytes], M]) -> Iterator[Heard[M]]:
        """A message delivered twice at QoS 1, bytes and all, was said once; without a timestamp it may be news.

        A PUBACK may be lost a time or two. What comes again and again is said again and again.
        """
        before, copies, look = None, 0, partial(DECODED.of, decode=decode)
        for place, record in self.placed():
            if isinstance(record, Received) and record.topic == topic and not record.retain:
                heard, payload = HeardAs(record, place, look), record.payload
                copies = copies + 1 if payload == before else 0
                if copies == 0 or copies > _LOST_PUBACKS or not isinstance(heard.message.timestamp, int | float):
                    yield heard
                before = payload


def _system_of(state: State) -> SystemState:
    assert state.system, "no other is looked at"  # noqa: S101 - ours
    return state.system


_LOST_PUBACKS = 2  # of one message, as many as a device may meet
