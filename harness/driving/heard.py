"""What has been heard of a device so far, as far as a scenario waits for it."""

import math

from harness.driving.counterpart import Counterpart
from harness.record import Received
from harness.wire.topics import Topics
from harness.wire.udmi import State, Status, SystemState, Telemetry


class Heard:
    """`allowance`: seconds that a message may be on its way."""

    def __init__(self, topics: Topics, counterpart: Counterpart, allowance: float) -> None:
        self._topics, self._counterpart, self._allowance = topics, counterpart, allowance
        self.states = self.samples = self.readings = 0
        self.sampled_at = 0.0
        self.period = 0.0  # seconds between the latest two whole telemetries
        self.reading = Telemetry()
        self.logged: list[str] = []  # categories of entries, since the latest config
        self.is_answered = False  # the latest config
        self.held_back = 0.0  # seconds by which telemetry came late, at most, since the latest config
        self._promptest = math.inf  # seconds from when a telemetry was stamped to when it reached us
        self._newest = -math.inf  # seconds from when a message reached us to when it was stamped

    def config_leaves(self) -> None:
        """What was said before is no answer to it."""
        self.is_answered = False
        self.logged.clear()
        self.held_back = 0.0

    def hear(self, message: Received) -> None:
        """What is retained was said at another time, to somebody else."""
        if message.retain:
            return
        codec = self._counterpart.codec
        if message.topic == self._topics.state:
            self._hear_state(codec.decode_state(message.payload), message.time)
        elif message.topic == self._topics.telemetry:
            self._hear_telemetry(codec.decode_telemetry(message.payload), message.time)
        elif message.topic == self._topics.system:
            entries = codec.decode_system_event(message.payload).entries
            self.logged += [str(entry.category) for entry in entries if isinstance(entry, Status)]

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
    def stands_at_base(self) -> bool:
        """Whether, by the latest state, no write is in force on any point."""
        return self.state is not None and all(point.value_state is None for point in self.state.points.values())

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


_MOST_OFF = 30.0  # seconds of a clock that are made up for
