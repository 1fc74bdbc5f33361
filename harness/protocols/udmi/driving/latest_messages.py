"""The latest messages of a device, as far as a scenario waits for them."""

import math
from collections.abc import Sequence

from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.words.messages import State, Status, SystemState, Telemetry
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Received


class LatestMessages:
    """`allowance`: seconds that a message may be on its way."""

    def __init__(self, topics: Topics, counterpart: Counterpart, allowance: float) -> None:
        self._topics, self._counterpart, self._allowance = topics, counterpart, allowance
        self.states = self.samples = self.readings = 0
        self.last_at = 0.0  # when the latest message of any kind came
        self.sampled_at = 0.0
        self.period = 0.0  # seconds between the latest two whole telemetries
        self.reading = Telemetry()
        self.logged = set[str]()  # categories of entries, written since the latest config
        self.gathers = 0.0  # seconds that an entry waited in the device, at most
        self._left = -math.inf  # when the latest config did
        self.is_answered = False  # the latest config
        self.held_back = 0.0  # seconds by which telemetry came late, at most, since the latest config
        self._promptest = math.inf  # seconds from when a telemetry was stamped to when it reached us
        self._newest = -math.inf  # seconds from when a message reached us to when it was stamped

    def config_leaves(self, now: float) -> None:
        """Forget earlier messages: none of them answers this config."""
        self._left = now
        self.is_answered = False
        self.logged.clear()
        self.held_back = 0.0

    def hear(self, message: Received) -> None:
        """Retained messages are skipped: they answer an earlier subscriber."""
        if message.retain:
            return
        self.last_at = message.time
        codec = self._counterpart.codec
        if message.topic == self._topics.state:
            self._hear_state(codec.decode_state(message.payload), message.time)
        elif message.topic == self._topics.telemetry:
            self._hear_telemetry(codec.decode_telemetry(message.payload), message.time)
        elif message.topic == self._topics.system:
            entries = codec.decode_system_event(message.payload).entries
            self._hear_entries([entry for entry in entries if isinstance(entry, Status)], message.time)

    def _hear_entries(self, entries: Sequence[Status], time: float) -> None:
        """By its own stamp one may be of before the latest config: a device may gather them for a while."""
        for entry in entries:
            written = entry.timestamp
            if isinstance(written, int | float) and math.isfinite(self._promptest):
                written += self._promptest
                if abs(time - written) < _MOST_GATHERED:
                    self.gathers = max(self.gathers, time - written)
                if written + _A_SECOND < self._left:
                    continue
            if isinstance(entry.category, str) and len(entry.category) <= _LONGEST and len(self.logged) < _CATEGORIES:
                self.logged.add(entry.category)

    def _hear_telemetry(self, telemetry: Telemetry, time: float) -> None:
        self.reading, self.readings = telemetry, self.readings + 1
        if isinstance(telemetry.timestamp, int | float):
            took = time - telemetry.timestamp
            self._promptest = min(self._promptest, took)
            self.held_back = max(self.held_back, took - self._promptest)
        if self._counterpart.is_whole(telemetry):
            self.period = time - self.sampled_at
            self.samples, self.sampled_at = self.samples + 1, time

    def _hear_state(self, state: State, time: float) -> None:
        if isinstance(state.timestamp, int | float):
            self._newest = max(self._newest, state.timestamp - time)
        self._counterpart.hear(state)
        self.is_answered = self.is_answered or self._counterpart.is_answered()
        self.states += 1

    def is_alive_since(self, moment: float) -> bool:
        """Whether the device spoke after what was sent at the moment had reached it: no word was on its way by then."""
        return self.is_answered or self.last_at > moment + 2 * self._allowance

    @property
    def has_spoken(self) -> bool:
        """The same since the latest config."""
        return self.is_alive_since(self._left)

    @property
    def state(self) -> State | None:
        """The latest, if there was one."""
        return self._counterpart.state

    @property
    def clock_ahead(self) -> float:
        """Seconds by which the device's clock is ahead of ours, as far as an expiry can make up for it."""
        return min(max(0.0, self._newest), _MOST_OFF)

    @property
    def clock_behind(self) -> float:
        """Seconds by which it surely is behind ours."""
        return min(max(0.0, -self._newest - self._allowance), _MOST_OFF) if math.isfinite(self._newest) else 0.0

    @property
    def knows_modes(self) -> bool:
        """Whether the device reports at all what it is at."""
        return self._system is not None and self._system.mode is not None

    @property
    def last_start(self) -> float:
        """When the device says that it was started, in Unix seconds; 0 where it does not."""
        start = self._system.last_start if self._system else None
        return start if isinstance(start, int | float) else 0.0

    @property
    def _system(self) -> SystemState | None:
        return self.state.system if self.state else None


_A_SECOND = 1.0  # that a stamp may leave out
_MOST_GATHERED = 120.0  # seconds: what is stamped longer ago was not gathered, but is of a clock that is off
_MOST_OFF = 30.0  # seconds of a clock that are made up for
_LONGEST, _CATEGORIES = 100, 10_000  # characters of a category, and how many: a flood may make up any number
