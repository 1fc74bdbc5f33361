"""A device that connects to us: `listen://HOST[:PORT]` and `listens://HOST[:PORT]`."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace

from harness.broker.access_control import Account
from harness.broker.fault_injector import FaultInjector
from harness.broker.listener import Listener, ServerTls
from harness.clock import Clock
from harness.errors import LinkError, UsageError
from harness.mqtt.broker_url import listening_at
from harness.mqtt.endpoint import Endpoint, Login, Tls
from harness.mqtt.host import is_everywhere
from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.provocations.carrying_out import Ways
from harness.target import HostServices, RunningTarget, TargetOptions
from harness.target.declared import Declaration, Declared
from harness.target.own_identity import OwnIdentity, own_identity
from harness.target.remote import profile_of
from harness.text import plural

COMES_WITHIN = 120.0  # seconds that the device may take to connect: some wait as long between two tries


@dataclass(frozen=True)
class ListeningTarget:
    """The device that connects and speaks at the profile's topics. `options`: its login, and our certificate."""

    at: Endpoint
    file: Declaration
    options: TargetOptions
    clock: Clock = Clock.REAL

    @property
    def name(self) -> str:
        """The address at which the device is waited for."""
        return str(self.at).replace("mqtt", "listen", 1)

    @property
    def profile(self) -> Declared:
        """The profile of the operator's file."""
        return self.file.profile

    @property
    def shows(self) -> frozenset[str]:
        """All that our broker tells, and its certificate where it has one."""
        return frozenset({"listen://", "listens://"} if self.at.tls else {"listen://"})

    def provokes(self, name: str) -> bool:
        """The provocations that the operator's file has a way for."""
        return name in self.file.ways

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The broker is up, and a client has come. Raises LinkError where none does."""
        for line in self.file.remarks:
            services.tell(line)
        ours, visitors = Login("setpoint", secrets.token_urlsafe()), _Visitors(services.see)
        fault_injector = FaultInjector(has_tls=self.at.tls is not None)
        with self._identity() as identity:
            listener = replace(self._listener(ours, visitors, identity), fault_injector=fault_injector)
            async with services.start_broker(listener) as endpoint:
                to = f"port {endpoint.port} of this machine" if is_everywhere(self.at.host) else endpoint
                services.tell(f"waiting for {self.profile.id} to connect to {to}, {COMES_WITHIN:g} s at most")
                await self._met(endpoint, visitors)
                reached = replace(endpoint, login=ours if listener.accounts else None, tls=self._client_side(identity))
                ways = Ways(self.profile.id, self.file.ways, services.ask)
                yield RunningTarget(reached, ways, network=fault_injector, provokes_within=ways.longest)

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
        if self.options.client_ca is None:
            return nullcontext()
        if self.at.tls is None:
            raise UsageError("--client-ca has no use without TLS: write --device=listens://…")
        return own_identity(self.options.client_ca, "setpoint")

    def _listener(self, ours: Login, visitors: "_Visitors", identity: OwnIdentity | None) -> Listener:
        tls = self._server_side(identity)
        try:
            return Listener(
                self.at.host,
                self.at.port,
                tls,
                self._accounts(ours),
                visitors.see,
                self.options.insecure,
                turned_away=visitors.turned_away.append,
            )
        except UsageError as error:
            raise UsageError(f"{error}: --user NAME with its password, or --insecure") from error

    def _client_side(self, identity: OwnIdentity | None) -> Tls | None:
        """How we come in ourselves."""
        if self.at.tls is None or self.options.tls is None:
            return None
        shown = (identity.certificate, identity.key) if identity else (None, None)
        return Tls(self.options.tls.ca, *shown)

    def _accounts(self, ours: Login) -> tuple[Account, ...]:
        """Ours may do everything, the device's only what is the device's."""
        if self.options.login is None:
            return ()
        return (Account(ours, ("#",)), Account(self.options.login, self.profile.own_filters))

    def _server_side(self, identity: OwnIdentity | None) -> ServerTls | None:
        tls = self.options.tls
        if self.at.tls is None:
            return None
        if tls is None or tls.ca is None or tls.certificate is None:
            raise UsageError(
                "--device=listens:… needs --certificate FILE and --key FILE, and --ca FILE so that we trust it "
                "ourselves; `setpoint certs DIR` makes them"
            )
        trusted = identity.trusted if identity else None
        return ServerTls(tls.certificate, tls.key or tls.certificate, trusted, tls.passphrase)


class _Visitors:
    """The clients that came to the broker, and those that were refused. `watch`: a further observer."""

    def __init__(self, watch: Callable[[ObservedPacket], None] | None) -> None:
        self._watch = watch
        self.somebody = asyncio.Event()
        self.turned_away: list[str] = []

    def see(self, packet: ObservedPacket) -> None:
        """Take in a packet. A refused client gets no farther than CONNECT."""
        if self._watch:
            self._watch(packet)
        if packet.what is PacketKind.SUBSCRIBE:
            self.somebody.set()
        if packet.hello and packet.hello.level == _MQTT_5:
            self.turned_away.append("it speaks MQTT 5, and here only MQTT 3.1.1 is spoken")

    def refusals(self, device: str) -> str:
        """The reasons why clients were refused, or else that none came."""
        if not self.turned_away:
            return f"set {device} to it"
        count = plural(len(self.turned_away), "1 client was", f"{len(self.turned_away)} times a client was")
        return f"{count} refused: {', '.join(dict.fromkeys(self.turned_away))}"


def listen(address: str, options: TargetOptions) -> ListeningTarget:
    """From what stands behind `listen:`."""
    return _listening("listen", address, options)


def listens(address: str, options: TargetOptions) -> ListeningTarget:
    """From what stands behind `listens:`."""
    return _listening("listens", address, options)


def _listening(scheme: str, address: str, options: TargetOptions) -> ListeningTarget:
    if options.client_id:
        raise UsageError(f"--client-id has no use with --device={scheme}:…: that broker is ours, and lets us in")
    return ListeningTarget(listening_at(f"{scheme}:{address}"), profile_of(scheme, options), options)


_MQTT_5 = 5  # the protocol level of a CONNECT
