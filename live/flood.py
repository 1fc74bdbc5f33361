"""More messages than any device sends. It speaks just enough MQTT 3.1.1 to be faster than a client that is careful."""

import asyncio
import struct
from collections.abc import Sequence

from harness.mqtt.endpoint import Endpoint

_PROTOCOL = b"\x00\x04MQTT\x04\x02\x00\x3c"  # level 4, a clean session, kept alive for 60 s


async def flood(endpoint: Endpoint, topics: Sequence[str], payload: bytes, rate: int, seconds: float) -> None:
    """So many messages a second, QoS 0, on each topic in turn; as many as the machine manages, if it cannot."""
    answers, stream = await asyncio.open_connection(endpoint.host, endpoint.port)
    try:
        stream.write(_packet(0x10, _PROTOCOL + _text("flood")))
        await answers.readexactly(4)  # CONNACK
        at_once = max(len(topics), rate // 100)
        some = b"".join(_packet(0x30, _text(topics[number % len(topics)]) + payload) for number in range(at_once))
        loop = asyncio.get_running_loop()
        begun, sent = loop.time(), 0
        while sent < rate * seconds:
            if sent < (loop.time() - begun) * rate:
                stream.write(some)
                sent += at_once
                await stream.drain()
            else:
                await asyncio.sleep(at_once / rate)
    finally:
        stream.close()


def _packet(kind: int, body: bytes) -> bytes:
    length, left = b"", len(body)
    while left or not length:
        left, digit = divmod(left, 128)
        length += bytes([digit | (0x80 if left else 0)])
    return bytes([kind]) + length + body


def _text(text: str) -> bytes:
    return struct.pack("!H", len(text)) + text.encode()
