"""The embedded broker against plain amqtt and Mosquitto, in one run: what counts are the ratios.

The load is made in this process. Embedded brokers share its loop, and Mosquitto has the other core.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter

from amqtt.broker import Broker
from amqtt.mqtt.connect import ConnectPacket, ConnectPayload, ConnectVariableHeader
from amqtt.mqtt.puback import PubackPacket
from amqtt.mqtt.publish import PublishPacket
from amqtt.mqtt.subscribe import SubscribePacket

from benchmarks.figure import Figure
from harness.broker import Listener, embedded_broker, mosquitto_broker
from harness.broker.server.bounds import STRANGERS
from harness.clock import Clock, new_loop
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint
from harness.target import StartBroker

_PAYLOAD = b"x" * 200
_MESSAGES, _WINDOW, _CONNECTIONS, _ROUNDS = 4_000, 20, 200, 3
_CONNACK, _SUBACK, _PUBACK = 4, 5, 4  # bytes that they have

Load = Callable[[Endpoint], Awaitable[float]]


def figures() -> Iterator[Figure]:
    """Rates, the best of some rounds each, and how many times as fast ours is."""
    for what, load, unit in _LOADS:
        rates = _rates(load)
        ours = rates.pop("embedded")
        others = "; ".join(f"{ours / rate:.1f} times {name}" for name, rate in rates.items())
        yield Figure(what, f"{ours:,.0f} {unit} ({others})")


def _rates(load: Load) -> dict[str, float]:
    rates = {}
    for name, start in _BROKERS.items():
        try:
            rates[name] = max(_rate(start, load) for _ in range(_ROUNDS))
        except UsageError:  # no Mosquitto here: there is less to compare with
            continue
    return rates


def _rate(start: StartBroker, load: Load) -> float:
    async def main() -> float:
        async with start(Listener()) as endpoint:
            return await load(endpoint)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        return runner.run(main())


async def _messages(endpoint: Endpoint, qos: int) -> float:
    """How many a second get from one client to another, with some under way at a time."""
    async with _client(endpoint, "ear") as (subscriber, answers), _client(endpoint, "mouth") as (hears, mouth):
        answers.write(SubscribePacket.build([("t", qos)], 1).to_bytes())
        await subscriber.readexactly(_SUBACK)
        begun = perf_counter()
        for first in range(0, _MESSAGES, _WINDOW):
            ids = range(first + 1, first + 1 + _WINDOW)
            sent = b"".join(_publish(packet_id, qos) for packet_id in ids)
            mouth.write(sent)
            heard = await subscriber.readexactly(len(sent))
            if qos:
                answers.write(b"".join(PubackPacket.build(packet_id).to_bytes() for packet_id in _ids(heard)))
                await hears.readexactly(_PUBACK * _WINDOW)
        return _MESSAGES / (perf_counter() - begun)


def _publish(packet_id: int, qos: int) -> bytes:
    packet = PublishPacket.build("t", _PAYLOAD, packet_id if qos else None, dup_flag=False, qos=qos, retain=False)
    return packet.to_bytes()


def _ids(heard: bytes) -> Iterator[int]:
    """All frames are of one length, and each has its id in front of the payload."""
    frame = len(heard) // _WINDOW
    for end in range(frame, len(heard) + 1, frame):
        behind = end - len(_PAYLOAD)
        yield int.from_bytes(heard[behind - 2 : behind])


async def _connections(endpoint: Endpoint) -> float:
    """How many a second are let in, when so many are at the door that a broker of ours turns nobody away."""
    turns = asyncio.Semaphore(STRANGERS // 2)

    async def come(number: int) -> None:
        async with AsyncExitStack() as stack:
            async with turns:
                await stack.enter_async_context(_client(endpoint, f"c{number}"))
            await everybody.wait()

    everybody = asyncio.Barrier(_CONNECTIONS + 1)
    async with asyncio.TaskGroup() as tasks:
        begun = perf_counter()
        for number in range(_CONNECTIONS):
            tasks.create_task(come(number))
        await everybody.wait()
        return _CONNECTIONS / (perf_counter() - begun)


@asynccontextmanager
async def _client(
    endpoint: Endpoint, client_id: str
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection on which CONNACK was heard."""
    reader, writer = await asyncio.open_connection(endpoint.host, endpoint.port)
    clean = ConnectVariableHeader(ConnectVariableHeader.CLEAN_SESSION_FLAG)
    writer.write(ConnectPacket(None, clean, ConnectPayload(client_id)).to_bytes())
    await reader.readexactly(_CONNACK)
    try:
        yield reader, writer
    finally:
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def _plain_amqtt(_listener: Listener) -> AsyncIterator[Endpoint]:
    logging.getLogger("amqtt").setLevel(logging.CRITICAL)
    everybody = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
    broker = Broker({"listeners": {"default": {"type": "tcp", "bind": "127.0.0.1:0"}}, "plugins": everybody})
    await broker.start()
    server = broker._servers["default"].instance  # noqa: SLF001 - there is no public way to its port
    assert isinstance(server, asyncio.Server)  # noqa: S101 - it listens to TCP
    try:
        yield Endpoint("127.0.0.1", server.sockets[0].getsockname()[1])
    finally:
        await asyncio.sleep(0.5)  # it may hang if it is stopped while clients leave
        await broker.shutdown()


_BROKERS: Mapping[str, StartBroker] = {
    "embedded": embedded_broker,
    "plain amqtt": _plain_amqtt,
    "Mosquitto": mosquitto_broker,
}
_LOADS: tuple[tuple[str, Load, str], ...] = (
    ("broker, QoS 0, 200 bytes", lambda endpoint: _messages(endpoint, 0), "messages/s"),
    ("broker, QoS 1, 200 bytes", lambda endpoint: _messages(endpoint, 1), "messages/s"),
    (f"broker, {_CONNECTIONS} connections at once", _connections, "connections/s"),
)
