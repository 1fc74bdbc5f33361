"""The control of UDMI devices over HTTP: what they show, and what can be done to them; answered once it is done."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from aiohttp import web

from harness.protocols.udmi.words.device_events import Break, ChangeUnits, Mend, Move, Override, Release
from simulator.standalone.control import Body, json_answer, known, unknown
from simulator.standalone.operator_page import operator_page
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
from simulator.udmi.standalone.running_device import RunningDevice

_PAGE = Path(__file__).with_name("panel.html")
_LONGEST_DROP = 86_400.0  # seconds
_TROUBLES: Mapping[str, Callable[[str], Event]] = {
    "override": Override,
    "release": Release,
    "break": Break,
    "mend": Mend,
}


def device_routes(devices: Sequence[RunningDevice]) -> list[web.RouteDef]:
    """The page, what the devices show, and what can be done to them."""
    return _Devices(devices).routes


class _Devices:
    def __init__(self, devices: Sequence[RunningDevice]) -> None:
        self._devices = {device.id: device for device in devices}

    @property
    def routes(self) -> list[web.RouteDef]:
        one = "/devices/{device}"
        return [
            web.get("/", self._panel),
            web.get("/devices", self._list),
            web.get(one, self._show),
            web.post(f"{one}/points/{{point}}/{{action}}", self._act),
            web.post(f"{one}/link/drop", self._drop),
            web.post(f"{one}/restart", self._restart),
        ]

    async def _panel(self, _request: web.Request) -> web.Response:
        return operator_page(_PAGE)

    async def _list(self, _request: web.Request) -> web.Response:
        return json_answer([in_short(device) for device in self._devices.values()])

    async def _show(self, request: web.Request) -> web.Response:
        return json_answer(in_full(self._device(request)))

    async def _act(self, request: web.Request) -> web.Response:
        device = self._device(request)
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

    async def _drop(self, request: web.Request) -> web.Response:
        body = await Body.of(request)
        seconds = body.number("seconds")
        if not 0 < seconds <= _LONGEST_DROP:
            raise web.HTTPBadRequest(text=f"seconds must be more than 0 and at most {_LONGEST_DROP:.0f}")
        self._device(request).drop(seconds)
        return web.Response(status=204)

    async def _restart(self, request: web.Request) -> web.Response:
        await self._device(request).restart()
        return web.Response(status=204)

    def _device(self, request: web.Request) -> RunningDevice:
        return known("device", request.match_info["device"], self._devices)


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
