"""`setpoint profile` as an operator runs it for a device behind a replica, or for a service."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.cli import main
from harness.clock import Clock, new_loop
from harness.mqtt.link import Link, connect
from harness.protocols.replica.device_profile_file import DeviceProfileFile
from harness.protocols.replica.plug import REPLICA
from harness.protocols.replica.words.topics import Scheme

_ANSWERS = {
    "state/LAMP-1/get": b'{"state": {"desired": {"power": true}, "reported": {"power": false}}, "version": 3}',
    "$aws/things/LAMP-1/shadow/get": b'{"state": {"reported": {"level": 4}}, "version": 3}',
}


@pytest.fixture
def broker() -> Iterator[str]:
    """In a thread of its own: a broker at which somebody answers for a lamp's replica, under both schemes."""
    loop, url, ends = new_loop(Clock.REAL), list[str](), asyncio.Event()
    up = asyncio.Event()

    async def running() -> None:
        async with embedded_broker(Listener()) as endpoint, connect(endpoint, "service") as link:
            await link.subscribe("state/+/get", "state/+/update", "$aws/things/LAMP-1/shadow/get")
            url.append(str(endpoint))
            up.set()
            answering = asyncio.create_task(answer(link))
            await ends.wait()
            answering.cancel()

    async def answer(link: Link) -> None:
        async for heard in link.deliveries():
            await link.publish(f"{heard.topic}/accepted", _ANSWERS.get(heard.topic, b'{"state": {}}'))

    def live() -> None:
        loop.run_until_complete(running())
        loop.run_until_complete(loop.shutdown_default_executor())

    thread = Thread(target=live)
    thread.start()
    asyncio.run_coroutine_threadsafe(up.wait(), loop).result(timeout=30)
    yield url[0]
    loop.call_soon_threadsafe(ends.set)
    thread.join(timeout=30)
    loop.close()


@pytest.mark.parametrize(("scheme", "name"), [(Scheme.SEED, "power"), (Scheme.AWS, "level")])
def test_draft_of_a_device_is_a_profile(
    broker: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], scheme: Scheme, name: str
) -> None:
    file = tmp_path / "lamp.toml"
    command = ["profile", "--device", broker, "--id", "LAMP-1", "--spec", f"replica-{scheme}", "--seconds", "0.3"]

    code = main([*command, "-o", str(file)])

    profile = DeviceProfileFile.read(file).profile
    assert (code, profile.id, profile.scheme, list(profile.properties)) == (0, "LAMP-1", scheme, [name])
    first, following = capsys.readouterr().out.splitlines()
    assert first == f"{file} has 1 property; go through every line"
    assert following.startswith("next: setpoint doctor --device=")
    assert main([*command, "-o", str(file)]) == 3
    assert "is there already; --force overwrites it" in capsys.readouterr().err


def test_draft_of_a_service_goes_to_standard_output(
    broker: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "service.toml"

    code = main(["profile", "--service", broker, "--spec", "replica-seed"])

    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert code == 0
    assert REPLICA.read_profile(file).profile.id == "setpoint"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--device", "mqtt://b"], "say which by --id"),
        (["--device", "mqtt://b", "--id", "A/#"], "--id: 'A/#' does not match"),
        (["--device", "mqtt://b", "--id", "A", "--topics", "/a/{id}"], "--topics has no use with replica-seed"),
        (["--device", "mqtt://b", "--id", "A", "--profile", "x"], "--profile has no use with replica-seed"),
        (["--device", "mqtt://b", "--id", "A", "--clear"], "--clear has no use with replica-seed"),
        (["--metadata", "x"], "--metadata has no use with replica-seed"),
        (["--service", "mqtt://b", "--id", "A"], "--id has no use with --service"),
        (["--service", "mqtt://b", "--silent"], "--silent has no use with --service"),
        (["--service", "ftp://b"], "--service is 'ftp://b'"),
        (["--service", "mqtt://b", "--spec", "udmi-1.5"], "expected one of replica-seed, replica-aws"),
    ],
)
def test_profile_says_what_is_wrong_with_the_wish(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = [] if "--spec" in arguments else ["--spec", "replica-seed"]

    assert main(["profile", *arguments, *spec]) == 3

    assert complaint in capsys.readouterr().err
