"""The history of one scenario, whatever the protocol: records with their places and times.

A plug extends it with what its messages say.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from harness.judging.addresses import Addresses
from harness.judging.afterwards import NOTHING_MORE, Afterwards
from harness.judging.timing.clock_offset import ClockOffset
from harness.judging.timing.network_delay import NetworkDelay
from harness.judging.timing.stalls import NONE, Stalls
from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed
from harness.judging.verdicts.verdict import CouldNotTest, Unprovided
from harness.mqtt.packets import ObservedPacket
from harness.record.kinds import Answer, Channel, Closed, Done, Received, Record, Sent
from harness.record.left_out import NotApplicable, OutOfView


class BrokenScenarioError(Exception):
    """A scenario of ours fell over: a harness error for each of its judgements."""


@dataclass(frozen=True)
class History(ABC):
    """One scenario's records. Places are those of the whole trace: `first` is the place of the first record here.

    `stalls`: of the whole run. `ending`: of what is more than one scenario. `packets_before`: what a broker of ours saw
    before the scenario; `earlier`: all that was recorded before it. `road`: what the whole run showed of it.
    """

    scenario: str
    first: int
    records: Sequence[Record] = field(repr=False)
    stalls: Stalls = field(default=NONE, kw_only=True)
    ending: Closed | None = field(default=None, kw_only=True)
    packets_before: Sequence[tuple[int, ObservedPacket]] = field(default=(), repr=False, kw_only=True)
    afterwards: Afterwards = field(default=NOTHING_MORE, kw_only=True)
    network_delay: NetworkDelay | None = field(default=None, kw_only=True)
    earlier: Sequence[Record] = field(default=(), repr=False, kw_only=True)

    @property
    @abstractmethod
    def addresses(self) -> Addresses:
        """The topics of the thing under test, and the owner of a topic."""

    @property
    @abstractmethod
    def declared_allowance(self) -> float:
        """Seconds that a message may be on its way, as the profile declares."""

    def stamps(self) -> Iterable[tuple[float, float]]:
        """Pairs of the timestamp that a message carries and the time at which it reached us, both in Unix seconds."""
        return ()

    @property
    def allowance(self) -> float:
        """Seconds that a message may have been on its way."""
        return self.network_delay.used if self.network_delay else self.declared_allowance

    def lateness(self, since: float, until: float) -> float:
        """Seconds by which what we heard at `until` may be late, if it is no older than `since`."""
        return self.allowance + self.stalls.seconds(since, until)

    def elapsed(self, stimulus: Stimulus, time: float) -> Elapsed:
        """How long after the stimulus the device did what reached us at `time`."""
        measured = stimulus.until(time, self.lateness(stimulus.earliest, time))
        return replace(measured, caveat=self.stalls.words(stimulus.earliest, time))

    def left_after(self, time: float, stimulus: Stimulus) -> bool:
        """Whether what reached us at `time` surely left the device after the stimulus."""
        return time - self.lateness(stimulus.latest, time) >= stimulus.latest

    def watched(self, since: Stimulus, until: float) -> float:
        """Seconds for which we surely looked, from the stimulus up to `until`."""
        return round(until - since.latest - self.stalls.seconds(since.latest, until), 6)

    @cached_property
    def skew(self) -> ClockOffset:
        """How far the device's clock is off."""
        return ClockOffset.of(self.stamps(), self.allowance)

    @cached_property
    def closed(self) -> Closed:
        """How it ended."""
        return self.ending or next(record for record in self.records if isinstance(record, Closed))

    @property
    def run_ended(self) -> float:
        """When the last record of the whole run was made."""
        return max(self.closed.time, self.afterwards.ended)

    @property
    def end(self) -> int:
        """The place behind the last record."""
        return self.first + len(self.records)

    @property
    def places(self) -> range:
        """Those of its records."""
        return range(self.first, self.end)

    def record_at(self, place: int) -> Record:
        """The record at one of its places."""
        return self.records[place - self.first]

    @cached_property
    def sent(self) -> Sequence[tuple[int, Sent]]:
        """All that we sent, with its place."""
        return [(place, record) for place, record in self.placed() if isinstance(record, Sent)]

    def sent_between(self, place: int, later: int) -> list[Sent]:
        """All that we sent there."""
        return [record for at, record in self.sent if place < at < later]

    def messages(
        self, connection: str | None = None, channel: Channel | None = None
    ) -> Iterator[tuple[int, Sent | Received]]:
        """Every message with its place, retained ones among them: of any connection and channel, or of those named."""
        for place, record in self.placed():
            match record:
                case Sent(connection=on, channel=over) | Received(connection=on, channel=over):
                    if connection in (None, on) and channel in (None, over):
                        yield place, record

    def passed_before(self, place: int, other: int) -> bool:
        """Whether the message at one place surely passed before that at another.

        On one connection the places say so. On two the times must: what reached us may have been on its way.
        """
        one, later = self._message(place), self._message(other)
        if one.connection == later.connection:
            return place < other
        return one.time < later.time - self.lateness(one.time, later.time)

    def placed(self) -> Iterator[tuple[int, Record]]:
        """Every record with its place."""
        return enumerate(self.records, start=self.first)

    def records_before(self, place: int) -> Iterator[Record]:
        """Every record of the run up to there, those of earlier scenarios among them."""
        yield from self.earlier
        yield from self.records[: place - self.first]

    def records_back_from(self, place: int) -> Iterator[Record]:
        """The same, the latest first."""
        yield from reversed(self.records[: place - self.first])
        yield from reversed(self.earlier)

    def stimulus(self, place: int, time: float, words: str, on_its_way: float = 0.0) -> Stimulus:
        """The stimulus that began at `place`; it is settled when a record says so, or else when the episode closed.

        `on_its_way`: seconds that it may have taken from then on to reach the device.
        """
        settled, done = self._done.get(place, (self.end, self.closed.time))
        return Stimulus(place, settled, time, done + on_its_way, words)

    def moment(self, time: float, words: str) -> Stimulus:
        """A moment that no record marks, as a stimulus: at the last record before it, when the device's clock shows it.

        A clock may seem to be behind where messages are stamped long before they are sent: then it may be ours too.
        """
        earliest, latest = time - self.skew.ahead, time - self.skew.ahead + self.skew.behind
        place = next((place for place, record in self.placed() if record.time >= earliest), self.end) - 1
        return Stimulus(place, place, earliest, latest, words)

    def went_all_the_way(self) -> None:
        """Raises CouldNotTest unless the scenario was driven to its end: only then can "never" be judged."""
        if self.closed.our_fault:
            raise BrokenScenarioError(self.closed.our_fault)
        if self.closed.not_applicable:
            raise NotApplicable(self.closed.not_applicable)
        if self.closed.out_of_view:
            raise OutOfView(self.closed.out_of_view, self.closed.needs)
        if self.closed.cut_short:
            raise (Unprovided if self.closed.unprovoked else CouldNotTest)(self.closed.cut_short)

    @cached_property
    def _done(self) -> Mapping[int, tuple[int, float]]:
        done: dict[int, tuple[int, float]] = {}
        for place, record in self.placed():
            match record:
                case Done(of=of) | Sent(http=Answer(of=of)) | Received(http=Answer(of=of)):
                    done[of] = place, record.time
        return done

    def _message(self, place: int) -> Sent | Received:
        record = self.record_at(place)
        assert isinstance(record, Sent | Received), f"no message stands at place {place}"  # noqa: S101 - ours
        return record
