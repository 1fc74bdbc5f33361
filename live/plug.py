"""The mains of a device that is a process: whoever posts to the plug has the power go and come."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tests.runs import ROOT

_DONE = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def plugged_in(arguments: Sequence[str], folder: Path) -> AsyncIterator[str]:
    """The process, in which Python gets these arguments; yields the plug, as HOST:PORT.

    What it says on the terminal is kept in the folder. One that ended by itself is not started again but by the plug.
    """
    with (folder / "device.log").open("ab") as log:
        mains = _Mains(arguments, log)
        await mains.switch_on()
        server = await asyncio.start_server(mains.off_and_on, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        try:
            yield f"{host}:{port}"
        finally:
            server.close()
            await mains.switch_off()


class _Mains:
    """The source of power of the plug."""

    def __init__(self, arguments: Sequence[str], log: BinaryIO) -> None:
        self._arguments, self._log = arguments, log
        self._process: asyncio.subprocess.Process | None = None

    async def switch_on(self) -> None:
        """Start the process."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._arguments,
            cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )

    async def switch_off(self) -> None:
        """Nobody is asked first."""
        if self._process:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def off_and_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer once it is on again."""
        await reader.readuntil(b"\r\n\r\n")
        await self.switch_off()
        await self.switch_on()
        writer.write(_DONE)
        await writer.drain()
        writer.close()
