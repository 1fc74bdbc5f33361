"""Ten clients that update replicas behind a broker, each device with one request under way; what is accepted counts.

Packets are made beforehand and read by their frames: what is to be measured is the service, and not its clients.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

from amqtt.mqtt.connect import ConnectPacket, ConnectPayload, ConnectVariableHeader
from amqtt.mqtt.publish import PublishPacket
from amqtt.mqtt.subscribe import SubscribePacket

from harness.mqtt.endpoint import Endpoint

CLIENTS, DEVICES = 10, 10  # and so many of each client
_PAYLOAD = b'{"state":{"reported":{"on":true,"level":%d,"colour":{"r":1,"g":2,"b":3}}},"clientToken":"t"}'
_CONNACK, _PUBLISH = 4, 3  # bytes that it has; the kind of a packet


@dataclass
class Load:
    """The clients. `latencies`: seconds from each request to its answer, of those that were answered."""

    writers: dict[str, asyncio.StreamWriter] = field(default_factory=dict)  # by device
    idle: deque[str] = field(default_factory=deque)
    sent: dict[str, float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    is_pressing: bool = False
    number: int = 0
    _all_answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def press(self, seconds: float) -> float:
        """Keep every device's request under way; how many a second are accepted."""
        self.is_pressing = True
        while self.idle:
            self._ask(self.idle.popleft())
        before, begun = len(self.latencies), perf_counter()
        await asyncio.sleep(seconds)
        rate = (len(self.latencies) - before) / (perf_counter() - begun)
        self.is_pressing = False
        await self._settle()
        return rate

    async def pace(self, rate: float, seconds: float) -> list[float]:
        """Send so many a second, evenly, whether answers come or not; the latencies, in order of size."""
        await self._settle()
        self.latencies.clear()
        begun, asked = perf_counter(), 0
        while (now := perf_counter() - begun) < seconds:
            while asked < now * rate and self.idle:
                self._ask(self.idle.popleft())
                asked += 1
            await asyncio.sleep(0.001)
        await self._settle()
        return sorted(self.latencies)

    def answered(self, device: str) -> None:
        """Its request is accepted."""
        self.latencies.append(perf_counter() - self.sent.pop(device))
        if not self.sent:
            self._all_answered.set()
        if self.is_pressing:
            self._ask(device)
        else:
            self.idle.append(device)

    def _ask(self, device: str) -> None:
        self.number += 1
        self.sent[device] = perf_counter()
        self.writers[device].write(_update(device, self.number))

    async def _settle(self) -> None:
        """Wait until nothing is under way."""
        if self.sent:
            self._all_answered.clear()
            await self._all_answered.wait()


@asynccontextmanager
async def connected(endpoint: Endpoint) -> AsyncIterator[Load]:
    """All clients, subscribed to what is accepted."""
    load = Load()
    async with AsyncExitStack() as stack:
        for number in range(CLIENTS):
            devices = [f"d{number}-{each}" for each in range(DEVICES)]
            await stack.enter_async_context(_client(endpoint, f"c{number}", devices, load))
        load.idle.extend(load.writers)
        yield load


@asynccontextmanager
async def _client(endpoint: Endpoint, name: str, devices: list[str], load: Load) -> AsyncIterator[None]:
    reader, writer = await asyncio.open_connection(endpoint.host, endpoint.port)
    clean = ConnectVariableHeader(ConnectVariableHeader.CLEAN_SESSION_FLAG, keep_alive=0)
    writer.write(ConnectPacket(None, clean, ConnectPayload(name)).to_bytes())
    await reader.readexactly(_CONNACK)
    writer.write(SubscribePacket.build([(f"state/{device}/update/accepted", 0) for device in devices], 1).to_bytes())
    await _frame(reader)
    load.writers.update(dict.fromkeys(devices, writer))
    hearing = asyncio.create_task(_hear(reader, load))
    try:
        yield
    finally:
        hearing.cancel()
        writer.close()
        await writer.wait_closed()


async def _hear(reader: asyncio.StreamReader, load: Load) -> None:
    while True:
        kind, content = await _frame(reader)
        if kind >> 4 == _PUBLISH:
            topic = content[2 : 2 + int.from_bytes(content[:2], "big")].decode()
            load.answered(topic.split("/")[1])


async def _frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The first byte of the next packet, and all behind its length."""
    [kind] = await reader.readexactly(1)
    length = shift = 0
    while True:
        [byte] = await reader.readexactly(1)
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return kind, await reader.readexactly(length)


def _update(device: str, number: int) -> bytes:
    """At QoS 1, with an id that no other request of its client has at the time."""
    packet_id = number % 60_000 + 1
    topic, payload = f"state/{device}/update", _PAYLOAD % number
    return PublishPacket.build(topic, payload, packet_id, dup_flag=False, qos=1, retain=False).to_bytes()
