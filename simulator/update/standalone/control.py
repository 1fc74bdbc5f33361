"""The control of update agents and devices over HTTP: what they are at, and what can be done to them."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from aiohttp import web

from harness.clock import utc
from harness.payload.values import JSON
from harness.protocols.update.words.device_events import AgentEvent, Reset
from simulator.standalone.devices.device_routes import ONE, DeviceRoutes
from simulator.standalone.devices.message_draft import MessageDraft
from simulator.standalone.devices.running_device import RunningMachine
from simulator.update.agent.agent import UpdateAgent
from simulator.update.device.device import UpdateDevice
from simulator.update.standalone.drafts import drafts_of
from simulator.update.standalone.running_machines import RunningAgent, RunningGateway

M = TypeVar("M", bound=UpdateAgent | UpdateDevice)


def agent_routes(agents: Sequence[RunningAgent]) -> list[web.RouteDef]:
    """Routes that show what the agents are at, and what can be done to them."""
    return _UpdateRoutes(agents, lambda machine: {"statuses": [*machine.statuses]}).routes


def gateway_routes(devices: Sequence[RunningGateway]) -> list[web.RouteDef]:
    """Routes that show what the devices are at, and what can be done to them."""
    return _UpdateRoutes(devices, lambda machine: {"status": machine.status}).routes


class _UpdateRoutes(DeviceRoutes[RunningMachine[AgentEvent, M]]):
    """`status`: how far the activity under way is."""

    def __init__(
        self, devices: Sequence[RunningMachine[AgentEvent, M]], status: Callable[[M], dict[str, JSON]]
    ) -> None:
        super().__init__(devices)
        self._status = status

    def own_routes(self) -> Iterable[web.RouteDef]:
        return [web.post(f"{ONE}/reset", self._reset)]

    def in_short(self, device: RunningMachine[AgentEvent, M]) -> dict[str, JSON]:
        return {"id": device.id, "connected": device.is_up, "activity": device.machine.activity}

    def in_full(self, device: RunningMachine[AgentEvent, M]) -> dict[str, JSON]:
        machine = device.machine
        components: dict[str, JSON] = {
            name: {"version": one.version, "config": dict(one.config)} for name, one in machine.stock.items()
        }
        return {**self.in_short(device), **self._status(machine), "components": components}

    def drafts(self, device: RunningMachine[AgentEvent, M]) -> Iterable[MessageDraft]:
        return drafts_of(device.machine, utc())

    async def _reset(self, request: web.Request) -> web.Response:
        await self.device(request).meet(Reset())
        return web.Response(status=204)
