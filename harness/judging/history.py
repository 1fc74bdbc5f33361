"""What passed during one scenario, taken off the wire once for all judgements."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, TypeVar

from harness.judging.act import Act
from harness.judging.skew import Skew
from harness.judging.stalls import NONE, Stalls
from harness.judging.verdict import CouldNotTest, NotApplicable, OutOfView
from harness.judging.window import Elapsed
from harness.profile import Profile
from harness.record import Closed, Done, Received, Record, Sent
from harness.wire.codec import Codec
from harness.wire.seen import Seen
from harness.wire.topics import Topics
from harness.wire.udmi import Config, Field, State, SystemEvent, Telemetry

M_co = TypeVar("M_co", covariant=True)
M = TypeVar("M", State, Telemetry, SystemEvent)


class BrokenScenarioError(Exception):
    """A scenario of ours fell over: a harness error for each of its judgements."""


@dataclass(frozen=True, slots=True)
class Heard(Generic[M_co]):
    """A message that arrived; `place` tells which of two at the same instant came first."""

    time: float
    place: int
    message: M_co


@dataclass(frozen=True)
class History:
    """One scenario's records. Places are those of the whole trace: `first` is the place of the first record here."""

    scenario: str
    first: int
    records: Sequence[Record] = field(repr=False)
    profile: Profile
    codec: Codec = field(repr=False)
    named_before: frozenset[float] = frozenset()  # timestamps of the configs that were sent before
    stalls: Stalls = NONE  # of the whole run
    ending: Closed | None = None  # of what is more than one scenario
    seen_before: Sequence[tuple[int, Seen]] = field(default=(), repr=False)  # what a broker of ours saw before

    @property
    def allowance(self) -> float:
        """Seconds that a message may have been on its way."""
        return self.profile.network_allowance

    def lateness(self, since: float, until: float) -> float:
        """Seconds by which what we heard at `until` may be late, if it is no older than `since`."""
        return self.allowance + self.stalls.seconds(since, until)

    def elapsed(self, act: Act, time: float) -> Elapsed:
        """How long after the act the device did what reached us at `time`."""
        measured = act.until(time, self.lateness(act.earliest, time))
        return replace(measured, caveat=self.stalls.words(act.earliest, time))

    def left_after(self, time: float, act: Act) -> bool:
        """Whether what reached us at `time` surely left the device after the act."""
        return time - self.lateness(act.latest, time) >= act.latest

    def watched(self, since: Act, until: float) -> float:
        """Seconds for which we surely looked, from the act up to `until`."""
        return round(until - since.latest - self.stalls.seconds(since.latest, until), 6)

    @property
    def topics(self) -> Topics:
        """Where the device's messages live."""
        return Topics.of(self.profile.id, self.profile.topics)

    @cached_property
    def skew(self) -> Skew:
        """How far the device's clock is off."""
        states = [(heard.message.timestamp, heard.time) for heard in self.states]
        telemetry = [(heard.message.timestamp, heard.time) for heard in self.telemetry]
        stamps = [(stamp, time) for stamp, time in (*states, *telemetry) if isinstance(stamp, int | float)]
        return Skew.of(stamps, self.allowance)

    @cached_property
    def closed(self) -> Closed:
        """How it ended."""
        return self.ending or next(record for record in self.records if isinstance(record, Closed))

    @property
    def end(self) -> int:
        """The place behind the last record."""
        return self.first + len(self.records)

    @cached_property
    def states(self) -> list[Heard[State]]:
        """Every state that came, in order."""
        return list(self._heard(self.topics.state, self.codec.decode_state))

    @cached_property
    def telemetry(self) -> list[Heard[Telemetry]]:
        """Every telemetry that came, in order."""
        return list(self._heard(self.topics.telemetry, self.codec.decode_telemetry))

    @cached_property
    def configs(self) -> Mapping[int, Config]:
        """Every config that was sent, by its place."""
        return {place: self.codec.decode_config(record.payload) for place, record in self._all_sent}

    @cached_property
    def events(self) -> list[Heard[SystemEvent]]:
        """Every event of the system that came, in order."""
        return list(self._heard(Topics.of(self.profile.id, self.profile.topics).system, self.codec.decode_system_event))

    def placed(self) -> Iterator[tuple[int, Record]]:
        """Every record with its place."""
        return enumerate(self.records, start=self.first)

    def act(self, place: int, time: float, words: str, on_its_way: float = 0.0) -> Act:
        """What was begun at `place`; it is done when a record says so, or else when the episode closed.

        `on_its_way`: seconds that it may have taken from then on to reach the device.
        """
        settled, done = self._done.get(place, (self.end, self.closed.time))
        return Act(place, settled, time, done + on_its_way, words)

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

    def speaks_of(self, act: Act, timestamp: Field[float], end: int) -> int:
        """The place from which states speak of a config: from the first that names it, or a later one, before `end`.

        Where none does, that is another clause's question: then from when the config had surely arrived.
        """
        names = [timestamp, *(stamp for place, stamp in self._sent if act.place < place < end)]
        naming = (
            heard.place
            for heard in self.states
            if act.place < heard.place < end
            and isinstance(heard.message.last_config, int | float)
            and heard.message.last_config in names
        )
        return next(naming, act.settled)

    def instant(self, time: float, words: str) -> Act:
        """A moment, which no record marks, as an act: at the last record before it, when the device's clock shows it.

        A clock may seem to be behind where messages are stamped long before they are sent: then it may be ours too.
        """
        earliest, latest = time - self.skew.ahead, time - self.skew.ahead + self.skew.behind
        place = next((place for place, record in self.placed() if record.time >= earliest), self.end) - 1
        return Act(place, place, earliest, latest, words)

    def configs_between(self, place: int, later: int) -> list[Sent]:
        """Those that we sent there."""
        return [record for at, record in self._all_sent if place < at < later]

    def went_all_the_way(self) -> None:
        """What must never happen can be judged only where the scenario was driven to its end."""
        if self.closed.our_fault:
            raise BrokenScenarioError(self.closed.our_fault)
        if self.closed.not_applicable:
            raise NotApplicable(self.closed.not_applicable)
        if self.closed.out_of_view:
            raise OutOfView(self.closed.out_of_view)
        if self.closed.cut_short:
            raise CouldNotTest(self.closed.cut_short)

    @cached_property
    def _all_sent(self) -> list[tuple[int, Sent]]:
        return [(place, record) for place, record in self.placed() if isinstance(record, Sent)]

    @property
    def _sent(self) -> list[tuple[int, Field[float]]]:
        """Place and timestamp of every config that can be worked on."""
        broken = {place for place, record in self._all_sent if record.broken}
        return [(place, config.timestamp) for place, config in self.configs.items() if place not in broken]

    @cached_property
    def _done(self) -> Mapping[int, tuple[int, float]]:
        return {record.of: (place, record.time) for place, record in self.placed() if isinstance(record, Done)}

    def _heard(self, topic: str, decode: Callable[[bytes], M]) -> Iterator[Heard[M]]:
        """What was delivered twice at QoS 1, bytes and all, was said once; without a timestamp it may be news."""
        before = None
        for place, record in self.placed():
            if isinstance(record, Received) and record.topic == topic and not record.retain:
                message = decode(record.payload)
                if record.payload != before or not isinstance(message.timestamp, int | float):
                    yield Heard(record.time, place, message)
                before = record.payload
