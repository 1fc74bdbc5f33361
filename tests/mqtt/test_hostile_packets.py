"""Packets that are none, from a broker: the session ends at once, with a reason, and nothing is raised in the loop."""

import asyncio

import pytest

from tests.mqtt.scripted_broker import CONNACK, run, why


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n\r\n", id="another protocol"),
        pytest.param(bytes([0x20, 2, 0, 99]), id="CONNACK with a code that is none"),
        pytest.param(bytes([0x20, 0]), id="CONNACK without a code"),
        pytest.param(bytes([0x20, 0xFF, 0xFF, 0xFF, 0xFF]), id="a length without an end"),
        pytest.param(bytes([0x00, 0]), id="a packet of kind 0"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_answer_to_connect_that_is_none_is_told_at_once(said: bytes) -> None:
    async def odd(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    async def measured() -> tuple[str, float]:
        return await why(odd), asyncio.get_running_loop().time()

    told, took = run(measured())
    assert told.startswith(("hung up before it answered CONNECT", "refused a client without login"))
    assert took == 0


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(bytes([0x90, 0]), id="SUBACK of nothing"),
        pytest.param(bytes([0x40, 1, 0]), id="half a PUBACK"),
        pytest.param(bytes([0x32, 2, 0xFF, 0xFF]), id="PUBLISH with a topic that is too long"),
        pytest.param(bytes([0x36, 5, 0, 1, 0x74, 0, 1]), id="QoS 3"),
    ],
)
def test_packet_that_is_none_ends_the_session(said: bytes) -> None:
    async def odd(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(CONNACK + said)
        await reader.read()

    assert run(why(odd)) == "the connection is gone"
