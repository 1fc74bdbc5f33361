"""What the cloud hears of a device, and waits for. What does not come in time ends the scenario, or is gone without."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from harness.clock import utc
from harness.driving.counterpart import Counterpart
from harness.driving.heard import Heard
from harness.driving.progress import Progress
from harness.judging.point_report import is_clear
from harness.profile import Point, Setting
from harness.record import Received
from harness.trace import Recorder
from harness.wire.link import Link
from harness.wire.spec import Spec
from harness.wire.topics import Topics
from harness.wire.udmi import Field, State, Telemetry, Value, ValueState


class NotReachedError(Exception):
    """What the scenario waits for did not come; the episode ends here, and judgements make of it what they can."""


class Attention:
    """Every message is recorded when it comes.

    `until_…` waits, so many seconds at most, and ends the scenario if it was in vain. `allow_…` gives the device that
    time, goes on without if need be, and is True if it came to that.

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
        self._link, self._topics, self._counterpart, self._record = link, topics, counterpart, record
        self._codec = counterpart.codec
        self._progress = progress
        self.allowance = allowance
        self.heard = Heard(topics, counterpart, allowance)
        self._news = asyncio.Condition()

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

    async def attend(self) -> None:
        """Record all that the device says, until cancelled."""
        async for delivery in self._link.deliveries():
            if delivery.topic == self._topics.config:  # our own word, which the record has already
                continue
            message = Received(delivery.time, delivery.topic, delivery.payload, delivery.retain)
            self._record.append(message)
            async with self._news:
                self.heard.hear(message)
                self._news.notify_all()

    async def listen(self, seconds: float) -> None:
        """Let so much time pass: the stretch is the stimulus."""
        self._progress.waits("the stretch to watch is over", seconds)
        await asyncio.sleep(seconds)

    async def listen_past(self, moment: float, seconds: float) -> None:
        """Let time pass until a device that takes so many seconds for what happens at the moment has told of it."""
        await self.listen(max(0.0, moment + seconds + self.allowance + self.heard.clock_behind - utc()))

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

        try:
            await self.until_state(reported, f"{setting.point} becomes {wanted or 'free'}", at_most=at_most)
        except NotReachedError as in_vain:
            if wanted is not ValueState.APPLIED:
                raise
            told = f"{in_vain}: if it never takes {setting.value!r} on this bench, its kind is another, or the value"
            raise NotReachedError(told) from None

    async def until_state(self, fits: Callable[[State], bool], fact: str, *, at_most: float) -> None:
        """Wait for a state, after the latest config, that fits."""

        def true() -> bool:
            state = self.heard.state
            return self.heard.is_answered and state is not None and fits(state)

        await self._until(true, fact, at_most=at_most)

    async def until_sampled(self, *, at_most: float) -> None:
        """Wait for the device's next telemetry, whatever it tells: from here on the next is a whole sample away."""
        before = self.heard.samples
        await self._until(lambda: self.heard.samples > before, "the device sends telemetry", at_most=at_most)

    async def until_telemetry(self, *, at_most: float) -> None:
        """Wait for the next whole telemetry that surely left the device after all that was sent had reached it."""
        before, surely = self.heard.samples, utc() + 2 * self.allowance

        def came() -> bool:
            return self.heard.samples > before and self.heard.sampled_at >= surely

        await self._until(came, "the device sends telemetry", at_most=at_most)

    async def until_answered(self, *, at_most: float) -> None:
        """Wait for a state that answers the latest config."""
        await self._until(lambda: self.heard.is_answered, "a state answers the config", at_most=at_most)

    async def until_known(self, *, at_most: float) -> None:
        """Wait for the first state, if none has come yet."""
        await self._until(lambda: self.heard.state is not None, "the device reports a state", at_most=at_most)

    async def allow(self, setting: Setting, wanted: ValueState | None, *, at_most: float) -> bool:
        """For the point to report `wanted`."""
        return await _came(self.until(setting, wanted, at_most=at_most))

    async def allow_until(self, moment: float, setting: Setting, wanted: ValueState) -> bool:
        """For the same, up to the latest at which another config would reach the device before the moment."""
        return await self.allow(setting, wanted, at_most=max(0.0, moment - self.allowance - utc()))

    async def allow_units(self, point: Point, units: str | None, *, at_most: float) -> bool:
        """For a state with the point in these units."""
        return await self.allow_state(
            lambda told: told.point(point.name).units == units, "units change", at_most=at_most
        )

    async def allow_answer(self, *, at_most: float) -> bool:
        """For a state that answers the latest config."""
        return await _came(self.until_answered(at_most=at_most))

    async def allow_calm(self, *, at_most: float) -> bool:
        """For a state that says that nothing is being updated any more."""
        return await self.allow_state(lambda state: state.updating_flag is None, "nothing updates", at_most=at_most)

    async def allow_recovery(self, setting: Setting, *, at_most: float) -> bool:
        """For a state in which no error of the point is left."""
        return await self.allow_state(
            lambda told: is_clear(told.point(setting.point)), "its status clears", at_most=at_most
        )

    async def allow_sampled(self, *, at_most: float) -> bool:
        """For the next whole telemetry, whatever it tells."""
        return await _came(self.until_sampled(at_most=at_most))

    async def allow_reading(self, fits: Callable[[Telemetry], bool], fact: str, *, at_most: float) -> bool:
        """For a telemetry, from now on, that fits."""
        before = self.heard.readings

        def came() -> bool:
            return self.heard.readings > before and fits(self.heard.reading)

        return await _came(self._until(came, fact, at_most=at_most))

    async def allow_held_back(self, seconds: float, *, at_most: float) -> bool:
        """For telemetry, after the latest config, that was made so long before it came: by the device's own clock."""
        kept = "telemetry comes that was kept"
        return await _came(self._until(lambda: self.heard.held_back >= seconds, kept, at_most=at_most))

    async def allow_shown(self, point: Point, value: Value, *, at_most: float) -> bool:
        """For a telemetry that shows this of the point."""
        fact = f"telemetry shows {value!r}"
        return await self.allow_reading(lambda told: told.readings.get(point.name) == value, fact, at_most=at_most)

    async def allow_news(self, *, at_most: float) -> bool:
        """For a state of the device's own accord."""
        before = self.heard.states
        return await _came(self._until(lambda: self.heard.states > before, "a state comes", at_most=at_most))

    async def allow_telemetry(self, *, at_most: float) -> bool:
        """For a whole telemetry that surely left the device after all that was sent had reached it."""
        return await _came(self.until_telemetry(at_most=at_most))

    async def allow_state(self, fits: Callable[[State], bool], fact: str, *, at_most: float) -> bool:
        """For a state, after the latest config, that fits."""
        return await _came(self.until_state(fits, fact, at_most=at_most))

    async def allow_entry(self, category: str, *, at_most: float) -> bool:
        """For a log entry of that category after the latest config."""
        return await _came(self._until(lambda: category in self.heard.logged, f"it logs {category}", at_most=at_most))

    async def _until(self, true: Callable[[], bool], fact: str, *, at_most: float) -> None:
        self._progress.waits(fact, at_most)
        try:
            async with asyncio.timeout(at_most), self._news:
                await self._news.wait_for(true)
        except TimeoutError:
            raise NotReachedError(f"waited {at_most:g} s until {fact}, in vain") from None


async def _came(waiting: Awaitable[None]) -> bool:
    """Whether it ended with what it waited for."""
    with suppress(NotReachedError):
        await waiting
        return True
    return False


_TAKEN_IN = 2.0  # seconds that a device may take to begin with what a config wants
