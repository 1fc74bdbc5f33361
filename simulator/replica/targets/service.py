"""The service as a target: behind a broker of its own, in virtual time, with a store in memory."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from aiohttp import hdrs, web

from harness.broker.access_control import Account
from harness.broker.listener import LOOPBACK, Listener
from harness.clock import Clock
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint, Login
from harness.protocols.replica.profile import DeclaredLogin, ServiceProfile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import (
    AnswerLevel,
    Operation,
    ReplicaId,
    Scheme,
    answer_at,
    filters_of_requests,
)
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import HostServices, Identity, RunningTarget, TargetOptions, Variant, connect
from harness.web_server import served
from simulator.replica.access import EVERY, Access, KnownClient
from simulator.replica.durable_service import DurableService, ReplicaRequest
from simulator.replica.mqtt_face import CLIENT_ID, CONNECT_OPTIONS, MqttFace
from simulator.replica.service import Message, ReplicaService, Reply
from simulator.replica.service_variations import SERVICE_VARIATIONS
from simulator.replica.service_variations.variation import ServiceVariation
from simulator.replica.targets.memory_store import MemoryStore

# Its clients, and who may do everything: the harness, and the service itself. Nobody else ever meets its broker.
KNOWN: Mapping[str, KnownClient] = {
    "device": KnownClient("known-device", frozenset({"known-device"}), "of the device", "token of the device"),
    "other": KnownClient("known-other", frozenset({"known-other"}), "of the other", "token of the other"),
    "component": KnownClient("known-component", frozenset({EVERY}), "of the component", "token of the component"),
}
_EVERYTHING = Login("everything", "for the harness and the service")
_IDENTITIES = {name: Identity(Login(one.name, one.password or ""), one.token, None) for name, one in KNOWN.items()}

HEALTHY = ServiceVariation(Variant("healthy"))


@dataclass(frozen=True)
class SimulatedService:
    """A service under that scheme, and how it is varied."""

    name: str = "replica-service"
    scheme: Scheme = Scheme.SEED
    variation: ServiceVariation = HEALTHY
    clock: Clock = Clock.VIRTUAL

    @classmethod
    def from_option(cls, address: str, options: TargetOptions) -> "SimulatedService":
        """From what stands behind `replica-service`: nothing."""
        if address or options.profile or options.login or options.tls:
            raise UsageError("--device=replica-service is a service with a broker of its own to itself")
        return cls(scheme=ReplicaSpec(options.spec).scheme if options.spec in tuple(ReplicaSpec) else Scheme.SEED)

    @property
    def profile(self) -> ServiceProfile:
        """Its own. The port of its REST is found when it starts."""
        logins = {
            name: DeclaredLogin(one.name, one.name, has_password=True, has_token=True) for name, one in KNOWN.items()
        }
        return ServiceProfile(scheme=self.scheme, network_allowance=0.0, http=f"http://{LOOPBACK}", logins=logins)

    @property
    def shows(self) -> frozenset[str]:
        """Nothing of its broker is asked for."""
        return frozenset()

    def provokes(self, name: str) -> bool:
        """It can be restarted."""
        return name == "restart"

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The service, alive on a broker of its own."""
        granted = (self.variation.habits.grants(one) for one in Access((*KNOWN.values(),)).accounts(self.scheme))
        listener = Listener(watch=services.see, accounts=(Account(_EVERYTHING), *granted))
        async with services.start_broker(listener) as bare:
            endpoint = replace(bare, login=_EVERYTHING)
            running = _RunningService(endpoint, self.scheme, self.variation)
            await running.start()
            try:
                async with served(running.rest, LOOPBACK, 0) as port:
                    address = f"http://{LOOPBACK}:{port}"
                    yield RunningTarget(
                        endpoint,
                        running,
                        provokes_within=0.0,
                        declares_itself=True,
                        http=address,
                        identities=_IDENTITIES,
                    )
            finally:
                await running.end()

    @property
    def variants(self) -> Sequence[Variant]:
        """Every deviation and quirk."""
        return [variation.variant for variation in SERVICE_VARIATIONS]

    def varied(self, variant: str) -> "SimulatedService":
        """The same service with one decision changed."""
        variation = next(one for one in SERVICE_VARIATIONS if one.variant.id == variant)
        return replace(self, name=f"{self.name}+{variant}", variation=variation)


