"""One MQTT session, with a broker in the same process and in virtual time."""

import asyncio
import gc
import socket
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any, TypeVar

import pytest

from harness.broker import embedded_broker
from harness.clock import VIRTUAL_BIRTHDAY, Clock, new_loop
from harness.errors import LinkError
from harness.mqtt import session
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, connect
from tests.mqtt.deaf import black_hole

T = TypeVar("T")


def _run(drive: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(drive)


async def _passed_on(*payloads: bytes) -> list[Delivery]:
    """The deliveries of these messages."""
    async with (
        embedded_broker() as endpoint,
        connect(endpoint, "ear") as subscriber,
        connect(endpoint, "mouth") as mouth,
    ):
        await subscriber.subscribe("a/b")
        for payload in payloads:
            await mouth.publish("a/b", payload)
        deliveries = subscriber.deliveries()
        return [await anext(deliveries) for _ in payloads]


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\xff\xfe", b"{", bytes(range(256)), b"x" * 1_000_000], ids=len)
def test_payload_arrives_byte_by_byte(payload: bytes) -> None:
    arrived = _run(_passed_on(payload))

    assert [(delivery.topic, delivery.payload) for delivery in arrived] == [("a/b", payload)]


def test_flood_arrives_whole_and_in_order() -> None:
    flood = [str(number).encode() for number in range(500)]

    arrived = _run(_passed_on(*flood))

    assert [delivery.payload for delivery in arrived] == flood


@pytest.mark.parametrize(("published_at", "subscribed_at", "told"), [(1, 1, 1), (0, 1, 0), (1, 0, None), (0, 0, None)])
def test_qos_of_a_delivery_is_told_where_qos_1_was_granted(
    published_at: int, subscribed_at: int, told: int | None
) -> None:
    async def delivered() -> Delivery:
        async with (
            embedded_broker() as endpoint,
            connect(endpoint, "ear", ConnectOptions(subscribes_at=subscribed_at)) as subscriber,
            connect(endpoint, "mouth") as mouth,
        ):
            await subscriber.subscribe("a/b")
            await mouth.publish("a/b", b"told", qos=published_at)
            return await anext(subscriber.deliveries())

    assert _run(delivered()).qos == told


def test_who_comes_anew_gets_what_is_retained_once_more() -> None:
    async def twice() -> list[Delivery]:
        async with (
            embedded_broker() as endpoint,
            connect(endpoint, "ear") as subscriber,
            connect(endpoint, "mouth") as mouth,
        ):
            await mouth.publish("a/b", b"kept", retain=True)
            await subscriber.subscribe("a/b")
            deliveries = subscriber.deliveries()
            first = await anext(deliveries)
            await subscriber.rejoin()
            return [first, await anext(deliveries)]

    assert [(one.payload, one.retain) for one in _run(twice())] == [(b"kept", True)] * 2


def test_session_that_is_lost_while_nobody_listens_is_told_by_what_is_done_next(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def lost() -> None:
        async with embedded_broker() as endpoint:
            async with connect(endpoint, "one"), connect(endpoint, "one"):
                await asyncio.sleep(1)
            gc.collect()

    _run(lost())

    assert (capsys.readouterr().err, caplog.text) == ("", "")


def test_delivery_is_stamped_in_virtual_time() -> None:
    (arrived,) = _run(_passed_on(b"x"))

    assert arrived.time == VIRTUAL_BIRTHDAY


def test_nobody_at_the_endpoint_is_a_link_error_that_names_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        endpoint = Endpoint("127.0.0.1", taken.getsockname()[1])

        async def meet() -> None:
            async with connect(endpoint, "ear"):
                pass

        with pytest.raises(LinkError, match=f"{endpoint}: cannot be reached: Connection refused$"):
            _run(meet())


def test_link_that_ends_from_the_other_side_says_so() -> None:
    async def listens() -> None:
        async with (
            AsyncExitStack() as broker,
            connect(await broker.enter_async_context(embedded_broker()), "ear") as subscriber,
        ):
            await subscriber.subscribe("a/b")
            await broker.aclose()
            async for _ in subscriber.deliveries():
                pass

    with pytest.raises(LinkError, match="the connection is gone"):
        _run(listens())


def test_link_that_leads_nowhere_any_more_is_noticed_by_who_only_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "KEEP_ALIVE", 1)

    async def listens() -> None:
        async with embedded_broker() as broker, black_hole(broker) as hole, connect(hole.endpoint, "ear") as subscriber:
            await subscriber.subscribe("a/b")
            hole.swallows.set()
            async for _ in subscriber.deliveries():
                pass

    with (
        asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner,
        pytest.raises(LinkError, match="does not answer"),
    ):
        runner.run(listens())


def test_keep_alive_is_short_where_time_is_real_and_plays_no_part_where_it_is_not() -> None:
    async def asked_for() -> int:
        seen: list[int] = []

        async def look(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            header = await reader.readexactly(12)
            seen.append(int.from_bytes(header[10:12]))
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(look, "127.0.0.1", 0)
        async with server:
            with suppress(LinkError):
                async with connect(Endpoint("127.0.0.1", server.sockets[0].getsockname()[1]), "ear"):
                    pass
        return seen[0]

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        assert runner.run(asked_for()) == session.KEEP_ALIVE == 10
    assert _run(asked_for()) == 0
