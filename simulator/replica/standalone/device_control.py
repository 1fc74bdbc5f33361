"""The control of devices behind a replica over HTTP: what they are like, and what can be done to them."""

from collections.abc import Iterable, Sequence

from aiohttp import web

from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_in
from simulator.replica.device.events import Changed
from simulator.replica.device.properties import is_same
from simulator.replica.standalone.drafts import drafts_of
from simulator.replica.standalone.running_device import RunningReplicaDevice
from simulator.standalone.control import known
from simulator.standalone.devices.device_routes import ONE, DeviceRoutes
from simulator.standalone.devices.message_draft import MessageDraft


def device_routes(devices: Sequence[RunningReplicaDevice]) -> list[web.RouteDef]:
    """Routes that show what the devices are like, and what can be done to them."""
    return _ReplicaDevices(devices).routes


class _ReplicaDevices(DeviceRoutes[RunningReplicaDevice]):
    def own_routes(self) -> Iterable[web.RouteDef]:
        return [web.post(f"{ONE}/properties/{{property}}/change", self._change)]

    def in_short(self, device: RunningReplicaDevice) -> dict[str, JSON]:
        return {"id": device.id, "connected": device.is_up}

    def in_full(self, device: RunningReplicaDevice) -> dict[str, JSON]:
        machine = device.machine
        return {**self.in_short(device), "version": machine.version, "properties": dict(machine.values)}

    def drafts(self, device: RunningReplicaDevice) -> Iterable[MessageDraft]:
        return drafts_of(device)

    async def _change(self, request: web.Request) -> web.Response:
        device = self.device(request)
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
