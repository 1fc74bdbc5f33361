"""One road: a broker, `setpoint sim` as the device on it, and the suites, each in a process of its own."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.broker import Account, Listener, ServerTls, mosquitto_broker
from harness.wire.endpoint import Login
from tests.broker.certificates import Pki
from tests.runs import ROOT, Run

_PROFILE = ROOT / "fixtures" / "profiles" / "ahu-1.toml"
_CONTROL_OF_THE_PROFILE = "127.0.0.1:8700"
_DEVICE, _CLOUD = Login("AHU-1", "the device's"), Login("cloud", "the cloud's")
_PATIENCE = 400.0  # seconds


@dataclass(frozen=True)
class Road:
    """`listens`: the device connects to the suites; else both connect to Mosquitto."""

    listens: bool
    tls: bool

    @property
    def scheme(self) -> str:
        """As the operator writes it."""
        return ("listen" if self.listens else "mqtt") + ("s" if self.tls else "")


async def drive(road: Road, folder: Path) -> Run:
    """All that the suites do with a device that keeps every clause, at the end of this road."""
    pki = Pki.made_in(folder)
    async with AsyncExitStack() as stack:
        port = _free_port() if road.listens else await stack.enter_async_context(_mosquitto(road, pki))
        control = await stack.enter_async_context(_device(road, port, pki))
        profile = folder / "profile.toml"
        text = _PROFILE.read_text(encoding="utf-8")
        profile.write_text(text.replace(_CONTROL_OF_THE_PROFILE, control), encoding="utf-8")
        options = [f"--device={road.scheme}://127.0.0.1:{port}", "--profile", str(profile), *_means(road, pki)]
        login = _DEVICE if road.listens else _CLOUD
        process = await _started(
            ["-m", "pytest", "suites/", "--reports", str(folder / "reports"), *options], login.password
        )
        async with asyncio.timeout(_PATIENCE):
            said, _ = await process.communicate()
    return Run(process.returncode or 0, said.decode(), folder / "reports")


def _means(road: Road, pki: Pki) -> Sequence[str]:
    """What the suites need to be let in, or to let the device in."""
    if not road.tls:
        return []
    trust = ["--ca", str(pki.ca), "--user", _DEVICE.user if road.listens else _CLOUD.user]
    server = ["--certificate", str(pki.folder / "server.crt"), "--key", str(pki.folder / "server.key")]
    return [*trust, *server] if road.listens else trust


@asynccontextmanager
async def _mosquitto(road: Road, pki: Pki) -> AsyncIterator[int]:
    tls = ServerTls(pki.folder / "server.crt", pki.folder / "server.key") if road.tls else None
    accounts = (Account(_DEVICE, ("/devices/AHU-1/#",)), Account(_CLOUD)) if road.tls else ()
    async with mosquitto_broker(Listener(tls=tls, accounts=accounts)) as endpoint:
        yield endpoint.port


@asynccontextmanager
async def _device(road: Road, port: int, pki: Pki) -> AsyncIterator[str]:
    """The simulated device; it goes on trying until its broker is there. Yields where it is provoked."""
    url = f"{'mqtts' if road.tls else 'mqtt'}://127.0.0.1:{port}"
    login = ["--user", _DEVICE.user, "--ca", str(pki.ca)] if road.tls else []
    setpoint = "import sys; from harness.cli import main; sys.exit(main())"
    options = ["sim", "--broker", url, "--wait", "--quiet", "--control", "127.0.0.1:0", *login]
    process = await _started(["-c", setpoint, *options], _DEVICE.password)
    try:
        assert process.stdout
        line = await process.stdout.readline()
        yield line.decode().removeprefix("control: http://").strip().rstrip("/")
    finally:
        process.terminate()
        await process.communicate()


async def _started(arguments: Sequence[str], password: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**os.environ, "SETPOINT_PASSWORD": password},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
