"""A device on its own: machine, link and log together, from power-on until it is told that it is over."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from harness.clock import utc
from harness.errors import HarnessError
from harness.machine.effects import Effect, Publish
from harness.machine.shell import Tell
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery
from simulator.base.linked_device import DeviceLife, LinkedDevice
from simulator.standalone.devices.message_log import MessageLog
from simulator.standalone.log_lines import line, of_link

Log = Callable[[str], None]
E = TypeVar("E")
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class AwaitedEvent(Generic[E]):
    """An event, and who waits until the machine has taken it."""

    event: E
    taken: "asyncio.Future[None] | None" = None


class LineOfMessage(Protocol):
    """Makes the line for a message that the device publishes; `sent`: whether the link is up."""

    def __call__(self, topic: str, payload: bytes, /, *, sent: bool) -> str | None:
        """None: there is nothing to say."""


def _nothing(_topic: str, _payload: bytes, *, sent: bool) -> None:
    del sent


@dataclass(frozen=True, slots=True)
class LogLines(Generic[E]):
    """A plug's lines of the log: for an event, and for a message; None where there is nothing to say."""

    of_event: Callable[[E], str | None]
    of_message: LineOfMessage = _nothing


class RunningDevice(Generic[E]):
    """The device, and the ways to reach it. `variant`: how it is changed; `messages`: the last that passed.

    `inbox`: the topic of what its cloud sends most.
    """

    def __init__(self, device: LinkedDevice[E], endpoint: Endpoint, log: Log, lines: LogLines[E]) -> None:
        self.id, self.endpoint, self.variant = device.id, endpoint, device.variation.variant
        self.messages, self.inbox = MessageLog(), device.topics.inbox
        self._device, self._log, self._lines = device, log, lines
        self._born = asyncio.Event()
        self._tell: Tell[AwaitedEvent[E]] = lambda _told: None  # nobody is there yet
        self._life = DeviceLife(self._noting(device), endpoint, self._changed, self.messages.add)

    @property
    def is_up(self) -> bool:
        """Whether it is connected to its broker."""
        return self._life.link.is_up

    @property
    def filters(self) -> tuple[str, ...]:
        """The topic filters that it has asked its broker for; none while the link is down."""
        return self._life.link.filters

    def hand(self, topic: str, payload: bytes) -> bool:
        """A message reaches it as if its broker had brought it. False: that would not bring it."""
        return self._life.link.hand(topic, payload)

    async def live(self, over: asyncio.Event, *, wait: bool) -> HarnessError | None:
        """Until it is over; without `wait` the first try to connect must succeed, or what came of it is returned."""
        try:
            async with self._life.lived(wait=wait) as tell:
                self._tell = tell
                self._born.set()
                await over.wait()
        except HarnessError as problem:
            return problem
        return None

    async def born(self) -> None:
        """When this returns, the device lives."""
        await self._born.wait()

    async def meet(self, event: E) -> None:
        """Something happens to the device; when this returns, it has taken it."""
        await self.born()
        taken = asyncio.get_running_loop().create_future()
        self._tell(AwaitedEvent(event, taken))
        await taken

    def tell(self, event: E) -> None:
        """Something happens to the device: soon, and only if it lives."""
        self._tell(AwaitedEvent(event))

    def drop(self, seconds: float) -> None:
        """Its network is gone for so long."""
        self._life.link.drop(seconds)

    async def restart(self) -> None:
        """Its power goes and comes, and the connection with it."""
        await self.meet(self._device.restarted)

    def receive(self, told: AwaitedEvent[E], now: float) -> Sequence[Effect]:
        """The machine's turn, written down."""
        self.met(told.event, now)
        effects = self._device.machine.receive(told.event, now)
        if told.taken and not told.taken.done():
            told.taken.set_result(None)
        return self._noted(effects, now)

    def wake(self, now: float) -> Sequence[Effect]:
        """Likewise."""
        return self._noted(self._device.machine.wake(now), now)

    def met(self, event: E, now: float) -> None:
        """An event is about to reach the machine."""
        if said := self._lines.of_event(event):
            self.write(now, said)

    def write(self, now: float, what: str) -> None:
        """A line of the log."""
        self._log(line(now, self.id, what))

    def _noted(self, effects: Sequence[Effect], now: float) -> Sequence[Effect]:
        for effect in effects:
            if isinstance(effect, Publish):
                said = self._lines.of_message(effect.topic, effect.payload, sent=self.is_up)
                if said:
                    self.write(now, said)
        return effects

    def _changed(self, problem: str | None) -> None:
        self.write(utc(), of_link(self.endpoint, problem))

    def _noting(self, device: LinkedDevice[E]) -> LinkedDevice[AwaitedEvent[E]]:
        """The same, with all that it meets and says written down."""

        def read(delivery: Delivery) -> AwaitedEvent[E] | None:
            event = device.read(delivery)
            return None if event is None else AwaitedEvent(event)

        return LinkedDevice(
            device.id,
            self,
            read,
            AwaitedEvent(device.connected),
            AwaitedEvent(device.restarted),
            device.topics,
            device.rules,
            device.variation,
            hears_of_the_first=device.hears_of_the_first,
        )


class RunningMachine(RunningDevice[E], Generic[E, M]):
    """The same with its pure `machine`, for a control that shows what that is at."""

    def __init__(self, machine: M, device: LinkedDevice[E], endpoint: Endpoint, log: Log, lines: LogLines[E]) -> None:
        super().__init__(device, endpoint, log, lines)
        self.machine = machine
