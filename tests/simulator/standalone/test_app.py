"""Machines on their own, whatever protocol they speak, and the process that they run in."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web

from harness.errors import HarnessError, LinkError
from simulator.standalone.address import Address
from simulator.standalone.app import App, ControlAccess, run


class Beacon:
    """A machine of no protocol. `problem`: why it finds no broker; None: it finds one."""

    def __init__(self, name: str, problem: HarnessError | None = None) -> None:
        self.id, self.problem, self.waits = name, problem, list[bool]()
        self._born = asyncio.Event()

    async def live(self, over: asyncio.Event, *, wait: bool) -> HarnessError | None:
        """Run, unless there is a problem."""
        self.waits.append(wait)
        if self.problem and not wait:
            return self.problem
        self._born.set()
        await over.wait()
        return None

    async def born(self) -> None:
        """Return once it runs."""
        await self._born.wait()


def of(beacons: Sequence[Beacon]) -> App[Beacon]:
    """They run for a moment, and their control names them."""
    at = ControlAccess(Address("127.0.0.1", 0), None)
    return App(make=lambda: beacons, routes=_routes, control=at, seconds=0.05)


def _routes(beacons: Sequence[Beacon]) -> list[web.RouteDef]:
    async def names(_request: web.Request) -> web.Response:
        return web.json_response([beacon.id for beacon in beacons])

    return [web.get("/", names)]


def test_every_machine_runs_and_only_the_first_must_find_its_broker() -> None:
    first, other = Beacon("a"), Beacon("b", LinkError("b", "is gone"))

    asyncio.run(run(of([first, other]), lambda _line: None))

    assert (first.waits, other.waits) == ([False], [True])


def test_first_machine_without_a_broker_ends_all() -> None:
    first, other = Beacon("a", LinkError("a", "is gone")), Beacon("b")

    with pytest.raises(LinkError, match="is gone"):
        asyncio.run(run(of([first, other]), lambda _line: None))

    assert other.waits == []


def test_control_serves_what_a_plug_has_of_its_machines() -> None:
    async def drive() -> object:
        url = asyncio.get_running_loop().create_future()
        running = asyncio.create_task(run(replace(of([Beacon("a")]), seconds=None), url.set_result))
        async with ClientSession() as session, session.get((await url).removeprefix("control: ")) as answer:
            told = await answer.json()
        running.cancel()
        return told

    assert asyncio.run(drive()) == ["a"]
