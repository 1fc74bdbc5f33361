"""`setpoint sim` and the suites, each as an operator starts it: a process of its own."""

import asyncio
import os
import random
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.runs import ROOT, Run

_PROFILE = ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml"
_CONTROL_OF_THE_PROFILE = "127.0.0.1:8700"
SETPOINT = ("-c", "import sys; from harness.cli import main; sys.exit(main())")


@dataclass
class Suites:
    """`pytest suites/`, under way."""

    process: asyncio.subprocess.Process
    reports: Path
    said: list[str] = field(default_factory=list)

    @property
    def trace(self) -> Path:
        """Of the run that is under way: the only one."""
        [trace] = self.reports.glob("*/trace.ndjson")
        return trace

    async def says(self, words: str) -> None:
        """Wait until it does."""
        assert self.process.stdout
        while line := (await self.process.stdout.readline()).decode():
            self.said.append(line)
            if words in line:
                return
        raise AssertionError(f"it never said {words!r}: {''.join(self.said)}")

    async def records(self, words: str) -> None:
        """Wait until they stand in the trace of the run that is under way."""
        while words not in self.trace.read_text(encoding="utf-8"):  # noqa: ASYNC110 - a file tells nobody that it grows
            await asyncio.sleep(0.01)

    @contextmanager
    def frozen(self) -> Iterator[int]:
        """It does nothing as long as the block lasts. Yields how many scenarios it has driven to their end."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield self.trace.read_text(encoding="utf-8").count('"record": "closed"')
        finally:
            self.process.send_signal(signal.SIGCONT)

    async def end(self) -> Run:
        """Wait for it."""
        rest, _ = await self.process.communicate()
        return Run(self.process.returncode or 0, "".join(self.said) + rest.decode(), self.reports)


@asynccontextmanager
async def suites(url: str, profile: Path, reports: Path, *options: str, password: str = "") -> AsyncIterator[Suites]:
    """They are killed if they are not done by the end of the block."""
    command = ["-m", "pytest", "suites/", f"--device={url}", "--profile", str(profile), "--reports", str(reports)]
    process = await started([*command, *options], password)
    try:
        yield Suites(process, reports)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


@asynccontextmanager
async def device(url: str, *options: str, password: str = "") -> AsyncIterator[str]:
    """The simulated device; it goes on trying until its broker is there. Yields where it is provoked, as HOST:PORT."""
    command = [*SETPOINT, "sim", "--broker", url, "--wait", "--quiet", "--control", "127.0.0.1:0", *options]
    process = await started(command, password)
    try:
        assert process.stdout
        line = (await process.stdout.readline()).decode()
        assert line.startswith("control: http://"), f"the device does not start: {line}"
        async with _drained(process.stdout):
            yield line.removeprefix("control: http://").strip().rstrip("/")
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def profile_at(control: str, folder: Path) -> Path:
    """The profile of the device that comes with Setpoint, provoked there."""
    file = folder / "profile.toml"
    text = _PROFILE.read_text(encoding="utf-8")
    file.write_text(text.replace(_CONTROL_OF_THE_PROFILE, control), encoding="utf-8")
    return file


def free_port() -> int:
    """Nobody has it now; and of those that the system gives to whoever connects, it is none."""
    for _ in range(100):
        port = random.randint(15_000, 30_000)  # noqa: S311 - nobody is to be kept from guessing it
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@asynccontextmanager
async def _drained(said: asyncio.StreamReader) -> AsyncIterator[None]:
    """Nobody reads it, but a pipe that is full would stop whoever writes."""

    async def drain() -> None:
        while await said.read(65_536):
            pass

    draining = asyncio.create_task(drain())
    try:
        yield
    finally:
        draining.cancel()
        await asyncio.wait([draining])


async def started(arguments: Sequence[str], password: str = "", *, niceness: int = 0) -> asyncio.subprocess.Process:
    """A Python with these arguments, which gives way to others by so much."""
    return await asyncio.create_subprocess_exec(
        *(("nice", "-n", str(niceness)) if niceness else ()),
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**os.environ, "SETPOINT_PASSWORD": password},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
