"""Waits of the cloud for a device's messages. A wait in vain ends the scenario, or is passed over."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from harness.clock import utc
from harness.driving.not_reached import NotReachedError
from harness.driving.progress import Progress
from harness.mqtt.link import Link
from harness.payload.same import same
from harness.payload.values import Field, Value
from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.driving.latest_messages import LatestMessages
from harness.protocols.udmi.driving.scenario_terms import ON_ITS_WAY
from harness.protocols.udmi.driving.settling_times import SettlingTimes
from harness.protocols.udmi.profile import PROMPTLY, Point, Setting
from harness.protocols.udmi.words.messages import State, Telemetry, ValueState
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.status_levels import is_clear
from harness.protocols.udmi.words.topics import Topics
from harness.record.trace import Recorder

ALIVE_IN = 10.0  # seconds more, for one that was already waited for
CLOUD = "cloud"  # its connection, as records name it


class Waits:
    """Every message is recorded when it comes.

    `until_…` waits, so many seconds at most, and ends the scenario if it was in vain. `allow_…` gives the device that
    time, goes on without if need be, and is True if it came to that.

    A device without points sends no telemetry: `until_…` does not wait for it then, and `allow_…` is False at once.

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
        self.heard = LatestMessages(topics, counterpart, allowance)
        self._news = asyncio.Condition()

    @property
    def spec(self) -> Spec:
        """The spec that is spoken with the device."""
        return self._codec.layout.spec

    @property
    def has_points(self) -> bool:
        """Whether telemetry is to be expected of the device."""
        return self._counterpart.has_points

    @property
    def etag(self) -> Field[str]:
        """The etag of the latest state."""
        return self._counterpart.etag

    @property
    def knows_etags(self) -> bool:
        """Whether the device ever sent an etag."""
        return self._counterpart.knows_etags

    @property
    def settling(self) -> SettlingTimes:
        """How long points took to apply writes."""
        return self._counterpart.settling

    @property
    def expiry(self) -> float:
        """When the writes of the latest config expire, in Unix seconds."""
        return self._counterpart.expiry

    async def listen(self, seconds: float) -> None:
        """Let so much time pass: the stretch is the stimulus."""
        self._progress.waits("the stretch to watch is over", seconds)
        await asyncio.sleep(seconds)

    async def listen_for_the_log(self) -> None:
        """Wait until a device that gathers its log entries has sent those that it has written by now."""
        if self.heard.gathers > _PROMPTLY_SENT:
            await self.listen(self.heard.gathers + 2 * self.allowance + _AT_ONCE)

    async def listen_past(self, moment: float, seconds: float) -> None:
        """Let time pass until a device that takes so many seconds for what happens at the moment has told of it."""
        await self.listen(max(0.0, moment + seconds + self.allowance + self.heard.clock_behind - utc()))

    async def until(self, setting: Setting, wanted: ValueState | None, *, at_most: float) -> None:
        """Wait until the point reports `wanted` (None: no value_state); the scenario ends here if it does not.

        A point that may take longer to settle than `at_most` is given that long. What the spec has no word for nobody
        can wait for: then the device is given time to take the config in, and the scenario goes on.
        """
        if wanted is ValueState.APPLIED and setting.settles_in > PROMPTLY:
            at_most = max(at_most, setting.settles_in + ON_ITS_WAY)
        await self._until_reported(setting, wanted, at_most)

    async def _until_reported(self, setting: Setting, wanted: ValueState | None, at_most: float) -> None:
        if wanted is not None and wanted not in self._codec.layout.words:
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
        if wanted is ValueState.APPLIED:
            self._counterpart.settling.end(setting, utc(), self.allowance)

    async def until_state(self, fits: Callable[[State], bool], fact: str, *, at_most: float) -> None:
        """Wait for a state, after the latest config, that fits."""

        def true() -> bool:
            state = self.heard.state
            return self.heard.is_answered and state is not None and fits(state)

        await self._until(true, fact, at_most=at_most)

    async def until_sampled(self, *, at_most: float) -> None:
        """Wait for the device's next telemetry, with any content: from here on the next is a whole sample away."""
        before = self.heard.samples
        if self.has_points:
            await self._until(lambda: self.heard.samples > before, "the device sends telemetry", at_most=at_most)

    async def until_sampled_again(self, *, at_most: float) -> float:
        """Wait for two whole telemetries, each so many seconds at most: the seconds between them, 0 without points.

        One that comes twice is one.
        """
        await self.until_sampled(at_most=at_most)
        before = self.heard.sampled_at
        await self.listen(_TWICE_WITHIN)
        await self.until_sampled(at_most=at_most)
        return self.heard.sampled_at - before

    async def until_telemetry(self, *, at_most: float) -> None:
        """Wait for the next whole telemetry that surely left the device after all that was sent had reached it."""
        before, surely = self.heard.samples, utc() + 2 * self.allowance

        def came() -> bool:
            return self.heard.samples > before and self.heard.sampled_at >= surely

        if self.has_points:
            await self._until(came, "the device sends telemetry", at_most=at_most)

    async def until_answered(self, *, at_most: float) -> None:
        """Wait for a state that answers the latest config."""
        await self._until(lambda: self.heard.is_answered, "a state answers the config", at_most=at_most)

    @property
    def now(self) -> float:
        """Unix seconds, as the cloud stamps its configs."""
        return utc()

    async def until_alive(self, since: float, after: str) -> None:
        """Wait for any message that no device sends that fell silent at what reached it since then, in Unix seconds.

        One that says nothing at all is gone, and the scenario with it.

        A device that has neither sent telemetry nor ever named a config may have nothing to say.
        """
        if not (self.heard.readings or self._counterpart.names_configs):
            return
        fact = f"the device says anything at all after '{after}'"
        await self._until(lambda: self.heard.is_alive_since(since), fact, at_most=ALIVE_IN)

    async def until_known(self, *, at_most: float) -> None:
        """Wait for the first state, if none has come yet."""
        await self._until(lambda: self.heard.state is not None, "the device reports a state", at_most=at_most)

    async def allow(self, setting: Setting, wanted: ValueState | None, *, at_most: float) -> bool:
        """For the point to report `wanted`."""
        return await _came(self.until(setting, wanted, at_most=at_most))

    async def allow_until(self, moment: float, setting: Setting, wanted: ValueState) -> bool:
        """For the same, up to the latest at which another config would reach the device before the moment."""
        return await _came(self._until_reported(setting, wanted, max(0.0, moment - self.allowance - utc())))

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
            lambda told: is_clear(told.point(setting.point).status), "its status clears", at_most=at_most
        )

    async def allow_sampled(self, *, at_most: float) -> bool:
        """Wait for the next complete telemetry, with any content."""
        return self.has_points and await _came(self.until_sampled(at_most=at_most))

    async def allow_reading(self, fits: Callable[[Telemetry], bool], fact: str, *, at_most: float) -> bool:
        """For a telemetry, from now on, that fits."""
        before = self.heard.readings

        def came() -> bool:
            return self.heard.readings > before and fits(self.heard.reading)

        return self.has_points and await _came(self._until(came, fact, at_most=at_most))

    async def allow_held_back(self, seconds: float, *, at_most: float) -> bool:
        """For telemetry, after the latest config, that was made so long before it came: by the device's own clock."""
        kept = "telemetry comes that was kept"
        return await _came(self._until(lambda: self.heard.held_back >= seconds, kept, at_most=at_most))

    async def allow_shown(self, point: Point, value: Value, *, at_most: float) -> bool:
        """For a telemetry that shows this of the point."""
        fact = f"telemetry shows {value!r}"
        return await self.allow_reading(
            lambda told: same(told.readings.get(point.name), value, point.tolerance), fact, at_most=at_most
        )

    async def allow_word(self, *, at_most: float) -> bool:
        """For any message of the device's after the latest config."""
        fact = "the device says anything at all"
        return await _came(self._until(lambda: self.heard.has_spoken, fact, at_most=at_most))

    async def allow_news(self, *, at_most: float) -> bool:
        """For a state of the device's own accord."""
        before = self.heard.states
        return await _came(self._until(lambda: self.heard.states > before, "a state comes", at_most=at_most))

    async def allow_telemetry(self, *, at_most: float) -> bool:
        """For a whole telemetry that surely left the device after all that was sent had reached it."""
        return self.has_points and await _came(self.until_telemetry(at_most=at_most))

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
    """Whether the wait ended with its fact."""
    with suppress(NotReachedError):
        await waiting
        return True
    return False


_AT_ONCE = 2.0  # seconds
_TWICE_WITHIN = 0.5  # seconds between two copies of a message, at most
_PROMPTLY_SENT = 0.1  # seconds: an entry that waited no longer did not wait for others
_TAKEN_IN = 2.0  # seconds that a device may take to begin with what a config wants
