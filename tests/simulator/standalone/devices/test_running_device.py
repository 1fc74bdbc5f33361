"""A device of no plug on its own: its log, its control over HTTP, and its variations."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web

from harness.broker import embedded_broker
from harness.payload.values import JSON
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.devices.device_routes import ONE, DeviceRoutes
from simulator.standalone.devices.running_device import LogLines, RunningDevice
from simulator.standalone.fleet import alive_together
from tests.simulator.base.bell import HEALTHY, TWIN, BellEvent, BellProfile, BellVariation, linked
from tests.simulator.udmi.standalone.standing import in_real_time, until


class Bells(DeviceRoutes[RunningDevice[BellEvent]]):
    """The actions on bells."""

    def own_routes(self) -> Iterable[web.RouteDef]:
        """They can be asked."""
        return [web.post(f"{ONE}/ask", self._ask)]

    def in_short(self, device: RunningDevice[BellEvent]) -> dict[str, JSON]:
        """Its id."""
        return {"id": device.id}

    def in_full(self, device: RunningDevice[BellEvent]) -> dict[str, JSON]:
        """Whether it is up, too."""
        return {"id": device.id, "is_up": device.is_up}

    async def _ask(self, request: web.Request) -> web.Response:
        await self.device(request).meet(BellEvent.ASKED)
        return web.Response(status=204)


@asynccontextmanager
async def _alone(log: list[str], variation: BellVariation = HEALTHY) -> AsyncIterator[str]:
    """A bell, up; yields the URL of its control."""
    lines: LogLines[BellEvent] = LogLines(lambda event: f"met {event}", _line)
    async with embedded_broker() as broker:
        bell = RunningDevice(linked(BellProfile(), variation), broker, log.append, lines)
        async with (
            alive_together([bell], wait=False),
            control(Bells([bell]).routes, Address("127.0.0.1", 0), None) as url,
        ):
            await bell.born()
            yield url


SHOWN = {"id": "BELL-1", "variant": {"id": "healthy", "kind": None, "fact": "keeps every clause"}}


def _without_broker(shown: object) -> object:
    """Its port is any that was free."""
    return {name: one for name, one in shown.items() if name != "broker"} if isinstance(shown, dict) else shown


def _line(topic: str, payload: bytes, /, *, sent: bool) -> str:
    return f"rings at {topic}: {payload.decode()}{'' if sent else ', unheard'}"


def _of(log: list[str], words: str) -> int:
    return sum(words in line for line in log)


def test_events_and_messages_are_written_down_in_their_order() -> None:
    async def drive() -> None:
        async with _alone(log) as url, ClientSession() as http:
            await until(lambda: _of(log, "ding connected"))
            async with http.post(f"{url}devices/BELL-1/ask") as answer:
                assert answer.status == 204
            await until(lambda: _of(log, "ding asked"))

    log: list[str] = []
    in_real_time(drive())

    assert [line.partition("BELL-1")[2].strip() for line in log[1:]] == [
        "met connected",
        "rings at bells/BELL-1/ring: ding connected",
        "met asked",
        "rings at bells/BELL-1/ring: ding asked",
    ]


def test_devices_are_listed_shown_dropped_and_restarted() -> None:
    async def drive() -> list[object]:
        async with _alone(log) as url, ClientSession() as http:

            async def get(path: str) -> object:
                async with http.get(url + path) as answer:
                    return await answer.json()

            async def post(path: str, **fields: float) -> int:
                async with http.post(url + path, json=fields) as answer:
                    return answer.status

            shown = [await get("devices"), await get("devices/BELL-1"), await get("devices/BELL-7")]
            told = [await post("devices/BELL-1/link/drop", seconds=seconds) for seconds in (0, 1e6, 0.05)]
            dropped = await get("devices/BELL-1")
            await until(lambda: _of(log, "link up") == 2)
            told.append(await post("devices/BELL-1/restart"))
            await until(lambda: _of(log, "link up") == 3)
            return [*map(_without_broker, shown), told, _without_broker(dropped)]

    log: list[str] = []
    listed, shown, unknown, told, dropped = in_real_time(drive())

    assert listed == [{"id": "BELL-1", "link": "up"}]
    assert shown == {**SHOWN, "link": "up", "is_up": True, "filters": ["bells/BELL-1/press"]}
    assert unknown == {"error": "unknown device 'BELL-7'; did you mean 'BELL-1'?"}
    assert told == [400, 400, 204, 204]
    assert dropped == {**SHOWN, "link": "down", "is_up": False, "filters": []}
    assert _of(log, "met restarted") == 1


def test_second_client_of_a_variation_comes_to_a_device_that_runs_alone() -> None:
    async def drive() -> None:
        async with _alone(log, TWIN):
            await until(lambda: _of(log, "link down") and _of(log, "link up") > 1)

    log: list[str] = []
    in_real_time(drive())
