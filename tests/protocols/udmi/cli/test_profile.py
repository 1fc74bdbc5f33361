"""`setpoint profile` as an operator runs it."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.cli import main
from harness.clock import Clock, new_loop
from harness.mqtt.link import connect
from harness.protocols.udmi.profile_file import ProfileFile
from tests.protocols.udmi.site_model.site import model


@pytest.fixture
def broker() -> Iterator[str]:
    """In a thread of its own: a broker on which a device has left its state and its telemetry."""
    loop, url, ends = new_loop(Clock.REAL), [], asyncio.Event()
    up = asyncio.Event()

    async def running() -> None:
        async with embedded_broker(Listener()) as endpoint, connect(endpoint, "AHU-1") as link:
            await link.publish("/bench/AHU-1/state", b'{"pointset": {"points": {"valve": {}}}}', retain=True)
            reading = b'{"points": {"valve": {"present_value": 4}}}'
            await link.publish("/bench/AHU-1/events/pointset", reading, retain=True)
            url.append(str(endpoint))
            up.set()
            await ends.wait()

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


def test_draft_of_a_device_is_a_profile(broker: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "acme.toml"
    command = ["profile", "--device", broker, "--id", "AHU-1", "--topics", "/bench/{id}", "--seconds", "0.5"]

    code = main([*command, "-o", str(file)])

    profile = ProfileFile.read(file).profile
    assert (code, profile.id, profile.topics, list(profile.points)) == (0, "AHU-1", "/bench/{id}", ["valve"])
    following = f"next: setpoint doctor --device={broker} --profile {file}"
    assert capsys.readouterr().out.splitlines() == [f"{file} has 1 point; go through every line", following]
    assert main([*command, "-o", str(file)]) == 3
    assert "is there already; --force overwrites it" in capsys.readouterr().err


def test_draft_of_metadata_goes_to_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = model(tmp_path)

    assert main(["profile", "--metadata", str(file)]) == 0
    of_file = capsys.readouterr()
    assert main(["profile", "--site-model", str(tmp_path), "--id", "AHU-1"]) == 0
    of_site = capsys.readouterr()

    assert ProfileFile.parse(of_file.out, file).profile == ProfileFile.parse(of_site.out, file).profile
    assert of_file.err == ""


def test_registry_of_a_site_model_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model(tmp_path)
    (tmp_path / "cloud_iot_config.json").write_text('{"registry_id": "ZZ-1"}')

    main(["profile", "--site-model", str(tmp_path), "--id", "AHU-1"])

    assert 'topics = "/r/ZZ-1/d/{id}"' in capsys.readouterr().out


def nowhere() -> str:
    """A broker's URL where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"mqtt://127.0.0.1:{found.getsockname()[1]}"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "one of the arguments --device --service --metadata --site-model --confirm is required"),
        (["--device", "mqtt://b", "--metadata", "m.json"], "not allowed with"),
        (["--device", "mqtt://b"], "say which by --id"),
        (["--device", "mqtt://b", "--id", "A/#"], "--id: 'A/#' does not match"),
        (["--device", "mqtt://b", "--id", "A", "--topics", "/a/#/{id}"], "--topics: "),
        (["--device", "mqtt://b", "--id", "A", "--topics", "/a"], "--topics: "),
        (["--device", "mqtt://b", "--id", "A", "--topics", "/{registry}/{id}"], "write the registry itself"),
        (["--device", "mqtt://me:sesame@b", "--id", "A"], "must not hold a login"),
        (["--device", "listen://b", "--id", "A"], "--user NAME with its password, or --insecure"),
        (["--device", "mqtt://b", "--id", "A", "--ca", "ca.pem"], "write mqtts://"),
        (["--device", "mqtt://b", "--id", "A", "--user", "me"], "the password of 'me' is missing"),
        (["--device", "mqtt://b", "--id", "A", "--seconds", "0"], "0 is not more than 0"),
        (["--device", nowhere(), "--id", "A"], "cannot be reached"),
        (["--metadata", "nowhere.json", "--password-file", "p"], "--password-file has no use without --device"),
        (["--metadata", "nowhere.json", "--profile", "p.toml"], "--profile has no use without --device"),
        (["--device", "mqtt://b", "--id", "A", "--profile", "p.toml"], "cannot read the profile p.toml"),
        (["--metadata", "nowhere.json"], "cannot read the metadata nowhere.json"),
        (["--site-model", "nowhere"], "say which by --id"),
        (["--site-model", "nowhere", "--id", "A"], "nowhere is no site model"),
    ],
)
def test_profile_says_what_is_wrong_with_the_wish(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SETPOINT_PASSWORD", raising=False)
    try:
        code: object = main(["profile", *arguments])
    except SystemExit as refused:
        code = refused.code
    said = capsys.readouterr().err

    assert (code, complaint in said, "sesame" in said) == (3, True, False), said
