"""A device on its own: machine, link and log together, from power-on until it is told that it is over."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.clock import utc
from harness.errors import HarnessError
from harness.machine import Effect, Publish
from harness.provoke import Restart
from harness.shell import Tell, alive
from harness.wire.codec import codec_of
from harness.wire.endpoint import Endpoint
from harness.wire.link import Delivery
from harness.wire.spec import Spec
from harness.wire.udmi import Config, State, Telemetry
from simulator.askew import Askew
from simulator.device import Device
from simulator.device_file import DeviceFile
from simulator.events import Event, Reconnected
from simulator.lasting import LastingLink
from simulator.speaking import rules_under
from simulator.standalone import words
from simulator.variations.variation import Variation

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """An event, and who waits until the machine has taken it."""

    event: Event
    taken: "asyncio.Future[None] | None" = None


class Life:
    """The device, what it said last, and the ways to reach it."""

    def __init__(
        self, file: DeviceFile, variation: Variation, endpoint: Endpoint, log: Log, spec: Spec = Spec.UDMI_1_5
    ) -> None:
        self.file, self.id, self.endpoint = file, file.identity.id, endpoint
        self._codec = codec_of(spec)
        rules = rules_under(spec, variation.rules, file.profile.time_to_failure)
        self.device = Device(file.identity, file.points, rules, self._codec.dialect)
        self.state: State | None = None
        self.telemetry: Telemetry | None = None
        self.config_came: float | None = None
        self._log, self._variation = log, variation
        self._born = asyncio.Event()
        self._tell: Tell[_Told] = lambda _told: None  # nobody is there yet
        self._link = LastingLink(endpoint, self.id, self._changed, variation.rules.link)

    @property
    def is_up(self) -> bool:
        """Whether it is connected to its broker."""
        return self._link.is_up

    async def live(self, over: asyncio.Event, *, wait: bool) -> HarnessError | None:
        """Until it is over; without `wait` the first try to connect must succeed, or what came of it is returned."""
        async with self._link.kept(wait=wait):
            problem = await self._link.first_try()
            if problem and not wait:
                return problem
            async with (
                self._variation.road(self._link) as line,
                alive(Askew(self, self._variation.ahead), line, self._codec, self._config) as tell,
            ):
                self._tell = tell
                self._born.set()
                await over.wait()
        return None

    async def born(self) -> None:
        """When this returns, the device lives."""
        await self._born.wait()

    async def meet(self, event: Event) -> None:
        """Something happens to the device; when this returns, it has taken it."""
        await self.born()
        taken = asyncio.get_running_loop().create_future()
        self._tell(_Told(event, taken))
        await taken

    def drop(self, seconds: float) -> None:
        """Its network is gone for so long."""
        self._link.drop(seconds)

    async def restart(self) -> None:
        """Its power goes and comes, and the connection with it."""
        self.state = self.telemetry = None
        await self.meet(Restart())

    def receive(self, told: _Told, now: float) -> Sequence[Effect]:
        """The machine's turn, written down."""
        said = words.of_event(told.event)
        if said:
            self._write(now, said)
        if isinstance(told.event, Config):
            self.config_came = now
        effects = self.device.receive(told.event, now)
        if told.taken and not told.taken.done():
            told.taken.set_result(None)
        return self._noted(effects, now)

    def wake(self, now: float) -> Sequence[Effect]:
        """Likewise."""
        return self._noted(self.device.wake(now), now)

    def _noted(self, effects: Sequence[Effect], now: float) -> Sequence[Effect]:
        for effect in effects:
            match effect:
                case Publish(message=State() as state):
                    self._write(now, words.of_state(state, self.state, sent=self.is_up))
                    self.state = state
                case Publish(message=Telemetry() as telemetry):
                    self._write(now, words.of_telemetry(telemetry, sent=self.is_up))
                    self.telemetry = telemetry
        return effects

    def _changed(self, problem: str | None) -> None:
        self._write(utc(), words.of_link(self.endpoint, problem))
        if problem is None:
            self._tell(_Told(Reconnected()))

    def _write(self, now: float, what: str) -> None:
        self._log(words.line(now, self.id, what))

    def _config(self, delivery: Delivery) -> _Told:
        return _Told(self._codec.decode_config(delivery.payload))
