"""The HTTP control: what the devices show, and what can be done to them. It answers once the device has taken it."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from difflib import get_close_matches
from typing import NoReturn, TypeVar

from aiohttp import web

from harness.errors import UsageError
from harness.provoke import Break, ChangeUnits, Mend, Move, Override, Release
from harness.wire.reader import read_object
from harness.wire.udmi import Problem, Value
from simulator.events import Event
from simulator.live_point import LivePoint
from simulator.standalone.address import Address
from simulator.standalone.guard import guard
from simulator.standalone.life import Life
from simulator.standalone.panel import panel
from simulator.standalone.sense import (
    ACTIONS,
    NoSenseError,
    WrongValueError,
    check_trouble,
    check_units,
    check_value,
)
from simulator.standalone.view import in_full, in_short

_LARGEST_BODY = 16 * 1024  # bytes
_LONGEST_DROP = 86_400.0  # seconds
_GOODBYE = 1.0  # seconds that a request which is being answered has left at the end
_TROUBLES: Mapping[str, Callable[[str], Event]] = {
    "override": Override,
    "release": Release,
    "break": Break,
    "mend": Mend,
}
T = TypeVar("T")


@asynccontextmanager
async def control(lives: Sequence[Life], address: Address, token: str | None) -> AsyncIterator[str]:
    """The control, as long as the block lasts; yields its URL. Raises UsageError where it cannot listen."""
    app = web.Application(middlewares=[guard(address, token)], client_max_size=_LARGEST_BODY)
    app.add_routes(_Control(lives).routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, address.host, address.port).start()
        except OSError as error:
            raise UsageError(f"--control {address}: cannot listen there: {error.strerror or error}") from error
        yield f"http://{Address(address.host, runner.addresses[0][1])}/"
    finally:
        await runner.cleanup()


class _Control:
    def __init__(self, lives: Sequence[Life]) -> None:
        self._lives = {life.id: life for life in lives}

    @property
    def routes(self) -> list[web.RouteDef]:
        device = "/devices/{device}"
        return [
            web.get("/", self._panel),
            web.get("/devices", self._list),
            web.get(device, self._show),
            web.post(f"{device}/points/{{point}}/{{action}}", self._act),
            web.post(f"{device}/link/drop", self._drop),
            web.post(f"{device}/restart", self._restart),
        ]

    async def _panel(self, _request: web.Request) -> web.Response:
        return panel()

    async def _list(self, _request: web.Request) -> web.Response:
        return _json([in_short(life) for life in self._lives.values()])

    async def _show(self, request: web.Request) -> web.Response:
        return _json(in_full(self._life(request)))

    async def _act(self, request: web.Request) -> web.Response:
        life = self._life(request)
        live = _known("point", request.match_info["point"], life.device.points)
        action = request.match_info["action"]
        if action not in ACTIONS:
            raise _unknown("action", action, ACTIONS)
        try:
            event = _event(live, action, await _body(request))
        except WrongValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        except NoSenseError as error:
            raise web.HTTPConflict(text=str(error)) from error
        await life.meet(event)
        return web.Response(status=204)

    async def _drop(self, request: web.Request) -> web.Response:
        body = await _body(request)
        seconds = body.number("seconds")
        if not 0 < seconds <= _LONGEST_DROP:
            raise web.HTTPBadRequest(text=f"seconds must be more than 0 and at most {_LONGEST_DROP:.0f}")
        self._life(request).drop(seconds)
        return web.Response(status=204)

    async def _restart(self, request: web.Request) -> web.Response:
        await self._life(request).restart()
        return web.Response(status=204)

    def _life(self, request: web.Request) -> Life:
        return _known("device", request.match_info["device"], self._lives)


class _Body:
    """What came with a request, field by field; whatever is amiss with it makes a 400."""

    def __init__(self, payload: bytes) -> None:
        self._problems: list[Problem] = []
        self._fields = read_object(payload, self._problems)

    def text(self, name: str) -> str:
        text = self._fields.text(name)
        return text if isinstance(text, str) else self._refuse(name)

    def number(self, name: str) -> float:
        number = self._fields.number(name)
        return number if isinstance(number, int | float) else self._refuse(name)

    def value(self, name: str) -> Value:
        value = self._fields.value(name)
        return value if isinstance(value, bool | int | float | str) else self._refuse(name)

    def _refuse(self, name: str) -> NoReturn:
        lack = f'the body lacks the field {name!r}; expected {{"{name}": …}}'
        raise web.HTTPBadRequest(text=str(self._problems[0]) if self._problems else lack)


async def _body(request: web.Request) -> _Body:
    return _Body(await request.read())


def _event(live: LivePoint, action: str, body: _Body) -> Event:
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


def _known(kind: str, name: str, known: Mapping[str, T]) -> T:
    if name not in known:
        raise _unknown(kind, name, known)
    return known[name]


def _unknown(kind: str, name: str, known: Collection[str]) -> web.HTTPNotFound:
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {len(known)}, such as {next(iter(known))!r}"
    return web.HTTPNotFound(text=f"unknown {kind} {name[:100]!r}; {hint}")


def _json(content: object) -> web.Response:
    return web.json_response(content, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
