"""A broker that lets us in, and hangs up on whatever we send, is not tried for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import StringIO

import pytest

from harness.clock import VIRTUAL_BIRTHDAY
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint
from harness.record.kinds import Ended
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget
from simulator.udmi.target import SimTarget
from tests.protocols.udmi.driving.playing import idle, play, small_device

_CONNECT, _PUBLISH, _SUBSCRIBE = 1, 3, 8


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Packets here are shorter than 128 bytes, but for PUBLISH, of which the first byte is enough."""
    try:
        while True:
            kind = (await reader.readexactly(1))[0] >> 4
            if kind == _PUBLISH:
                return
            body = await reader.readexactly((await reader.readexactly(1))[0])
            if kind == _CONNECT:
                writer.write(b"\x20\x02\x00\x00")
            elif kind == _SUBSCRIBE:
                writer.write(b"\x90\x03" + body[:2] + b"\x01")
    except asyncio.IncompleteReadError:
        return
    finally:
        writer.close()


@dataclass(frozen=True)
class Rude(SimTarget):
    """A device that is said to be behind such a broker."""

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """There is no device at all."""
        async with super().open(services) as running, await asyncio.start_server(_serve, "127.0.0.1", 0) as server:
            yield RunningTarget(Endpoint("127.0.0.1", server.sockets[0].getsockname()[1]), running.provoker)


def test_broker_that_hangs_up_on_what_we_send_is_given_up_in_bounded_time() -> None:
    recorder = Recorder(StringIO())

    with pytest.raises(LinkError):
        play(idle, target=Rude("sim", small_device().file), recorder=recorder)

    ended = recorder.records[-1]
    assert isinstance(ended, Ended)
    assert ended.time - VIRTUAL_BIRTHDAY < 120
