"""A device on its own: machine, link and log together, from power-on until it is told that it is over."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.clock import utc
from harness.errors import HarnessError
from harness.machine.shell import Tell, alive
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.device_events import Restart
from harness.protocols.udmi.words.messages import Config, State, Telemetry
from harness.protocols.udmi.words.spec import Spec
from simulator.link.clock_offset import OffsetMachine
from simulator.link.reconnecting_link import ReconnectingLink
from simulator.standalone.log_lines import line, of_link
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.events import Event, Reconnected
from simulator.udmi.link_topics import link_topics
from simulator.udmi.message_machine import EncodingMachine, Saying, SendMessage
from simulator.udmi.rules.rules_by_spec import rules_under
from simulator.udmi.standalone import message_lines
from simulator.udmi.variations.variation import Variation

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """An event, and who waits until the machine has taken it."""

    event: Event
    taken: "asyncio.Future[None] | None" = None


class RunningDevice:
    """The device, what it said last, and the ways to reach it."""

    def __init__(
        self, file: DeviceFile, variation: Variation, endpoint: Endpoint, log: Log, spec: Spec = Spec.UDMI_1_5
    ) -> None:
        self.file, self.id, self.endpoint = file, file.identity.id, endpoint
        self._codec = codec_of(spec)
        topics = file.profile.topics
        rules = rules_under(spec, variation.rules, file.profile.time_to_failure)
        self.machine = SimulatedDevice(file.identity, file.points, rules, self._codec.layout, topics)
        self.state: State | None = None
        self.telemetry: Telemetry | None = None
        self.config_came: float | None = None
        self._log, self._variation = log, variation
        self._born = asyncio.Event()
        self._tell: Tell[_Told] = lambda _told: None  # nobody is there yet
        self._link = ReconnectingLink(
            endpoint, self.id, self._changed, variation.rules.link, link_topics(self.id, topics)
        )

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
                self._variation.network(self._link) as network,
                alive(
                    OffsetMachine(EncodingMachine(self, self._codec), self._variation.ahead), network, self._config
                ) as tell,
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

    def receive(self, told: _Told, now: float) -> Sequence[Saying]:
        """The machine's turn, written down."""
        said = message_lines.of_event(told.event)
        if said:
            self._write(now, said)
        if isinstance(told.event, Config):
            self.config_came = now
        effects = self.machine.receive(told.event, now)
        if told.taken and not told.taken.done():
            told.taken.set_result(None)
        return self._noted(effects, now)

    def wake(self, now: float) -> Sequence[Saying]:
        """Likewise."""
        return self._noted(self.machine.wake(now), now)

    def _noted(self, effects: Sequence[Saying], now: float) -> Sequence[Saying]:
        for effect in effects:
            match effect:
                case SendMessage(message=State() as state):
                    self._write(now, message_lines.of_state(state, self.state, sent=self.is_up))
                    self.state = state
                case SendMessage(message=Telemetry() as telemetry):
                    self._write(now, message_lines.of_telemetry(telemetry, sent=self.is_up))
                    self.telemetry = telemetry
        return effects

    def _changed(self, problem: str | None) -> None:
        self._write(utc(), of_link(self.endpoint, problem))
        if problem is None:
            self._tell(_Told(Reconnected()))

    def _write(self, now: float, what: str) -> None:
        self._log(line(now, self.id, what))

    def _config(self, delivery: Delivery) -> _Told:
        return _Told(self._codec.decode_config(delivery.payload))
