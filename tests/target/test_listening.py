"""A device that connects to us, in virtual time and over TCP."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from harness.clock import Clock, new_loop
from harness.errors import HarnessError, LinkError, UsageError
from harness.mqtt.endpoint import Endpoint, Login, Tls
from harness.mqtt.link import connect
from harness.target import Recording, RunningTarget, TargetOptions, resolve
from harness.target.listening import COMES_WITHIN, ListeningTarget, listen, listens
from tests.broker.certificates import Pki
from tests.broker.packets import Kind, frame, text
from tests.broker.raw_client import RawClient
from tests.target.services import AHU_1, PROFILE, metadata, opened, run, services

DEVICE = Login("ahu", "sesame")
_URL = "connect to mqtt://"


def innermost(error: BaseException) -> BaseException:
    """The errors that a broker's task group holds."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def met(target: ListeningTarget, told: list[str], login: Login | None = None) -> RunningTarget:
    """The device reads where it is waited for, and comes."""

    async def come() -> None:
        while not told:  # noqa: ASYNC110 - a second of virtual time costs nothing
            await asyncio.sleep(1)
        port = int(told[-1].partition(",")[0].rpartition(":")[2])
        async with connect(Endpoint("127.0.0.1", port, login), "AHU-1") as link:
            await link.subscribe("/devices/AHU-1/config")

    coming = asyncio.create_task(come())
    try:
        async with target.open(services(told)) as running:
            await coming
            return running
    finally:
        coming.cancel()


def test_device_is_named_by_where_it_is_waited_for() -> None:
    assert listen("//0.0.0.0", PROFILE).name == "listen://0.0.0.0:1883"
    assert listens("//[::1]:8884", PROFILE).name == "listens://[::1]:8884"


def test_device_that_comes_is_met_on_a_broker_of_our_own() -> None:
    told: list[str] = []

    running = run(lambda: met(_anywhere(PROFILE), told))

    assert not running.is_shared
    assert told[0].startswith(f"waiting for AHU-1 to {_URL}")


def test_device_with_a_login_may_do_what_is_its_own_and_we_may_do_everything() -> None:
    running = run(lambda: met(_anywhere(TargetOptions(AHU_1, DEVICE)), [], DEVICE))

    assert running.endpoint.login is not None
    assert running.endpoint.login != DEVICE


def test_client_that_is_not_let_in_is_nobody_that_was_waited_for() -> None:
    with pytest.raises((HarnessError, BaseExceptionGroup)) as refused:
        run(lambda: met(_anywhere(TargetOptions(AHU_1, DEVICE)), [], Login("ahu", "wrong")))

    error = innermost(refused.value)
    assert isinstance(error, LinkError)
    assert str(error).endswith("within 120 s; 1 client was refused: wrong password for 'ahu'")


def test_device_is_not_sent_to_loopback_where_it_may_come_from_anywhere() -> None:
    told: list[str] = []
    everywhere = replace(_anywhere(replace(PROFILE, insecure=True)), at=Endpoint("0.0.0.0", 0))  # noqa: S104 - so it is

    with pytest.raises((HarnessError, BaseExceptionGroup)):
        run(lambda: opened(everywhere, told))

    assert re.match(r"waiting for AHU-1 to connect to port \d+ of this machine, 120 s at most", told[-1])


def test_client_of_another_mqtt_is_told_what_is_spoken_here() -> None:
    told: list[str] = []

    async def come() -> None:
        while not told:  # noqa: ASYNC110 - a second of virtual time costs nothing
            await asyncio.sleep(1)
        port = int(told[-1].partition(",")[0].rpartition(":")[2])
        stranger = await RawClient.open(Endpoint("127.0.0.1", port))
        stranger.write(frame(Kind.CONNECT, text("MQTT") + b"\x05\x02\x00\x00\x00" + text("AHU-1")))
        await stranger.gone()
        await stranger.close()

    async def waits() -> None:
        coming = asyncio.create_task(come())
        try:
            await opened(_anywhere(PROFILE), told)
        finally:
            await coming

    with pytest.raises((HarnessError, BaseExceptionGroup)) as refused:
        run(waits)

    assert "1 client was refused: it speaks MQTT 5" in str(innermost(refused.value))


