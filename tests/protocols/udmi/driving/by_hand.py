"""A cloud whose device is the test: what the device says is said by hand, in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO

from harness.clock import VIRTUAL_BIRTHDAY, Clock, new_loop, utc
from harness.driving.progress import Unseen
from harness.mqtt.link import Delivery, Link
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.words.messages import (
    Message,
    PointsetState,
    PointState,
    State,
    SystemEvent,
    Telemetry,
    ValueState,
)
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Record
from harness.record.trace import Recorder
from tests.udmi_1_5 import CODEC, encode

TOPICS = Topics.of("DEV-1", UDMI)
FAR = 0.5  # seconds: the allowance of a device that is not near
PUBACK_IN = 2.0  # seconds


def reporting(value_state: ValueState | None, *, etag: str = "e") -> State:
    """A state of the damper."""
    return State(pointset=PointsetState(etag, {"damper": PointState(value_state)}))


@dataclass
class HandMade(Link):
    """A link whose other end is the test. `sent`: what was published, and whether it is retained."""

    puback_in: float
    sent: list[tuple[bytes, bool]] = field(default_factory=list)
    incoming: "asyncio.Queue[Delivery]" = field(default_factory=asyncio.Queue)

    def say(self, message: Message, *, retain: bool = False) -> None:
        """The device says this, now."""
        topics = {Telemetry: TOPICS.telemetry, SystemEvent: TOPICS.system}
        self.incoming.put_nowait(Delivery(utc(), topics.get(type(message), TOPICS.state), encode(message), retain))

    def hand_over(self, config: bytes) -> None:
        """The broker passes a config on to us as well: our own, or somebody else's."""
        self.incoming.put_nowait(Delivery(utc(), TOPICS.config, config, retain=False))

    def say_later(self, seconds: float, message: Message) -> None:
        """The device says this in so many seconds."""
        asyncio.get_running_loop().call_later(seconds, self.say, message)

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        """Its PUBACK takes its time."""
        assert qos is None
        assert topic == TOPICS.config
        self.sent.append((payload, retain))
        await asyncio.sleep(self.puback_in)

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """The device's messages."""
        while True:
            yield await self.incoming.get()


Script = Callable[[Cloud, HandMade], Awaitable[None]]


@dataclass(frozen=True)
class Played:
    """A script that was played: its link, its record, and how many virtual seconds it took."""

    link: HandMade
    records: list[Record]
    seconds: float


def played(script: Script, allowance: float = 0.0, puback_in: float = PUBACK_IN) -> Played:
    """A scenario does that."""

    async def main() -> Played:
        link, recorder = HandMade(puback_in), Recorder(StringIO())
        cloud = Cloud(link, TOPICS, Counterpart(["damper"], CODEC), recorder, Unseen(), allowance=allowance)
        cloud.let_writes_last(lambda: 60.0)
        attending = asyncio.create_task(cloud.attend())
        await script(cloud, link)
        seconds = round(utc() - VIRTUAL_BIRTHDAY, 6)
        await asyncio.sleep(0)
        attending.cancel()
        with suppress(asyncio.CancelledError):
            await attending
        return Played(link, list(recorder.records), seconds)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(main())