@dataclass
class _RunningService:
    """The service of one run, which can end and start anew on what it has stored."""

    endpoint: Endpoint
    scheme: Scheme
    variation: ServiceVariation
    store: MemoryStore = field(default_factory=MemoryStore)
    _life: asyncio.Task[None] | None = None
    _machine: ReplicaService = field(init=False)
    _service: DurableService = field(init=False)

    @property
    def rest(self) -> web.Application:
        """Its documents over HTTP, as it shows them over MQTT."""
        path = "/state/{device}/get" if self.scheme is Scheme.SEED else "/things/{device}/shadow"
        app = web.Application()
        app.add_routes([web.get(path, self._show, allow_head=False)])
        return app

    async def _show(self, request: web.Request) -> web.Response:
        token = request.headers.get(hdrs.AUTHORIZATION, "").removeprefix("Bearer ")
        client = Access((*KNOWN.values(),)).bearer(token)
        if code := self.variation.habits.rest_code(client, request.match_info["device"]):
            return web.json_response({"code": code, "message": HTTPStatus(code).phrase}, status=code)
        asked = asyncio.get_running_loop().create_future()
        replica = ReplicaId(request.match_info["device"], request.query.get("name", ""))
        self._service.ask(ReplicaRequest(replica, Operation.GET, b"", asked.set_result))
        told = self._machine.over_mqtt(await asked)
        shown = next((one.payload for one in told if one.topic.endswith("/get/accepted")), None)
        if shown is None:
            raise web.HTTPNotFound
        return web.Response(body=self.variation.habits.rest_shows(shown), content_type="application/json")

    async def start(self) -> None:
        """It is up when this returns. Raises LinkError."""
        is_up = asyncio.Event()
        self._life = asyncio.create_task(self._live(is_up))
        up = asyncio.create_task(is_up.wait())
        await asyncio.wait((self._life, up), return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if self._life.done():
            await self._life

    async def end(self) -> None:
        """It is gone when this returns."""
        if self._life:
            self._life.cancel()
            await asyncio.wait((self._life,))

    async def provoke(self, provocation: Provocation) -> None:
        """End it, and start it anew."""
        if provocation.name != "restart":
            raise CannotProvoke(provocation, "a simulated service can only be restarted")
        await self.end()
        self.store.content = self.variation.habits.recalls(self.store.content)
        if seconds := self.variation.habits.restarts_in:
            self._life = asyncio.create_task(self._live(asyncio.Event(), seconds))
        else:
            await self.start()

    async def _live(self, is_up: asyncio.Event, begins_in: float = 0.0) -> None:
        await asyncio.sleep(begins_in)
        machine = ReplicaService(self.scheme, documents=self.store.documents(), rules=self.variation.rules)
        service = DurableService(machine, self.store)
        timed = _TimedAnswers(machine, self.variation)
        self._machine, self._service = machine, service
        habits = self.variation.habits
        options = replace(CONNECT_OPTIONS, publishes_at=habits.publishes_at)
        timed.face = MqttFace(timed, service, self.endpoint, options, habits.retains)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(service.live())
            tasks.create_task(timed.face.live(lambda _line: is_up.set()))
            if habits.heeds_answers:
                tasks.create_task(_heed_answers(self.endpoint, self.scheme, service))


@dataclass
class _TimedAnswers:
    """The messages of a machine, some of which are held back for a while."""

    machine: ReplicaService
    variation: ServiceVariation
    face: MqttFace = field(init=False)
    _free_at: float = 0.0

    @property
    def scheme(self) -> Scheme:
        """The machine's."""
        return self.machine.scheme

    def over_mqtt(self, reply: Reply) -> tuple[Message, ...]:
        """Those that leave at once; the others leave by themselves."""
        if self.variation.habits.one_every:
            self._queue(self.machine.over_mqtt(reply))
            return ()
        by_delay: dict[float, list[Message]] = {0.0: []}
        for one in self.machine.over_mqtt(reply):
            by_delay.setdefault(self.variation.habits.delays(one), []).append(one)
        for seconds, held in by_delay.items():
            if seconds:  # together, as timers of one moment have no order
                asyncio.get_running_loop().call_later(seconds, self.face.say, held)
        return tuple(by_delay[0.0])

    def _queue(self, messages: Sequence[Message]) -> None:
        """One leaves after the other, as on a slow link."""
        loop = asyncio.get_running_loop()
        for one in messages:
            self._free_at = max(loop.time(), self._free_at) + self.variation.habits.one_every
            loop.call_at(self._free_at, self.face.say, (one,))


async def _heed_answers(endpoint: Endpoint, scheme: Scheme, service: DurableService) -> None:
    """Take what others publish at the topics of answers for an update, until cancelled."""
    async with connect(endpoint, f"{CLIENT_ID}-heeding") as link:
        await link.subscribe(*(f"{requests}/{AnswerLevel.ACCEPTED}" for requests in filters_of_requests(scheme)))
        async for heard in link.deliveries():
            found = answer_at(heard.topic, scheme)
            if found and b"timestamp" not in heard.payload:
                service.ask(ReplicaRequest(found[0], Operation.UPDATE, heard.payload, lambda _reply: None))
