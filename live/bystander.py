"""A bystander at somebody's broker: what lies there of a device, what runs say of it, whether a write is in force."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from harness.driving.shared_broker.owner import RUNS
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics

_PATIENT = 3600  # seconds without a word after which a broker gives a client up: this machine may be busy


@dataclass
class Bystander:
    """The messages that a bystander hears on the broker, by device: points with a write in force, and runs' last words.

    A word is a message that only a run sends: a config, a claim, a note; be it that a last will clears one.
    """

    endpoint: Endpoint
    written: dict[str, Sequence[str]] = field(default_factory=dict)
    words: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """As long as the block lasts. Raises LinkError where the broker takes us for dead."""
        async with (
            connect(self.endpoint, "bystander", ConnectOptions(keep_alive=_PATIENT)) as link,
            asyncio.TaskGroup() as tasks,
        ):
            await link.subscribe("/devices/+/state", "/devices/+/config", f"{RUNS}#")

            async def hear() -> None:
                async for heard in link.deliveries():
                    await self._hear(heard.topic, heard.payload)

            hearing = tasks.create_task(hear())
            yield
            hearing.cancel()

    async def until_words(self, device: str, count: int) -> None:
        """Wait until runs have said so many words of the device."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.words[device]) >= count)

    async def _hear(self, topic: str, payload: bytes) -> None:
        device = topic.split("/")[2]
        if topic.endswith("/state"):
            points = codec_of(Spec.UDMI_1_5).decode_state(payload).points
            self.written[device] = [name for name, point in points.items() if point.value_state is not None]
            return
        async with self._news:
            self.words[device].append(asyncio.get_running_loop().time())
            self._news.notify_all()


@dataclass(frozen=True)
class Lying:
    """The retained messages of one device: its config, and those that runs leave beside it."""

    config: bytes | None
    beside: dict[str, bytes]

    @property
    def is_wanting_nothing(self) -> bool:
        """A config of ours that writes no point."""
        if self.config is None:
            return False
        points = codec_of(Spec.UDMI_1_5).decode_config(self.config).pointset
        return points is not None and all(point.set_value is None for point in (points.points or {}).values())

    def is_left_well(self, found: bytes | None) -> bool:
        """A retained config is put back byte by byte; otherwise nothing lies there, or a config that wants nothing."""
        return self.config == found if found else self.config is None or self.is_wanting_nothing

    @property
    def is_noted(self) -> bool:
        """Whether a run that was killed has left word of what is its own; it tries first whether any word is kept."""
        return any(topic.endswith("/sent") and b'"sent"' in word for topic, word in self.beside.items())


async def lying(endpoint: Endpoint, device: str) -> Lying:
    """The retained message when a message of ours comes by: a change before that comes before it as well."""
    config, beside, end = Topics.of(device, UDMI).config, f"{RUNS}{device}", f"bystander/{secrets.token_hex(8)}"
    said: dict[str, bytes] = {}
    async with connect(endpoint, f"owner-{device}") as link:
        await link.subscribe(config, beside, f"{beside}/sent", f"{beside}/found", end)
        await link.publish(end, b"that is all")
        async for heard in link.deliveries():
            if heard.topic == end:
                break
            said[heard.topic] = heard.payload
    lies = said.pop(config, b"")
    return Lying(lies or None, {topic: word for topic, word in said.items() if word})
