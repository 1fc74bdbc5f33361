"""The control of devices with an update manager over HTTP: what they are at, and what can be done to them."""

from collections.abc import Iterable, Sequence

from aiohttp import web

from harness.payload.values import JSON
from harness.protocols.update.words.device_events import Reset
from simulator.standalone.devices.device_routes import ONE, DeviceRoutes
from simulator.update.standalone.running_device import RunningUpdateDevice


def update_device_routes(devices: Sequence[RunningUpdateDevice]) -> list[web.RouteDef]:
    """Routes that show what the devices are at, and what can be done to them."""
    return _UpdateDevices(devices).routes


class _UpdateDevices(DeviceRoutes[RunningUpdateDevice]):
    def own_routes(self) -> Iterable[web.RouteDef]:
        return [web.post(f"{ONE}/reset", self._reset)]

    def in_short(self, device: RunningUpdateDevice) -> dict[str, JSON]:
        return {"id": device.id, "connected": device.is_up, "activity": device.machine.activity}

    def in_full(self, device: RunningUpdateDevice) -> dict[str, JSON]:
        machine = device.machine
        return {
            **self.in_short(device),
            "status": machine.status,
            "components": {
                name: {"version": one.version, "config": dict(one.config)} for name, one in machine.stock.items()
            },
        }

    async def _reset(self, request: web.Request) -> web.Response:
        await self.device(request).meet(Reset())
        return web.Response(status=204)
