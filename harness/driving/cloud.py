"""What a scenario does as the cloud: it sends and it waits, and it never judges."""

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress

from harness.clock import utc
from harness.driving.altering import Alter, Flaw, flawed
from harness.driving.counterpart import AN_HOUR, Counterpart, Expiry, Fresh, Manner
from harness.driving.progress import Progress
from harness.driving.reporting import Reporting
from harness.judging.point_report import is_clear
from harness.profile import Point, Setting
from harness.record import Done, Received, Sent
from harness.trace import Recorder
from harness.wire.link import Link
from harness.wire.spec import Spec
from harness.wire.topics import Topics
from harness.wire.udmi import Field, State, Status, SystemConfig, Telemetry, Value, ValueState


class NotReachedError(Exception):
    """What the scenario waits for did not come; the episode ends here, and judgements make of it what they can."""


class Cloud:
    """The cloud's side of the link: every config is recorded before it leaves, every message when it comes.

    `allowance`: seconds that a message may be on its way, to the device or from it.
    """

    def __init__(
        self,
        link: Link,
        topics: Topics,
        counterpart: Counterpart,
        record: Recorder,
        progress: Progress,
        *,
        allowance: float = 0.0,
    ) -> None:
        self._progress = progress
        self._link, self._topics, self._counterpart, self._record = link, topics, counterpart, record
        self._codec = counterpart.codec
        self.allowance = allowance
        self._news = asyncio.Condition()
        self._states = self._telemetry = 0
        self._telemetry_at = 0.0
        self._logged: list[str] = []  # categories of entries, since the latest config
        self._readings = 0
        self._reading = Telemetry()
        self.period = 0.0  # seconds between the latest two whole telemetries
        self._is_answered = False
        self._newest = -math.inf  # seconds from when a message reached us to when it was stamped
        self._in_vain: str | None = None
        self._last_sent = b""

    @property
    def spec(self) -> Spec:
        """What it speaks with the device."""
        return self._codec.dialect.spec

    @property
    def etag(self) -> Field[str]:
        """The etag of the latest state."""
        return self._counterpart.etag

    @property
    def expiry(self) -> float:
        """When the writes of the latest config expire, in Unix seconds."""
        return self._counterpart.expiry

    @property
    def clock_ahead(self) -> float:
        """Seconds by which the device's clock is ahead of ours, as far as an expiry can make up for it."""
        return min(max(0.0, self._newest), _MOST_OFF)

    @property
    def clock_behind(self) -> float:
        """Seconds by which it surely is behind ours."""
        return min(max(0.0, -self._newest - self.allowance), _MOST_OFF) if math.isfinite(self._newest) else 0.0

    @property
    def has_heard_a_state(self) -> bool:
        """Whether the device has ever reported one."""
        return self._counterpart.state is not None

    def stop_writing(self, reason: str) -> None:
        """From now on every write ends its scenario, as it would only be waited for in vain."""
        self._in_vain = reason

    async def attend(self) -> None:
        """Record all that the device says, until cancelled."""
        async for heard in self._link.deliveries():
            if heard.topic == self._topics.config:  # our own word, which the record has already
                continue
            self._record.append(Received(heard.time, heard.topic, heard.payload, heard.retain))
            async with self._news:
                if heard.topic == self._topics.state and not heard.retain:
                    state = self._codec.decode_state(heard.payload)
                    if isinstance(state.timestamp, int | float):
                        self._newest = max(self._newest, state.timestamp - heard.time)
                    self._counterpart.hear(state)
                    self._is_answered = self._is_answered or self._counterpart.is_answered()
                    self._states += 1
                elif heard.topic == self._topics.telemetry and not heard.retain:
                    self._reading, self._readings = self._codec.decode_telemetry(heard.payload), self._readings + 1
                    whole = self._counterpart.is_whole(self._reading)
                    if whole:
                        self.period = heard.time - self._telemetry_at
                    self._telemetry, self._telemetry_at = self._telemetry + whole, heard.time
                elif heard.topic == self._topics.system and not heard.retain:
                    entries = self._codec.decode_system_event(heard.payload).entries
                    self._logged += [str(entry.category) for entry in entries if isinstance(entry, Status)]
                self._news.notify_all()

    async def write(
        self,
        *settings: Setting,
        etag: Fresh | Field[str] = Fresh.ETAG,
        expiry: Expiry = AN_HOUR,
        label: str = "",
    ) -> None:
        """Set points, or release them, all in one config; what was wanted of other points is wanted still."""
        if self._in_vain:
            raise NotReachedError(self._in_vain)
        self._counterpart.want(settings)
        manner = Manner(etag, expiry)
        await self._send(manner, label, {s.label: (s.point, s.value) for s in settings})

    async def say_again(self, label: str, alter: Alter | None = None) -> None:
        """A new config that wants the same as the one before; `alter` has the last word on its bytes."""
        await self._send(Manner(), label, {}, alter)

    async def ask(self, wish: SystemConfig | Reporting, label: str) -> None:
        """A new config that also wants this of the device itself, or its points reported so, as do all that follow."""
        match wish:
            case SystemConfig():
                self._counterpart.system = wish
            case Reporting():
                self._counterpart.reporting = wish
        await self._send(Manner(), label, {})

    async def send_broken(self, flaw: Flaw, *settings: Setting, label: str) -> None:
        """A config that cannot be worked on, and would set these points and ask for another sample rate if it could.

        It is not retained: who comes to the broker meanwhile finds the good one before it, and so it is left behind.
        """
        rate = (self._counterpart.sample_rate or 1) * _SLOWER
        payload = flawed(self._codec.encode(self._counterpart.sketch(utc(), settings, rate)), flaw)
        await self._publish(payload, label, {}, broken=True)

    async def redeliver(self, label: str) -> None:
        """The very same config once more, as a broker does when a device comes back."""
        await self._publish(self._last_sent, label, {})

    async def want_nothing(self, sample_rate: float, label: str) -> None:
        """Release every point, and ask for telemetry every so many seconds."""
        self._counterpart.want_nothing()
        self._counterpart.sample_rate = sample_rate
        await self._send(Manner(), label, {})

    async def listen(self, seconds: float) -> None:
        """Let so much time pass: the stretch is the stimulus."""
        self._progress.waits("time passes", seconds)
        await asyncio.sleep(seconds)

    async def listen_past(self, moment: float, seconds: float) -> None:
        """Let time pass until a device that takes so many seconds for what happens at the moment has told of it."""
        await self.listen(max(0.0, moment + seconds + self.allowance + self.clock_behind - utc()))

    async def until(self, setting: Setting, wanted: ValueState | None, *, at_most: float) -> None:
        """Wait until the point reports `wanted` (None: no value_state); the scenario ends here if it does not.

        What the spec has no word for nobody can wait for: then the device is given time to take the config in, and
        the scenario goes on.
        """
        if wanted is not None and wanted not in self._codec.dialect.words:
            await self.allow_answer(at_most=_TAKEN_IN)
            return

        def reported(state: State) -> bool:
            return state.pointset is not None and state.point(setting.point).value_state == wanted

        await self.until_state(reported, f"{setting.point} becomes {wanted or 'free'}", at_most=at_most)

    async def until_sampled(self, *, at_most: float) -> None:
        """Wait for the device's next telemetry, whatever it tells: from here on the next is a whole sample away."""
        before = self._telemetry
        await self._until(lambda: self._telemetry > before, "the device sends telemetry", at_most=at_most)

    async def until_telemetry(self, *, at_most: float) -> None:
        """Wait for the next whole telemetry that surely left the device after all that was sent had reached it."""
        before, surely = self._telemetry, utc() + 2 * self.allowance

        def came() -> bool:
            return self._telemetry > before and self._telemetry_at >= surely

        await self._until(came, "the device sends telemetry", at_most=at_most)

    async def until_answered(self, *, at_most: float) -> None:
        """Wait for a state that answers the latest config."""
        await self._until(lambda: self._is_answered, "a state answers the config", at_most=at_most)

    async def until_known(self, *, at_most: float) -> None:
        """Wait for the first state, if none has come yet; the scenario ends here without one."""
        await self._until(lambda: self.has_heard_a_state, "the device reports a state", at_most=at_most)

    async def allow(self, setting: Setting, wanted: ValueState | None, *, at_most: float) -> bool:
        """Give the point time to report `wanted`, and go on without it if need be. True if it came to that."""
        with suppress(NotReachedError):
            await self.until(setting, wanted, at_most=at_most)
            return True
        return False

    async def allow_until(self, moment: float, setting: Setting, wanted: ValueState) -> bool:
        """The same, up to the latest at which another config would reach the device before the moment."""
        return await self.allow(setting, wanted, at_most=max(0.0, moment - self.allowance - utc()))

    async def allow_units(self, point: Point, units: str | None, *, at_most: float) -> None:
        """Give the device time to report the point in these units, and go on if it does not."""
        with suppress(NotReachedError):
            await self.until_state(lambda s: s.point(point.name).units == units, "units change", at_most=at_most)

    async def allow_answer(self, *, at_most: float) -> None:
        """Give the device time to answer the latest config, and go on without an answer if need be."""
        with suppress(NotReachedError):
            await self.until_answered(at_most=at_most)

    async def allow_calm(self, *, at_most: float) -> None:
        """Give the device time to say that it is updating no more, and go on if it does not."""
        with suppress(NotReachedError):
            await self.until_state(lambda state: state.updating_flag is None, "nothing updates", at_most=at_most)

    async def allow_recovery(self, setting: Setting, *, at_most: float) -> None:
        """Give the device time to take back the status of an error on the point, and go on if it does not."""
        with suppress(NotReachedError):
            await self.until_state(lambda s: is_clear(s.point(setting.point)), "its status clears", at_most=at_most)

    async def allow_sampled(self, *, at_most: float) -> bool:
        """Give the device time for its next whole telemetry, and go on without if need be. True if it came to that."""
        with suppress(NotReachedError):
            await self.until_sampled(at_most=at_most)
            return True
        return False

    async def allow_reading(self, fits: Callable[[Telemetry], bool], fact: str, *, at_most: float) -> bool:
        """Give the device time for a telemetry that fits, and go on without one if need be. True if it came to that."""
        before = self._readings
        with suppress(NotReachedError):
            await self._until(lambda: self._readings > before and fits(self._reading), fact, at_most=at_most)
            return True
        return False

    async def allow_shown(self, point: Point, value: Value, *, at_most: float) -> bool:
        """Give the device time for a telemetry that shows this of the point, and go on without one if need be."""
        fact = f"telemetry shows {value!r}"
        return await self.allow_reading(lambda told: told.readings.get(point.name) == value, fact, at_most=at_most)

    async def allow_news(self, *, at_most: float) -> None:
        """Give the device time to report a state of its own accord, and go on without one if need be."""
        before = self._states
        with suppress(NotReachedError):
            await self._until(lambda: self._states > before, "a state comes", at_most=at_most)

    async def allow_telemetry(self, *, at_most: float) -> bool:
        """Give the device time for telemetry that surely left after all that was sent. True if it came to that."""
        with suppress(NotReachedError):
            await self.until_telemetry(at_most=at_most)
            return True
        return False

    async def allow_state(self, fits: Callable[[State], bool], fact: str, *, at_most: float) -> bool:
        """Give the device time for a state that fits, and go on without one if need be. True if it came to that."""
        with suppress(NotReachedError):
            await self.until_state(fits, fact, at_most=at_most)
            return True
        return False

    async def allow_entry(self, category: str, *, at_most: float) -> None:
        """Give the device time for a log entry of that category after the latest config, and go on without one."""
        with suppress(NotReachedError):
            await self._until(lambda: category in self._logged, f"it logs {category}", at_most=at_most)

    async def until_state(self, fits: Callable[[State], bool], fact: str, *, at_most: float) -> None:
        """Wait for a state, after the latest config, that fits."""

        def true() -> bool:
            state = self._counterpart.state
            return self._is_answered and state is not None and fits(state)

        await self._until(true, fact, at_most=at_most)

    def stands_at_base(self) -> bool:
        """Whether, by the latest state, no write is in force on any point."""
        state = self._counterpart.state
        return state is not None and all(point.value_state is None for point in state.points.values())

    def knows_modes(self) -> bool:
        """Whether the device reports at all what it is at."""
        state = self._counterpart.state
        return state is not None and state.system is not None and state.system.mode is not None

    @property
    def last_start(self) -> float:
        """When the device says that it was started, in Unix seconds; 0 where it does not."""
        system = self._counterpart.state.system if self._counterpart.state else None
        start = system.last_start if system else None
        return start if isinstance(start, int | float) else 0.0

    async def leave(self, payload: bytes) -> None:
        """Put at the config topic what lay there before, or nothing; this is no word of the cloud's own."""
        await self._link.publish(self._topics.config, payload, retain=True)

    async def _until(self, true: Callable[[], bool], fact: str, *, at_most: float) -> None:
        self._progress.waits(fact, at_most)
        try:
            async with asyncio.timeout(at_most), self._news:
                await self._news.wait_for(true)
        except TimeoutError:
            raise NotReachedError(f"waited {at_most:g} s until {fact}, in vain") from None

    async def _send(
        self, manner: Manner, label: str, settings: dict[str, tuple[str, Value | None]], alter: Alter | None = None
    ) -> None:
        payload = self._codec.encode(self._counterpart.compose(utc(), manner))
        self._last_sent = alter(payload) if alter else payload
        await self._publish(self._last_sent, label, settings)

    async def _publish(
        self, payload: bytes, label: str, settings: dict[str, tuple[str, Value | None]], *, broken: bool = False
    ) -> None:
        # Before it leaves: at one virtual instant, only the order of records tells cause from effect.
        place = self._record.append(Sent(utc(), self._topics.config, payload, label, settings, broken))
        self._is_answered = False
        self._logged.clear()
        await self._link.publish(self._topics.config, payload, retain=not broken)
        self._record.append(Done(utc(), place))


_MOST_OFF = 30.0
_TAKEN_IN = 2.0  # seconds that a device may take to begin with what a config wants
_SLOWER = 15  # times the sample rate: who would heed a broken config falls silent
