"""A stay with a replica service, around its scenarios. Every scenario has a device of its own, new in each run."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count

import aiohttp

from harness.clock import is_virtual, utc
from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.playing.provoking import bring_about, provoked
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.errors import UsageError
from harness.mqtt.client_id import OURS
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Link, connect
from harness.protocols.replica.device_profile import DeviceProfile, device_profile
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.device.device import Device
from harness.protocols.replica.driving.flow_device import PlayedDevice, WatchedDevice
from harness.protocols.replica.driving.identities import Identities
from harness.protocols.replica.driving.pair_session import PairSession
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import ReplicaId
from harness.provocations.provocation import Provocation, Provoker
from harness.record.kinds import Answer, Channel, Received, Request, Sent
from harness.record.trace import Recorder
from harness.target.declared import Declared

FIRST_WORD = 10.0  # seconds that a service may take to be heard at all
PATIENCE = 6.0  # seconds: longer than any limit of the suites on an answer

REST = "rest-1"  # the connection of what we ask over HTTP
_MOST = 1_000_000  # bytes of an answer that are read

# Our connections in the record, and hands of a scenario.
APP, OTHER, DEVICE, SLEEPER = "app", "other", "device", "sleeper"


class RestClient:
    """A component that asks over HTTP. `address`: of the service's REST; None: no scenario asks there.

    `token`: the component's own.
    """

    replica: ReplicaId

    def __init__(
        self, address: str | None, profile: ServiceProfile, recorder: Recorder, patience: float, token: str | None
    ) -> None:
        self._address, self._profile, self._recorder, self._token = address, profile, recorder, token
        self._timeout = aiohttp.ClientTimeout(total=patience)

    async def get(self, label: str) -> None:
        """Ask for the document, and wait for the answer, which may never come."""
        await self.get_with(self._token, self.replica, label)

    async def get_with(self, token: str | None, of: ReplicaId, label: str) -> None:
        """Ask for that document by that token, which is recorded nowhere; None: by none."""
        path = self._profile.path_of_get(of.device)
        asked = Sent(utc(), path, b"", label, connection=REST, channel=Channel.HTTP, http=Request(method="GET"))
        place = self._recorder.append(asked)
        with suppress(aiohttp.ClientError, TimeoutError):  # judgements see that no answer came
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            async with aiohttp.ClientSession(timeout=self._timeout, headers=headers) as session:
                answer = await session.get(f"{self._address}{path}", allow_redirects=False)
                body = await answer.content.read(_MOST)
                self._recorder.append(_received(path, body, Answer(status=answer.status, of=place)))


def _received(path: str, body: bytes, answer: Answer) -> Received:
    return Received(utc(), path, body, retain=False, connection=REST, channel=Channel.HTTP, http=answer)


class ServiceControl:
    """The service as something that can be restarted."""

    def __init__(self, provoker: Provoker, recorder: Recorder) -> None:
        self._provoker, self._recorder = provoker, recorder

    async def restart(self, label: str) -> None:
        """Have it end and start anew. Raises CannotProvoke."""
        provocation = Provocation("restart", "the service")
        with provoked(self._recorder, label, provocation.name):
            await bring_about(self._provoker, provocation)


class Sleeper:
    """A device that comes and goes. Between its stays the broker keeps its session, and with it what comes."""

    replica: ReplicaId

    def __init__(self, endpoint: Endpoint, client_id: str, makes: Callable[[str, Link], Component]) -> None:
        self._endpoint, self._client_id, self._makes = endpoint, client_id, makes

    @asynccontextmanager
    async def awake(self, *, keeps_session: bool = True) -> AsyncIterator[Component]:
        """A stay as long as the block lasts; one that keeps no session ends the one of before, too."""
        options = ConnectOptions(clean_session=not keeps_session)
        async with connect(self._endpoint, self._client_id, options) as link:
            device = self._makes(SLEEPER, link)
            device.replica = self.replica
            async with device.attending():
                yield device


@dataclass(frozen=True, slots=True)
class Cast:
    """The parts that the harness plays, and the service that it plays them for. `clients`: by their connections."""

    clients: Mapping[str, Component]
    sleeper: Sleeper
    rest: RestClient
    service: ServiceControl
    profile: ServiceProfile
    identities: Identities

    def turn_to(self, replica: ReplicaId) -> None:
        """From now on they ask for that one."""
        for client in self.clients.values():
            client.replica = replica
        self.sleeper.replica = self.rest.replica = replica


class ServiceSession(SubjectSession):
    """One stay on the service's broker: two components, and a device."""

    def __init__(self, cast: Cast) -> None:
        self._cast, self._numbers = cast, count(1)
        self._run = "run" if is_virtual() else _letters(int(utc()))

    async def meet(self) -> str | None:
        """An update and a get: why it makes no sense to go on, where neither brings anything."""
        await self._begin()
        app = self._cast.clients[APP]
        await app.update({"reported": {"says": "hello"}}, "first contact")
        if not app.has_heard:
            await app.get("first contact, asked back")
        if not app.has_heard:
            await app.listen(max(0.0, FIRST_WORD - PATIENCE))
        return (
            None
            if app.has_heard
            else f"the service says nothing of an update, and answers no get, within {FIRST_WORD:g} s"
        )

    async def rest(self, _scenario: Scenario) -> str | None:
        """There is nothing to put back: a device that nobody knew before."""
        await self._begin()
        return None

    def hands(self, scenario: Scenario) -> Hands:
        """For a scenario, `app`, `other`, `device`, `sleeper`, `rest`, `service`, `replica`, `profile`, `clients`.

        Raises what its demands of the profile raise.
        """
        cast = self._cast
        demanded = {name: ask(cast.profile) for name, ask in scenario.demands.items()}
        beside = {"sleeper": cast.sleeper, "rest": cast.rest, "service": cast.service, "profile": cast.profile}
        beside |= {"clients": cast.identities}
        beside |= {"lamp": PlayedDevice(cast.clients[DEVICE])}
        return {**cast.clients, **beside, **demanded, "replica": cast.clients[APP].replica}

    async def _begin(self) -> None:
        self._cast.turn_to(ReplicaId(f"{self._cast.profile.id}-{self._run}-{next(self._numbers)}"))
        await self._cast.clients[APP].hears()


