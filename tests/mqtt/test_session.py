"""The duties of a session where a broker is slow, gone or killed."""

import asyncio
import gc
import socket
import threading

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.reasoncodes import ReasonCode

from harness.broker import embedded_broker
from harness.clock import Clock
from harness.errors import LinkError
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.mqtt.paho_client import PahoClient
from harness.mqtt.session import LostError, Session, SessionError
from tests.mqtt.scripted_broker import CONNACK, accept, accept_and_listen, run, scripted_broker, why


def test_name_that_the_session_overrides_is_one_that_paho_calls() -> None:
    assert {"_create_socket", "_send_pingreq"} <= set(vars(Client))
    assert PahoClient._create_socket is not Client._create_socket  # noqa: SLF001 - that is what is held here


def test_cancellation_that_meets_the_answer_is_not_lost() -> None:
    async def cancel() -> bool:
        session = Session(Endpoint("nowhere", 1), "c", ConnectOptions())
        waiting = asyncio.create_task(session._answer(7))  # noqa: SLF001 - nothing else stops in between
        await asyncio.sleep(0)
        session._on_publish(session._paho, None, 7, ReasonCode(4), None)  # noqa: SLF001 - as paho calls it
        waiting.cancel()
        await asyncio.wait([waiting])
        return waiting.cancelled()

    assert run(cancel())


def test_cancellation_while_connack_is_waited_for_leaves_no_socket_open() -> None:
    async def cancel() -> int:
        closed = asyncio.Event()

        async def say_nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            await reader.read()
            closed.set()

        async with scripted_broker(say_nothing) as endpoint:
            opening = asyncio.create_task(Session(endpoint, "c", ConnectOptions()).open())
            await asyncio.sleep(1)
            opening.cancel()
            await asyncio.wait([opening])
            await closed.wait()
        return opening.cancelled()

    assert run(cancel())


def test_broker_that_never_answers_connect_is_waited_for_10_s() -> None:
    async def measured() -> tuple[str, float]:
        async def say_nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            await reader.read()

        return await why(say_nothing), asyncio.get_running_loop().time()

    assert run(measured()) == ("cannot be reached: it did not answer in time", 10.0)


def test_publish_whose_connection_goes_fails_at_once() -> None:
    async def measured() -> tuple[str, float]:
        return await why(accept, publishes=True), asyncio.get_running_loop().time()

    assert run(measured()) == ("the connection is gone", 0.0)


def test_packet_that_meets_a_closed_connection_is_not_waited_for() -> None:
    async def measured() -> float:
        async with scripted_broker(accept_and_listen) as endpoint:
            session = Session(endpoint, "c", ConnectOptions())
            await session.open()
            sock = session._paho.socket()  # noqa: SLF001 - to break it
            assert isinstance(sock, socket.socket)
            sock.shutdown(socket.SHUT_RDWR)
            with pytest.raises(LostError):
                await session.publish("t", b"x", 1, retain=False)
            await session.close()
        return asyncio.get_running_loop().time()

    assert run(measured()) == 0


def test_publish_after_the_end_says_that_the_connection_is_gone() -> None:
    async def publish() -> None:
        async with scripted_broker(accept) as endpoint, connect(endpoint, "c") as link:
            await asyncio.sleep(1)
            await link.publish("t", b"x")

    with pytest.raises(LinkError, match="the connection is gone"):
        run(publish())


def test_more_than_the_peer_takes_is_written_when_it_does() -> None:
    payload = bytes(8_000_000)

    async def through() -> bytes:
        arrived = asyncio.get_running_loop().create_future()

        async def read_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(CONNACK)
            await asyncio.sleep(1)
            await reader.readexactly(len(header))
            arrived.set_result(await reader.readexactly(len(payload)))

        async with (
            scripted_broker(read_late) as endpoint,
            connect(endpoint, "c", ConnectOptions(publishes_at=0)) as link,
        ):
            await link.publish("t", payload)
            whole: bytes = await arrived
        return whole

    header = bytes([0x30, 0x83, 0xA4, 0xE8, 0x03, 0, 1, 0x74])
    assert run(through(), Clock.REAL) == payload


