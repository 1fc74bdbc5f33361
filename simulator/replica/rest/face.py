"""The service over HTTP: the same requests, each with its answer in the response.

An update that is accepted is told on the broker as well; one that is refused is told to its client alone.
"""

import asyncio
import re

from aiohttp import web

from harness.clock import utc
from harness.payload.values import JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme
from simulator.replica.durable_service import DurableService, ReplicaRequest
from simulator.replica.mqtt_face import MqttFace
from simulator.replica.rest.admission import DESCRIPTION, refusal
from simulator.replica.rest.openapi import DEVICE_PATTERN, MOST_LISTED, NAME_PATTERN, THING_PATTERN, description
from simulator.replica.service import ReplicaService, Reply

LARGEST_BODY = 128 * 1024  # bytes
_OPERATIONS = {"GET": Operation.GET, "POST": Operation.UPDATE, "DELETE": Operation.DELETE}
_NAME = re.compile(NAME_PATTERN)
_DEVICES = {Scheme.SEED: re.compile(DEVICE_PATTERN), Scheme.AWS: re.compile(THING_PATTERN)}


class RestFace:
    """The HTTP side of a service. `has_tokens`: whether clients are asked for one, which its description tells."""

    def __init__(
        self, machine: ReplicaService, service: DurableService, mqtt: MqttFace, *, has_tokens: bool = False
    ) -> None:
        self._machine, self._service, self._mqtt = machine, service, mqtt
        self._description = description(machine.scheme, machine.limits, has_tokens=has_tokens)

    @property
    def routes(self) -> list[web.RouteDef]:
        """The routes of the machine's scheme."""
        told = web.get(DESCRIPTION, self._describe, allow_head=False)
        if self._machine.scheme is Scheme.SEED:
            return [told, web.get("/state/{device}/get", self._shadow, allow_head=False)]
        thing = "/things/{device}/shadow"
        methods = [web.get(thing, self._shadow, allow_head=False), web.post(thing, self._shadow)]
        listing = web.get("/api/things/shadow/ListNamedShadowsForThing/{device}", self._list, allow_head=False)
        return [told, *methods, web.delete(thing, self._shadow), listing]

    async def _describe(self, _request: web.Request) -> web.Response:
        return _json(self._description)

    async def _shadow(self, request: web.Request) -> web.Response:
        device, name = request.match_info["device"], request.query.get("name", "")
        if not self._is_device(device) or not _NAME.fullmatch(name):
            return refusal(400, "Invalid name")
        reply = await self._asked(ReplicaId(device, name), _OPERATIONS[request.method], await request.read())
        if reply.answer is AnswerLevel.REJECTED:
            return _refused(reply)
        return _json(reply.body)

    def _is_device(self, device: str) -> bool:
        return _DEVICES[self._machine.scheme].fullmatch(device) is not None

    async def _asked(self, replica: ReplicaId, operation: Operation, payload: bytes) -> Reply:
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

        def tell(reply: Reply) -> None:
            if reply.stored is not None:
                self._mqtt.say(self._machine.over_mqtt(reply))
            if not answered.done():  # the client may be gone
                answered.set_result(reply)

        self._service.ask(ReplicaRequest(replica, operation, payload, tell))
        return await answered

    async def _list(self, request: web.Request) -> web.Response:
        """A page of the names that exist, in order; `nextToken` is the last name of a page that is not the last."""
        device, after = request.match_info["device"], request.query.get("nextToken", "")
        size = _page_size(request.query.get("pageSize", str(MOST_LISTED)))
        if not self._is_device(device) or not _NAME.fullmatch(after) or size is None:
            return refusal(400, "Invalid name, pageSize or nextToken")
        settled = await self._asked(ReplicaId(device), Operation.GET, b"")  # all that was asked before is stored then
        if settled.body.get("code") in (429, 500):
            return _refused(settled)
        names = [name for name in self._machine.named(device) if name > after]
        page: dict[str, JSON] = {"results": list(names[:size]), "timestamp": int(utc())}
        return _json(page if len(names) <= size else {**page, "nextToken": names[size - 1]})


def _page_size(text: str) -> int | None:
    size = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    return size if 1 <= size <= MOST_LISTED else None


def _refused(reply: Reply) -> web.Response:
    code = reply.body["code"]
    return _json(reply.body, code if isinstance(code, int) else 500)


def _json(body: JSON, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)
