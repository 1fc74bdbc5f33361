"""The control of UDMI devices over HTTP: what they show, and what can be done to them; answered once it is done."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from harness.clock import utc
from harness.payload.values import JSON
from harness.protocols.udmi.words.device_events import Break, ChangeUnits, Mend, Move, Override, Release
from simulator.standalone.control import Body, known, unknown
from simulator.standalone.devices.device_routes import ONE, PANEL, DeviceRoutes
from simulator.standalone.devices.message_draft import MessageDraft
from simulator.standalone.operator_page import PageParts
from simulator.udmi.events import Event
from simulator.udmi.live_point import LivePoint
from simulator.udmi.standalone.action_validation import (
    ACTIONS,
    InvalidActionError,
    InvalidValueError,
    check_trouble,
    check_units,
    check_value,
)
from simulator.udmi.standalone.device_view import in_full, in_short
from simulator.udmi.standalone.drafts import drafts_of
from simulator.udmi.standalone.running_device import RunningUdmiDevice

_OWN = Path(__file__).parent
_PAGE = replace(PANEL, styles=(*PANEL.styles, _OWN / "points.css"), scripts=(*PANEL.scripts, _OWN / "points.js"))
_TROUBLES: Mapping[str, Callable[[str], Event]] = {
    "override": Override,
    "release": Release,
    "break": Break,
    "mend": Mend,
}


def device_routes(devices: Sequence[RunningUdmiDevice]) -> list[web.RouteDef]:
    """The page, what the devices show, and what can be done to them."""
    return _UdmiDevices(devices).routes


class _UdmiDevices(DeviceRoutes[RunningUdmiDevice]):
    def own_routes(self) -> Iterable[web.RouteDef]:
        return [web.post(f"{ONE}/points/{{point}}/{{action}}", self._act)]

    def in_short(self, device: RunningUdmiDevice) -> dict[str, JSON]:
        return in_short(device)

    def in_full(self, device: RunningUdmiDevice) -> dict[str, JSON]:
        return in_full(device)

    def drafts(self, device: RunningUdmiDevice) -> Iterable[MessageDraft]:
        return drafts_of(device, utc())

    def page(self) -> PageParts:
        return _PAGE

    async def _act(self, request: web.Request) -> web.Response:
        device = self.device(request)
        live = known("point", request.match_info["point"], device.machine.points)
        action = request.match_info["action"]
        if action not in ACTIONS:
            raise unknown("action", action, ACTIONS)
        try:
            event = _event(live, action, await Body.of(request))
        except InvalidValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        except InvalidActionError as error:
            raise web.HTTPConflict(text=str(error)) from error
        await device.meet(event)
        return web.Response(status=204)


def _event(live: LivePoint, action: str, body: Body) -> Event:
    name = live.point.name
    match action:
        case "units":
            return ChangeUnits(name, check_units(live, body.text("units")), live.condition.units or "")
        case "value":
            value = body.value("value")
            check_value(live, value)
            return Move(name, value, live.reading())
        case _:
            check_trouble(live.point, action)
            return _TROUBLES[action](name)
