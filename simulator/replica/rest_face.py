"""The service over HTTP: the same requests, each with its answer in the response.

An update that is accepted is told on the broker as well; one that is refused is told to its client alone.
"""

import asyncio
import re

from aiohttp import web

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme
from simulator.replica.durable_service import DurableService, ReplicaRequest
from simulator.replica.mqtt_face import MqttFace
from simulator.replica.service import ReplicaService, Reply

LARGEST_BODY = 128 * 1024  # bytes
_OPERATIONS = {"GET": Operation.GET, "POST": Operation.UPDATE, "DELETE": Operation.DELETE}
_NAME = re.compile(r"[a-zA-Z0-9:_-]{0,64}")
_DEVICE = re.compile(r"[^/\x00+#]{1,128}")


class RestFace:
    """The HTTP side of a service."""

    def __init__(self, machine: ReplicaService, service: DurableService, mqtt: MqttFace) -> None:
        self._machine, self._service, self._mqtt = machine, service, mqtt

    @property
    def routes(self) -> list[web.RouteDef]:
        """The routes of the machine's scheme."""
        if self._machine.scheme is Scheme.SEED:
            return [web.get("/state/{device}/get", self._shadow)]
        thing = "/things/{device}/shadow"
        methods = [web.get(thing, self._shadow), web.post(thing, self._shadow), web.delete(thing, self._shadow)]
        return [*methods, web.get("/api/things/shadow/ListNamedShadowsForThing/{device}", self._list)]

    async def _shadow(self, request: web.Request) -> web.Response:
        device, name = request.match_info["device"], request.query.get("name", "")
        if not _DEVICE.fullmatch(device) or not _NAME.fullmatch(name):
            return _json({"code": 400, "message": "Invalid name"}, 400)
        reply = await self._asked(ReplicaId(device, name), _OPERATIONS[request.method], await request.read())
        if reply.answer is AnswerLevel.REJECTED:
            code = reply.body["code"]
            return _json(reply.body, code if isinstance(code, int) else 500)
        return _json(reply.body)

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
        device = request.match_info["device"]
        await self._asked(ReplicaId(device), Operation.GET, b"")  # all that was asked before is stored then
        return _json({"results": list(self._machine.named(device))})


def _json(body: JSON, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)
