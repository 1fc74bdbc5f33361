"""The control of update agents over HTTP: what they are at, and what can be done to them."""

from collections.abc import Iterable, Sequence

from aiohttp import web

from harness.payload.values import JSON
from harness.protocols.update.words.device_events import Reset
from simulator.standalone.devices.device_routes import ONE, DeviceRoutes
from simulator.update.standalone.running_agent import RunningUpdateAgent


def agent_routes(agents: Sequence[RunningUpdateAgent]) -> list[web.RouteDef]:
    """Routes that show what the agents are at, and what can be done to them."""
    return _UpdateAgents(agents).routes


class _UpdateAgents(DeviceRoutes[RunningUpdateAgent]):
    def own_routes(self) -> Iterable[web.RouteDef]:
        return [web.post(f"{ONE}/reset", self._reset)]

    def in_short(self, device: RunningUpdateAgent) -> dict[str, JSON]:
        return {"id": device.id, "connected": device.is_up, "activity": device.machine.activity}

    def in_full(self, device: RunningUpdateAgent) -> dict[str, JSON]:
        machine = device.machine
        return {
            **self.in_short(device),
            "statuses": [*machine.statuses],
            "components": {
                name: {"version": one.version, "config": dict(one.config)} for name, one in machine.stock.items()
            },
        }

    async def _reset(self, request: web.Request) -> web.Response:
        await self.device(request).meet(Reset())
        return web.Response(status=204)
