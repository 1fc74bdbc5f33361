"""Routes that the control of devices has whatever they speak: to list, to show, to drop and to restart them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from aiohttp import web

from harness.payload.values import JSON
from simulator.standalone.control import Body, json_answer, known
from simulator.standalone.devices.running_device import RunningDevice

ONE = "/devices/{device}"  # the path of one device
_LONGEST_DROP = 86_400.0  # seconds
D = TypeVar("D", bound=RunningDevice[Any])


class DeviceRoutes(ABC, Generic[D]):
    """Shows the devices, and does to them what can be done; a request is answered once it is done."""

    def __init__(self, devices: Sequence[D]) -> None:
        self._devices = {device.id: device for device in devices}

    @property
    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        return [
            web.get("/", self.front),
            web.get("/devices", self._list),
            web.get(ONE, self._show),
            *self.own_routes(),
            web.post(f"{ONE}/link/drop", self._drop),
            web.post(f"{ONE}/restart", self._restart),
        ]

    @abstractmethod
    def own_routes(self) -> Iterable[web.RouteDef]:
        """Routes for all else that can be done to such devices."""

    @abstractmethod
    def in_short(self, device: D) -> dict[str, JSON]:
        """A line of the list."""

    @abstractmethod
    def in_full(self, device: D) -> dict[str, JSON]:
        """The device as it is at this moment."""

    async def front(self, request: web.Request) -> web.Response:
        """The page; or the list, where there is none."""
        return await self._list(request)

    def device(self, request: web.Request) -> D:
        """The device that the request is about. Raises a 404."""
        return known("device", request.match_info["device"], self._devices)

    async def _list(self, _request: web.Request) -> web.Response:
        return json_answer([self.in_short(device) for device in self._devices.values()])

    async def _show(self, request: web.Request) -> web.Response:
        return json_answer(self.in_full(self.device(request)))

    async def _drop(self, request: web.Request) -> web.Response:
        seconds = (await Body.of(request)).number("seconds")
        if not 0 < seconds <= _LONGEST_DROP:
            raise web.HTTPBadRequest(text=f"seconds must be more than 0 and at most {_LONGEST_DROP:.0f}")
        self.device(request).drop(seconds)
        return web.Response(status=204)

    async def _restart(self, request: web.Request) -> web.Response:
        await self.device(request).restart()
        return web.Response(status=204)