class ServiceCounterparts:
    """The components and the device. They retain nothing."""

    def __init__(self, context: DriveContext) -> None:
        self._context = context
        self._profile = service_profile(context.profile, context.spec)

    @asynccontextmanager
    async def session(self, retained: RetainedConfig) -> AsyncIterator[SubjectSession]:
        """As long as the block lasts. Raises LinkError."""
        retained.is_put_back = True
        recorder, profile = self._context.recorder, self._profile
        patience = PATIENCE + self._context.longest_stretch + profile.network_allowance
        if self._context.opposite is not None:
            async with self._pair(retained, device_profile(self._context.opposite), patience) as pair:
                yield pair
            return
        async with AsyncExitStack() as stack:
            clients: dict[str, Component] = {}

            def component(name: str, link: Link) -> Component:
                return Component(name, link, profile.scheme, recorder, patience)

            for name in (APP, OTHER, DEVICE):
                client_id = f"{OURS}{name}-{profile.name_on_a_broker}"
                link = await stack.enter_async_context(connect(retained.endpoint, client_id))
                clients[name] = component(name, link)
                await stack.enter_async_context(clients[name].attending())
            sleeper = Sleeper(retained.endpoint, f"{OURS}sleeper-{profile.name_on_a_broker}", component)
            address = self._context.running.http or profile.http
            known = self._context.running.identities
            token = known["component"].token if "component" in known else None
            rest = RestClient(address, profile, recorder, patience, token)
            identities = Identities(retained.endpoint, profile, known, component)
            control = ServiceControl(self._context.running.provoker, recorder)
            yield ServiceSession(Cast(clients, sleeper, rest, control, profile, identities))

    @asynccontextmanager
    async def _pair(self, retained: RetainedConfig, of: DeviceProfile, patience: float) -> AsyncIterator[PairSession]:
        recorder = self._context.recorder
        async with AsyncExitStack() as stack:
            links: dict[str, Link] = {}
            for name in (APP, OTHER, DEVICE):
                client_id = f"{OURS}{name}-{self._profile.name_on_a_broker}"
                links[name] = await stack.enter_async_context(connect(retained.endpoint, client_id))
            clients = [Component(name, links[name], of.scheme, recorder, patience) for name in (APP, OTHER)]
            for client in clients:
                client.replica = ReplicaId(of.id)
                await stack.enter_async_context(client.attending())
            device = WatchedDevice(links[DEVICE], of, recorder, Device(self._context.running.provoker, recorder))
            await stack.enter_async_context(device.watched())
            app, other = clients
            yield PairSession(app, other, device, FIRST_WORD)


def service_profile(profile: Declared, spec: str) -> ServiceProfile:
    """The profile of a service that serves the topics of the spec. Raises UsageError where it is another's."""
    if not isinstance(profile, ServiceProfile):
        raise UsageError(f"{profile.id} has a profile of another kind of thing than a replica service")
    wanted = ReplicaSpec(spec).scheme
    if profile.scheme is not wanted:
        raise UsageError(f'{spec} has topics of its own: the profile needs the line scheme = "{wanted}"')
    return profile


def _letters(number: int) -> str:
    """A number in few letters and digits."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_letters(number // len(digits)) if number >= len(digits) else "") + digits[number % len(digits)]
