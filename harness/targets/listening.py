"""A device that connects to us: `listen://HOST[:PORT]` and `listens://HOST[:PORT]`."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace

from harness.broker.account import Account
from harness.broker.interference import Interference
from harness.broker.listener import Listener, ServerTls
from harness.clock import Clock
from harness.errors import LinkError, UsageError
from harness.profile import Profile
from harness.profile_file import ProfileFile
from harness.provocations.carrying_out import Ways
from harness.target import Bench, Means, Stand
from harness.targets.own_identity import OwnIdentity, own_identity
from harness.targets.remote import profile_of
from harness.wire.broker_url import listening_at
from harness.wire.endpoint import Endpoint, Login, Tls
from harness.wire.host import is_everywhere
from harness.wire.seen import Seen, Sight

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
        ours, visitors = Login("setpoint", secrets.token_urlsafe()), _Visitors(bench.see)
        interference = Interference(has_tls=self.at.tls is not None)
        with self._identity() as identity:
            listener = replace(self._listener(ours, visitors, identity), interference=interference)
            async with bench.start_broker(listener) as endpoint:
                to = f"port {endpoint.port} of this machine" if is_everywhere(self.at.host) else endpoint
                bench.tell(f"waiting for {self.profile.id} to connect to {to}, {COMES_WITHIN:g} s at most")
                await self._met(endpoint, visitors)
                reached = replace(endpoint, login=ours if listener.accounts else None, tls=self._client_side(identity))
                ways = Ways(self.profile.id, self.file.ways, bench.ask)
                yield Stand(reached, ways, network=interference)

    async def _met(self, endpoint: Endpoint, visitors: "_Visitors") -> None:
        try:
            async with asyncio.timeout(COMES_WITHIN):
                await visitors.somebody.wait()
        except TimeoutError:
            raise LinkError(
                endpoint,
                f"nobody was let in and subscribed within {COMES_WITHIN:g} s; {visitors.refusals(self.profile.id)}",
            ) from None

    def _identity(self) -> AbstractContextManager[OwnIdentity | None]:
        """Ours as a client, where clients need one."""
        if self.means.client_ca is None:
            return nullcontext()
        if self.at.tls is None:
            raise UsageError("--client-ca has no use without TLS: write --device=listens://…")
        return own_identity(self.means.client_ca, "setpoint")

    def _listener(self, ours: Login, visitors: "_Visitors", identity: OwnIdentity | None) -> Listener:
        tls = self._server_side(identity)
        try:
            return Listener(
                self.at.host,
                self.at.port,
                tls,
                self._accounts(ours),
                visitors.see,
                self.means.insecure,
                turned_away=visitors.turned_away.append,
            )
        except UsageError as error:
            raise UsageError(f"{error}: --user NAME with its password, or --insecure") from error

    def _client_side(self, identity: OwnIdentity | None) -> Tls | None:
        """How we come in ourselves."""
        if self.at.tls is None or self.means.tls is None:
            return None
        shown = (identity.certificate, identity.key) if identity else (None, None)
        return Tls(self.means.tls.ca, *shown)

    def _accounts(self, ours: Login) -> tuple[Account, ...]:
        """Ours may do everything, the device's only what is the device's."""
        if self.means.login is None:
            return ()
        root = self.profile.topics.replace("{id}", self.profile.id)
        return (Account(ours, ("#",)), Account(self.means.login, (f"{root}/#",)))

    def _server_side(self, identity: OwnIdentity | None) -> ServerTls | None:
        tls = self.means.tls
        if self.at.tls is None:
            return None
        if tls is None or tls.ca is None or tls.certificate is None:
            raise UsageError(
                "--device=listens:… needs --certificate FILE and --key FILE, and --ca FILE so that we trust it "
                "ourselves; `setpoint certs DIR` makes them"
            )
        return ServerTls(tls.certificate, tls.key or tls.certificate, identity.trusted if identity else None)


class _Visitors:
    """Who came to the broker, and who was turned away. `watch`: whoever else is to see it."""

    def __init__(self, watch: Callable[[Seen], None] | None) -> None:
        self._watch = watch
        self.somebody = asyncio.Event()
        self.turned_away: list[str] = []

    def see(self, seen: Seen) -> None:
        """Who was not let in gets no farther than CONNECT."""
        if self._watch:
            self._watch(seen)
        if seen.what is Sight.SUBSCRIBE:
            self.somebody.set()
        if seen.hello and seen.hello.level == _MQTT_5:
            self.turned_away.append("it speaks MQTT 5, and here only MQTT 3.1.1 is spoken")

    def refusals(self, device: str) -> str:
        """What to look at: why clients were refused, or else that none came."""
        if not self.turned_away:
            return f"point {device} at it"
        count = "1 client was" if len(self.turned_away) == 1 else f"{len(self.turned_away)} times a client was"
        return f"{count} refused: {', '.join(dict.fromkeys(self.turned_away))}"


def listen(address: str, means: Means) -> ListeningTarget:
    """From what stands behind `listen:`."""
    return ListeningTarget(listening_at(f"listen:{address}"), profile_of("listen", means), means)


def listens(address: str, means: Means) -> ListeningTarget:
    """From what stands behind `listens:`."""
    return ListeningTarget(listening_at(f"listens:{address}"), profile_of("listens", means), means)


_MQTT_5 = 5  # the protocol level of a CONNECT
