"""Routes that the control of devices has whatever they speak: to list, show, write to, drop and restart them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from aiohttp import web

from harness.payload.values import JSON
from simulator.standalone.control import Body, json_answer, known
from simulator.standalone.devices.message_draft import MessageDraft
from simulator.standalone.devices.message_stream import stream_messages
from simulator.standalone.devices.running_device import RunningDevice
from simulator.standalone.operator_page import PageParts, operator_page
from simulator.standalone.variant_choice import described

_PANEL = Path(__file__).parent / "panel"
PANEL = PageParts(
    _PANEL / "panel.html",
    (_PANEL / "panel.css",),
    (_PANEL / "panel.js", _PANEL / "messages.js", _PANEL / "writing.js"),
)
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
            web.get("/", self._front),
            web.get("/devices", self._list),
            web.get(ONE, self._show),
            web.get(f"{ONE}/messages", self._messages),
            web.get(f"{ONE}/drafts", self._drafts),
            web.post(f"{ONE}/inbox", self._hand),
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

    def drafts(self, device: D) -> Iterable[MessageDraft]:
        """Messages that a cloud would send to this device at this moment, to begin with."""
        del device
        return ()

    def page(self) -> PageParts:
        """The panel; a plug may have parts of its own in it."""
        return PANEL

    async def _front(self, _request: web.Request) -> web.Response:
        return operator_page(self.page())

    def device(self, request: web.Request) -> D:
        """The device that the request is about. Raises a 404."""
        return known("device", request.match_info["device"], self._devices)

    async def _list(self, _request: web.Request) -> web.Response:
        return json_answer([{**self.in_short(device), **_link(device)} for device in self._devices.values()])

    async def _show(self, request: web.Request) -> web.Response:
        device = self.device(request)
        common: dict[str, JSON] = {
            **_link(device),
            "broker": str(device.endpoint),
            "variant": described(device.variant),
            "filters": [*device.filters],
        }
        return json_answer({**self.in_full(device), **common})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        return await stream_messages(request, self.device(request).messages)

    async def _drafts(self, request: web.Request) -> web.Response:
        return json_answer([draft.as_json() for draft in self.drafts(self.device(request))])

    async def _hand(self, request: web.Request) -> web.Response:
        device, body = self.device(request), await Body.of(request)
        topic, payload = body.text("topic"), body.text("payload")
        if not device.hand(topic, payload.encode(errors="surrogatepass")):
            raise web.HTTPConflict(text=_why_not(topic, device.filters))
        return web.Response(status=204)

    async def _drop(self, request: web.Request) -> web.Response:
        seconds = (await Body.of(request)).number("seconds")
        if not 0 < seconds <= _LONGEST_DROP:
            raise web.HTTPBadRequest(text=f"seconds must be more than 0 and at most {_LONGEST_DROP:.0f}")
        self.device(request).drop(seconds)
        return web.Response(status=204)

    async def _restart(self, request: web.Request) -> web.Response:
        await self.device(request).restart()
        return web.Response(status=204)


def _link(device: RunningDevice[Any]) -> dict[str, JSON]:
    return {"link": "up" if device.is_up else "down"}


def _why_not(topic: str, filters: Sequence[str]) -> str:
    if not filters:
        return "the link is down, or the device has asked for no topic: no broker would bring it anything"
    return f"the device has not asked for {topic[:100]!r}; it asks for {', '.join(filters)}"
