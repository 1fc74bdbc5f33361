"""A device that connects to us: `listen://HOST[:PORT]` and `listens://HOST[:PORT]`."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from harness.broker.account import Account
from harness.broker.listener import Listener, ServerTls
from harness.broker.seen import Seen, Sight
from harness.clock import Clock
from harness.errors import LinkError, UsageError
from harness.profile import Profile
from harness.profile_file import ProfileFile
from harness.provocations.carrying_out import Ways
from harness.target import Bench, Means, Stand
from harness.targets.remote import profile_of
from harness.wire.broker_url import endpoint_of
from harness.wire.endpoint import Endpoint, Login, Tls

COMES_WITHIN = 120.0  # seconds that the device may take to connect: UDMI lets it wait as long between two tries


@dataclass(frozen=True)
class ListeningTarget:
    """Whoever connects and answers to the profile's topics. `means`: the device's login, and our certificate."""

    at: Endpoint
    file: ProfileFile
    means: Means
    clock: Clock = Clock.REAL

    @property
    def name(self) -> str:
        """Where it is waited for."""
        return str(self.at).replace("mqtt", "listen", 1)

    @property
    def profile(self) -> Profile:
        """What the operator's file declares."""
        return self.file.profile

    @asynccontextmanager
    async def open(self, bench: Bench) -> AsyncIterator[Stand]:
        """The broker is up, and a client has come. Raises LinkError where none does."""
        for line in self.file.remarks:
            bench.tell(line)
        ours = Login("setpoint", secrets.token_urlsafe())
        somebody = asyncio.Event()

        def watch(seen: Seen) -> None:
            if seen.what is Sight.SUBSCRIBE:  # who was not let in gets no farther than CONNECT
                somebody.set()

        listener = self._listener(ours, watch)
        async with bench.start_broker(listener) as endpoint:
            bench.tell(f"waiting for {self.profile.id} to connect to {endpoint}, {COMES_WITHIN:g} s at most")
            try:
                async with asyncio.timeout(COMES_WITHIN):
                    await somebody.wait()
            except TimeoutError:
                raise LinkError(
                    endpoint,
                    f"nobody was let in and subscribed within {COMES_WITHIN:g} s; point {self.profile.id} at it",
                ) from None
            tls = replace(endpoint.tls, ca=self.means.tls.ca) if endpoint.tls and self.means.tls else endpoint.tls
            login = ours if listener.accounts else None
            reached = replace(endpoint, login=login, tls=tls)
            yield Stand(reached, Ways(self.profile.id, self.file.ways, bench.ask))

    def _listener(self, ours: Login, watch: Callable[[Seen], None]) -> Listener:
        tls = self._server_side()
        try:
            return Listener(self.at.host, self.at.port, tls, self._accounts(ours), watch, self.means.insecure)
        except UsageError as error:
            raise UsageError(f"{error}: --user NAME with its password, or --insecure") from error

    def _accounts(self, ours: Login) -> tuple[Account, ...]:
        """Ours may do everything, the device's only what is the device's."""
        if self.means.login is None:
            return ()
        root = self.profile.topics.replace("{id}", self.profile.id)
        return (Account(ours, ("#",)), Account(self.means.login, (f"{root}/#",)))

    def _server_side(self) -> ServerTls | None:
        tls = self.means.tls
        if self.at.tls is None:
            return None
        if tls is None or tls.ca is None or tls.certificate is None:
            raise UsageError(
                "--device=listens:… needs --certificate FILE and --key FILE, and --ca FILE so that we trust it "
                "ourselves; `setpoint certs DIR` makes them"
            )
        return ServerTls(tls.certificate, tls.key or tls.certificate)


def listen(address: str, means: Means) -> ListeningTarget:
    """From what stands behind `listen:`."""
    return ListeningTarget(endpoint_of(f"mqtt:{address}"), profile_of("listen", means), means)


def listens(address: str, means: Means) -> ListeningTarget:
    """From what stands behind `listens:`."""
    return ListeningTarget(endpoint_of(f"mqtts:{address}", tls=Tls()), profile_of("listens", means), means)