def test_peer_that_takes_nothing_is_left_without_a_farewell() -> None:
    async def leave() -> float:
        over = asyncio.Event()

        async def read_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(CONNACK)
            await over.wait()

        async with scripted_broker(read_nothing) as endpoint:
            async with connect(endpoint, "c") as link:
                link.send_ahead("t", bytes(8_000_000))
            over.set()
        return asyncio.get_running_loop().time()

    assert run(leave()) == 10.0


def test_ping_is_sent_when_it_is_told_to() -> None:
    async def sent() -> bytes:
        got = asyncio.get_running_loop().create_future()

        async def read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(CONNACK)
            got.set_result(await reader.readexactly(len(_PINGREQ)))

        async with scripted_broker(read) as endpoint, connect(endpoint, "c") as link:
            link.ping()
            packet: bytes = await got
        return packet

    assert run(sent()) == _PINGREQ


def test_packets_leave_without_delay() -> None:
    async def option() -> int:
        async with scripted_broker(accept_and_listen) as endpoint:
            session = Session(endpoint, "c", ConnectOptions())
            await session.open()
            sock = session._paho.socket()  # noqa: SLF001 - to look at it
            assert isinstance(sock, socket.socket)
            delays = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            await session.close()
        return delays

    assert run(option())


def test_topic_that_is_no_utf_8_is_told_with_its_bytes() -> None:
    async def topics() -> list[str]:
        session = Session(Endpoint("localhost", 1), "ear", ConnectOptions())
        for topic in (b"/devices/\xff/state", "/devices/ä".encode()):
            session._on_message(session._paho, None, MQTTMessage(0, topic))  # noqa: SLF001 - as paho calls it
        arrivals = session.arrivals()
        return [(await anext(arrivals)).topic for _ in range(2)]

    assert run(topics()) == ["/devices/\\xff/state", "/devices/ä"]


def test_end_is_told_to_each_who_asks_for_arrivals() -> None:
    async def ask_twice() -> None:
        async with scripted_broker(accept) as endpoint:
            session = Session(endpoint, "c", ConnectOptions())
            await session.open()
            with pytest.raises(LostError):
                await anext(session.arrivals())
            with pytest.raises(LostError):
                await anext(session.arrivals())
            await session.close()

    run(ask_twice())


def test_session_connects_once() -> None:
    async def twice() -> None:
        async with scripted_broker(accept_and_listen) as endpoint:
            session = Session(endpoint, "c", ConnectOptions())
            await session.open()
            await session.close()
            with pytest.raises(SessionError):
                await session.publish("t", b"x", 1, retain=False)

    run(twice())


@pytest.mark.parametrize("clock", Clock)
def test_hundred_sessions_whose_broker_dies_start_no_thread_and_complain_of_nothing(
    clock: Clock, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def lost() -> tuple[list[str], int]:
        before = threading.active_count()

        async def listen(endpoint: Endpoint, number: int) -> str:
            try:
                async with connect(endpoint, f"c{number}") as link:
                    everybody.release()
                    async for _ in link.deliveries():
                        pass
            except LinkError as error:
                return str(error).partition(": ")[2]
            return "nothing"

        everybody = asyncio.Semaphore(0)
        async with embedded_broker() as endpoint:
            listening = [asyncio.create_task(listen(endpoint, number)) for number in range(100)]
            for _ in listening:
                await everybody.acquire()
            threads = threading.active_count() - before
        return await asyncio.gather(*listening), threads

    assert run(lost(), clock) == (["the connection is gone"] * 100, 0)
    gc.collect()
    assert (capsys.readouterr().err, caplog.text) == ("", "")


_PINGREQ = bytes([0xC0, 0])