def test_device_that_does_not_come_is_waited_for_in_vain() -> None:
    with pytest.raises((HarnessError, BaseExceptionGroup)) as refused:
        run(lambda: opened(_anywhere(PROFILE), []))

    words = str(innermost(refused.value))
    assert words.endswith(f"nobody was let in and subscribed within {COMES_WITHIN:g} s; set AHU-1 to it")


@pytest.mark.parametrize("tls", [None, Tls(Path("ca.crt")), Tls(None, Path("server.crt"), Path("server.key"))])
def test_listening_with_tls_needs_a_certificate_and_says_how_to_make_one(tls: Tls | None) -> None:
    with pytest.raises(UsageError, match=r"needs --certificate FILE and --key FILE.*`setpoint certs DIR` makes them"):
        run(lambda: opened(listens("//127.0.0.1", TargetOptions(AHU_1, tls=tls)), []))


def test_what_metadata_leaves_out_is_told_before_the_device_is_waited_for(tmp_path: Path) -> None:
    told: list[str] = []

    with pytest.raises((HarnessError, BaseExceptionGroup)):
        run(lambda: opened(_anywhere(TargetOptions(metadata(tmp_path))), told))

    assert told[0] == "writable, but never written, as the metadata gives no value for it: valve"
    assert told[1].startswith("waiting for AHU-7")


def test_device_that_shows_no_certificate_is_not_let_in_where_one_is_demanded(tmp_path: Path) -> None:
    pki = Pki.made_in(tmp_path)
    options = _demanding(pki)

    with pytest.raises((HarnessError, BaseExceptionGroup)) as refused:
        _come_with(pki.stranger, options)

    assert isinstance(innermost(refused.value), LinkError)


def test_device_that_shows_a_certificate_is_met_where_one_is_demanded_and_so_are_we(tmp_path: Path) -> None:
    pki = Pki.made_in(tmp_path)

    _come_with(pki.device, _demanding(pki))


def _demanding(pki: Pki) -> TargetOptions:
    ours = Tls(pki.ca, pki.folder / "server.crt", pki.folder / "server.key")
    return TargetOptions(AHU_1, tls=ours, client_ca=pki.ca)


def _come_with(tls: Tls, options: TargetOptions) -> None:
    """In real time, as a handshake blocks. We come in as well."""
    at = Endpoint("127.0.0.1", 0, tls=Tls())
    told: list[str] = []

    async def main() -> None:
        async def come() -> None:
            while not told:  # noqa: ASYNC110 - what the target tells, nobody else does
                await asyncio.sleep(0.01)
            port = int(told[-1].partition(",")[0].rpartition(":")[2])
            async with connect(Endpoint("127.0.0.1", port, tls=tls), "AHU-1") as link:
                await link.subscribe("/devices/AHU-1/config")

        target = ListeningTarget(at, listens("//127.0.0.1", options).file, options)
        async with asyncio.TaskGroup() as tasks:
            coming = tasks.create_task(come())
            async with target.open(services(told)) as running:
                await coming
                async with connect(running.endpoint, "setpoint-cloud-AHU-1"):
                    pass

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        runner.run(main())


@pytest.mark.parametrize("scheme", ["mqtt", "mqtts", "listen"])
def test_client_ca_is_for_listening_with_tls(scheme: str) -> None:
    options = TargetOptions(AHU_1, insecure=True, client_ca=Path("ca.pem"))

    def tried() -> None:
        target = resolve(f"{scheme}://127.0.0.1", options)
        assert not isinstance(target, Recording)
        run(lambda: opened(target, []))

    with pytest.raises(UsageError, match="--device=listens:"):
        tried()


def _anywhere(options: TargetOptions) -> ListeningTarget:
    """At whatever port is free: a URL cannot say so."""
    target = listen("//127.0.0.1", options)
    return ListeningTarget(Endpoint("127.0.0.1", 0), target.file, options)
