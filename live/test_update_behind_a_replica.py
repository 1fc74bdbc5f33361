"""Software that a component desires over REST gets through a replica service to a device's agents; it is reported back.

Service and device are processes of their own, as an operator starts them, and each goes away and comes back meanwhile.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from live.processes import SETPOINT, free_port, started

_WITHIN = 60.0  # seconds: an update takes five of them
_AT_FIRST = {"containers:web": "1.0", "containers:store": "4.3", "self-update:firmware": "20", "lab:probe": "1"}


class _Replica:
    """The device's document over REST."""

    def __init__(self, rest: str) -> None:
        self._url = f"{rest}/things/GATEWAY-1/shadow"

    async def desires(self, software: Mapping[str, object]) -> None:
        """A component's update."""
        assert "version" in await self._asked("POST", {"state": {"desired": {"software": software}}})

    async def reports(self, software: Mapping[str, str]) -> Mapping[str, Any]:
        """Wait until the device reports that; the whole state."""
        state: dict[str, Any] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(_WITHIN):
                while True:
                    state = (await self._asked("GET")).get("state", {})
                    if software.items() <= state.get("reported", {}).get("software", {}).items():
                        return state
                    await asyncio.sleep(0.1)
        raise AssertionError(f"{software} should be reported, but there is {state}")

    async def _asked(self, method: str, body: Mapping[str, object] | None = None) -> dict[str, Any]:
        data = json.dumps(body) if body else None
        async with ClientSession() as session, session.request(method, self._url, data=data) as answer:
            content = await answer.json()
            assert isinstance(content, dict)
            return content


@asynccontextmanager
async def _process(*arguments: str, until: str) -> AsyncIterator[list[str]]:
    """A command of ours, as long as the block lasts; yields its lines up to the one that begins so."""
    process = await started([*SETPOINT, *arguments])
    try:
        assert process.stdout
        said: list[str] = []
        while not said or not said[-1].startswith(until):
            line = (await process.stdout.readline()).decode()
            assert line, "".join(said)
            said.append(line)
        yield said
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.communicate()


@asynccontextmanager
async def _service(folder: Path, port: int) -> AsyncIterator[_Replica]:
    where = ["--port", str(port), "--http", "127.0.0.1:0", "--store", str(folder / "replica.db")]
    async with _process("replica", "--scheme", "aws", *where, until="on the broker") as said:
        [rest] = [line for line in said if line.startswith("REST: ")]
        yield _Replica(rest.removeprefix("REST: ").strip())


def _device(port: int) -> Any:  # noqa: ANN401 - a context manager of lines
    broker = f"mqtt://127.0.0.1:{port}"
    options = ["--broker", broker, "--replica", broker, "--replica-scheme", "aws", "--wait", "--quiet"]
    return _process("sim", "update/gateway", *options, "--control", "127.0.0.1:0", until="control:")


@pytest.mark.timeout(300)
def test_software_desired_over_rest_is_installed_and_the_delta_vanishes(tmp_path: Path) -> None:
    async def drive() -> list[Mapping[str, Any]]:
        port, states = free_port(), list[Mapping[str, Any]]()
        async with _service(tmp_path, port) as replica, _device(port):
            states.append(await replica.reports(_AT_FIRST))
            await replica.desires({"containers:web": "1.1", "lab:probe": "2"})
            states.append(await replica.reports({"containers:web": "1.1", "lab:probe": "2"}))
        async with _device(port), _service(tmp_path, port) as replica:  # it has what it had at first
            await replica.desires({"containers:web": None, "self-update:firmware": "21", "nosuch": 7})
            states.append(await replica.reports({"self-update:firmware": "21", "lab:probe": "2"}))
        return states

    first, second, third = asyncio.run(drive())

    assert "delta" not in first
    assert "delta" not in second
    assert second["reported"]["software"]["containers:store"] == "4.3"
    assert third["delta"] == {"software": {"nosuch": 7}}
    assert third["reported"]["software"]["containers:web"] == "1.0"
