"""The control of devices behind a replica over HTTP: what they are like, and what can be done to them."""

from collections.abc import Sequence

from aiohttp import web

from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_in
from simulator.replica.device.events import Changed
from simulator.replica.device.properties import is_same
from simulator.replica.standalone.running_device import RunningReplicaDevice
from simulator.standalone.control import Body, json_answer, known

_LONGEST_DROP = 86_400.0  # seconds


def device_routes(devices: Sequence[RunningReplicaDevice]) -> list[web.RouteDef]:
    """Routes that show what the devices are like, and what can be done to them."""
    return _ReplicaDevices(devices).routes


class _ReplicaDevices:
    def __init__(self, devices: Sequence[RunningReplicaDevice]) -> None:
        self._devices = {device.id: device for device in devices}

    @property
    def routes(self) -> list[web.RouteDef]:
        one = "/devices/{device}"
        return [
            web.get("/", self._list),
            web.get("/devices", self._list),
            web.get(one, self._show),
            web.post(f"{one}/properties/{{property}}/change", self._change),
            web.post(f"{one}/link/drop", self._drop),
            web.post(f"{one}/restart", self._restart),
        ]

    async def _list(self, _request: web.Request) -> web.Response:
        return json_answer([{"id": device.id, "connected": device.is_up} for device in self._devices.values()])

    async def _show(self, request: web.Request) -> web.Response:
        device = self._device(request)
        machine = device.machine
        return json_answer(
            {
                "id": device.id,
                "connected": device.is_up,
                "version": machine.version,
                "properties": dict(machine.values),
            }
        )

    async def _change(self, request: web.Request) -> web.Response:
        device = self._device(request)
        changed = known("property", request.match_info["property"], device.machine.properties)
        body = object_in(await request.read())
        if body is None or "value" not in body:
            raise web.HTTPBadRequest(text='expected {"value": …}')
        value: JSON = body["value"]
        if not changed.admits(value):
            raise web.HTTPBadRequest(text=f"{changed.name} never is {str(value)[:100]!r}")
        if not is_same(device.machine.values[changed.name], value):
            await device.meet(Changed(changed.name, value))
        return web.Response(status=204)

    async def _drop(self, request: web.Request) -> web.Response:
        seconds = (await Body.of(request)).number("seconds")
        if not 0 < seconds <= _LONGEST_DROP:
            raise web.HTTPBadRequest(text=f"seconds must be more than 0 and at most {_LONGEST_DROP:.0f}")
        self._device(request).drop(seconds)
        return web.Response(status=204)

    async def _restart(self, request: web.Request) -> web.Response:
        await self._device(request).restart()
        return web.Response(status=204)

    def _device(self, request: web.Request) -> RunningReplicaDevice:
        return known("device", request.match_info["device"], self._devices)
