"""Lamps of another make, and components on AWS's SDK, behind `setpoint replica`: all at the same time."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from live.plug import plugged_in
from live.processes import SETPOINT, free_port, started
from live.replica_devices.judged_lamp import EXPECTED, broker_options, certified, lamp

_WITHIN = 60.0  # seconds: no verdict hangs on the speed of this machine
_LAMPS = [*((name, "") for name, expected in EXPECTED.items() if not expected.bug), ("sdk", "night")]
_SHADOWS = ["", "night"]
Outcomes = Mapping[tuple[str, str], BaseException | None]


@dataclass(frozen=True)
class Service:
    """The address of a service. `folder`: its store, and the certificates of the bench."""

    folder: Path
    port: int
    rest: str

    async def asked(
        self, method: str, thing: str, shadow: str, body: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """The answer over HTTP."""
        url = f"{self.rest}/things/{thing}/shadow" + (f"?name={shadow}" if shadow else "")
        async with (
            ClientSession() as session,
            session.request(method, url, data=json.dumps(body) if body else None) as answer,
        ):
            content = await answer.json()
            assert isinstance(content, dict)
            return content

    async def desires(self, thing: str, shadow: str, wanted: Mapping[str, object]) -> None:
        """A component's update."""
        assert "version" in await self.asked("POST", thing, shadow, {"state": {"desired": wanted}})

    async def is_met(self, thing: str, shadow: str, wanted: Mapping[str, object]) -> None:
        """Wait until the lamp reports that, and nothing differs."""
        document: dict[str, Any] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(_WITHIN):
                while True:
                    document = (await self.asked("GET", thing, shadow)).get("state", {})
                    if "delta" not in document and wanted.items() <= document.get("reported", {}).items():
                        return
                    await asyncio.sleep(0.1)
        raise AssertionError(f"{wanted} should be reported, but there is {document}")


@asynccontextmanager
async def _service(folder: Path, *, tls: bool) -> AsyncIterator[Service]:
    """`setpoint replica --scheme aws`, as an operator starts it."""
    port = free_port()
    where = ["--broker", f"listens://127.0.0.1:{port}", *broker_options(folder)] if tls else ["--port", str(port)]
    store = ["--store", str(folder / f"{tls}.db"), "--http", "127.0.0.1:0"]
    process = await started([*SETPOINT, "replica", "--scheme", "aws", *store, *where])
    try:
        assert process.stdout
        said: list[str] = []
        while not said or not said[-1].startswith("on the broker"):
            line = (await process.stdout.readline()).decode()
            assert line, "".join(said)
            said.append(line)
        [rest] = [line for line in said if line.startswith("REST: ")]
        yield Service(folder, port, rest.removeprefix("REST: ").strip())
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.communicate()


async def _lamp_follows(service: Service, name: str, shadow: str) -> None:
    """The lamp follows wishes that were made while it was there, and while it was away."""
    thing = f"{name}-{shadow or 'classic'}"
    folder = service.folder / thing
    folder.mkdir()
    for file in ("ca.crt", "device.crt", "device.key"):
        shutil.copy(service.folder / file, folder)
    more = ("--shadow", shadow) if shadow else ()
    expected = replace(EXPECTED[name], scheme="aws")
    device = lamp(expected, service.port, folder, "--service-port", str(free_port()), *more, identity=thing)
    async with plugged_in(device, folder):
        await service.is_met(thing, shadow, {"power": False, "brightness": 20})
        await service.desires(thing, shadow, {"power": True, "color": {"hue": 240}})
        await service.is_met(thing, shadow, {"power": True, "color": {"hue": 240, "saturation": 0.5}, "switched": 1})
    await service.desires(thing, shadow, {"brightness": 70, "color": {"hue": 120}})
    async with plugged_in(device, folder):
        met = {"power": True, "brightness": 70, "color": {"hue": 120, "saturation": 0.5}, "switched": 1}
        await service.is_met(thing, shadow, met)


def _component_is_answered(folder: Path, port: int, shadow: str) -> None:
    """An update, a conflict, a get and a deletion, and what is told of the update."""
    import awsiot  # noqa: PLC0415 - an extra
    from awsiot.iotshadow import ShadowState  # noqa: PLC0415 - likewise

    from live.replica_devices.sdk_app import SdkApp  # noqa: PLC0415 - likewise

    app = SdkApp(folder, port, "thing", shadow)
    try:
        with pytest.raises(awsiot.V2ServiceException) as missing:
            app.get()
        first = app.update(ShadowState(reported={"on": False}, desired={"on": True, "level": 3}))
        told = dict(app.heard.get(timeout=_WITHIN) for _ in range(2))
        with pytest.raises(awsiot.V2ServiceException) as conflict:
            app.update(ShadowState(reported={"on": True}), version=7)
        got = app.get()
        gone = app.delete()
    finally:
        app.close()

    assert missing.value.modeled_error.code == 404
    assert (first.version, first.state.desired) == (1, {"on": True, "level": 3})
    assert (told["delta"].state, told["delta"].version) == ({"on": True, "level": 3}, 1)
    assert told["documents"].previous is None
    assert told["documents"].current.state.reported == {"on": False}
    assert conflict.value.modeled_error.code == 409
    assert (got.state.delta, got.metadata.desired.keys()) == ({"on": True, "level": 3}, {"on", "level"})
    assert gone.version == 1


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """Of every lamp and component, by its name and that of its document; None: all is well."""
    folder = tmp_path_factory.mktemp("bench")

    async def every() -> Outcomes:
        await certified(folder)
        async with _service(folder, tls=False) as plain, _service(folder, tls=True) as secured:
            jobs: dict[tuple[str, str], Coroutine[Any, Any, None]] = {}
            has_sdk = find_spec("awsiot") is not None
            for name, shadow in _LAMPS:
                if not has_sdk and EXPECTED[name].device == "sdk_lamp":
                    continue
                service = secured if EXPECTED[name].road == "listens" else plain
                jobs[name, shadow] = _lamp_follows(service, name, shadow)
            for shadow in _SHADOWS if has_sdk else ():
                jobs["component", shadow] = asyncio.to_thread(_component_is_answered, folder, secured.port, shadow)
            done = await asyncio.gather(*jobs.values(), return_exceptions=True)
            return dict(zip(jobs, done, strict=True))

    return asyncio.run(every())


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "shadow"), _LAMPS)
def test_lamp_does_what_was_desired_while_it_was_there_and_away(outcomes: Outcomes, name: str, shadow: str) -> None:
    _raise(outcomes, name, shadow)


@pytest.mark.parametrize("shadow", _SHADOWS)
def test_component_on_the_sdk_is_answered_and_told_as_at_home(outcomes: Outcomes, shadow: str) -> None:
    _raise(outcomes, "component", shadow)


def _raise(outcomes: Outcomes, name: str, shadow: str) -> None:
    if (name, shadow) not in outcomes:
        pytest.skip("pip install -e .[aws]")
    if outcome := outcomes[name, shadow]:
        raise outcome
