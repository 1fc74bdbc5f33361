"""The service does what its description says, and schemathesis finds it where it does not."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from harness.clock import Clock, new_loop
from harness.mqtt.link import connect
from harness.protocols.replica.words.topics import Scheme
from simulator.replica.merge import Object
from simulator.replica.requests import Limits
from simulator.replica.rest import face, openapi
from tests.simulator.replica.running import Running, running

T = TypeVar("T")
_UPDATE = b'{"state": {"desired": {"on": true}}}'
_OPTIONS = ("--max-examples", "40", "--generation-deterministic", "--workers", "1")
_LONGEST = 280  # seconds
needs_schemathesis = pytest.mark.skipif(find_spec("schemathesis") is None, reason="pip install -e .[openapi]")


@needs_schemathesis
@pytest.mark.process
@pytest.mark.parametrize("scheme", Scheme)
def test_service_does_what_its_description_says(tmp_path: Path, scheme: Scheme) -> None:
    code, said = _searched(tmp_path, scheme)

    assert code == 0, said
    assert "0 selected" not in said


@needs_schemathesis
@pytest.mark.process
@pytest.mark.parametrize(
    ("told", "instead", "found"),
    [
        ('"404"', '"410"', "Undocumented"),
        ('"version": {"type": "integer"', '"version": {"type": "string"', "Response violates schema"),
    ],
    ids=["a status that is not described", "a type that is described otherwise"],
)
def test_service_that_does_otherwise_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, instead: str, found: str
) -> None:
    def wrong(scheme: Scheme, limits: Limits, *, has_tokens: bool) -> Object:
        text = json.dumps(openapi.description(scheme, limits, has_tokens=has_tokens))
        assert told in text
        content: Object = json.loads(text.replace(told, instead))
        return content

    monkeypatch.setattr(face, "description", wrong)

    code, said = _searched(tmp_path, Scheme.SEED)

    assert code == 1
    assert found in said


@pytest.mark.parametrize("scheme", Scheme)
def test_description_names_every_route_and_no_other(tmp_path: Path, scheme: Scheme) -> None:
    async def main() -> tuple[int, Object]:
        async with running(tmp_path, scheme) as service:
            status, told = await service.asked("GET", "/openapi.json")
            return status, json.loads(json.dumps(told))

    status, told = _run(main())
    paths = cast("dict[str, dict[str, object]]", told["paths"])
    described = {(method.upper(), path) for path, item in paths.items() for method in item if method != "parameters"}

    assert status == 200
    assert described == _ROUTES[scheme]


_AWS = "/things/{device}/shadow"
_ROUTES = {
    Scheme.SEED: {("GET", "/state/{device}/get")},
    Scheme.AWS: {
        *((method, _AWS) for method in ("GET", "POST", "DELETE")),
        ("GET", "/api/things/shadow/ListNamedShadowsForThing/{device}"),
    },
}


def test_tokens_are_told_of_where_they_are_asked_for() -> None:
    described = openapi.description(Scheme.SEED, Limits(), has_tokens=True)

    assert described["security"] == [{"token": []}]
    assert "security" not in openapi.description(Scheme.SEED, Limits(), has_tokens=False)


def _searched(folder: Path, scheme: Scheme) -> tuple[int, str]:
    """The exit code of schemathesis, and its words."""
    return _run(_search(folder, scheme))


async def _search(folder: Path, scheme: Scheme) -> tuple[int, str]:
    async with asyncio.timeout(_LONGEST), running(folder, scheme) as service:
        await _known_lamp(service, scheme)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{service.rest}/openapi.json", *_OPTIONS),
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            said, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return process.returncode or 0, said.decode()


async def _known_lamp(service: Running, scheme: Scheme) -> None:
    """The replica of the example in the description."""
    topic = "state/lamp/update" if scheme is Scheme.SEED else "$aws/things/lamp/shadow/update"
    async with connect(service.broker, "lamp") as lamp:
        await lamp.subscribe(f"{topic}/accepted")
        await lamp.publish(topic, _UPDATE)
        await anext(lamp.deliveries())


def _run(main: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        return runner.run(main)
