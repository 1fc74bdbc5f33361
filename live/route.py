"""One road on which a device and the suites can meet, and a whole run on it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.broker import Account, Listener, ServerTls, mosquitto_broker
from harness.mqtt.endpoint import Login
from live.processes import device, free_port, profile_at, suites
from tests.broker.certificates import Pki
from tests.runs import Run

_ATTEMPTS, _UNDECIDED = 3, 2
_DEVICE, _CLOUD = Login("AHU-1", "word-of-the-device"), Login("cloud", "word-of-the-cloud")


@dataclass(frozen=True)
class Route:
    """`listens`: the device connects to the suites; else both connect to Mosquitto."""

    listens: bool
    tls: bool

    @property
    def scheme(self) -> str:
        """As the operator writes it."""
        return ("listen" if self.listens else "mqtt") + ("s" if self.tls else "")


async def drive(route: Route, folder: Path, *options: str, odd: Sequence[str] = ()) -> Run:
    """The run of the suites on a device at the end of this road; it keeps every clause, unless it is told to be odd.

    A run that its own machine's stalls left undecided shows nothing: it is made anew, twice at most.
    """
    for attempt in range(_ATTEMPTS):
        room = folder / str(attempt)
        room.mkdir()
        run = await _driven(route, room, options, odd)
        if run.code != _UNDECIDED or "this machine stalled" not in run.output:
            break
    return run


async def _driven(route: Route, folder: Path, options: Sequence[str], odd: Sequence[str]) -> Run:
    pki = Pki.made_in(folder)
    async with AsyncExitStack() as stack:
        port = free_port() if route.listens else await stack.enter_async_context(_mosquitto(route, pki))
        url = f"{'mqtts' if route.tls else 'mqtt'}://127.0.0.1:{port}"
        login = ("--user", _DEVICE.user, "--ca", str(pki.ca)) if route.tls else ()
        control = await stack.enter_async_context(device(url, *login, *odd, password=_DEVICE.password))
        password = (_DEVICE if route.listens else _CLOUD).password
        target, profile = f"{route.scheme}://127.0.0.1:{port}", profile_at(control, folder)
        given = (*_options(route, pki), *options)
        async with suites(target, profile, folder / "reports", *given, password=password) as started:
            return await started.end()


def _options(route: Route, pki: Pki) -> Sequence[str]:
    """The options that the suites need to be let in, or to let the device in."""
    if not route.tls:
        return []
    trust = ["--ca", str(pki.ca), "--user", _DEVICE.user if route.listens else _CLOUD.user]
    server = ["--certificate", str(pki.folder / "server.crt"), "--key", str(pki.folder / "server.key")]
    return [*trust, *server] if route.listens else trust


@asynccontextmanager
async def _mosquitto(route: Route, pki: Pki) -> AsyncIterator[int]:
    tls = ServerTls(pki.folder / "server.crt", pki.folder / "server.key") if route.tls else None
    accounts = (Account(_DEVICE, ("/devices/AHU-1/#",)), Account(_CLOUD)) if route.tls else ()
    async with mosquitto_broker(Listener(tls=tls, accounts=accounts)) as endpoint:
        yield endpoint.port
