"""The broker at which the simulated device is met."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from harness.broker import Listener, embedded_broker
from harness.clock import Clock, new_loop
from harness.driving.progress import Unseen
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.host import is_socket
from harness.target import HostServices
from tests.protocols.udmi.driving.playing import small_device


def _met_at(clock: Clock) -> str:
    """The host."""
    met: list[str] = []

    @asynccontextmanager
    async def noted(listener: Listener) -> AsyncIterator[Endpoint]:
        async with embedded_broker(listener) as endpoint:
            met.append(endpoint.host)
            yield endpoint

    async def meet() -> None:
        async with small_device().open(HostServices(noted, Unseen().ask, Unseen().tell, None)):
            pass

    with asyncio.Runner(loop_factory=lambda: new_loop(clock)) as runner:
        runner.run(meet())
    [host] = met
    return host


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a socket has a file")
def test_virtual_time_has_its_broker_at_a_socket_without_a_file() -> None:
    one, other = _met_at(Clock.VIRTUAL), _met_at(Clock.VIRTUAL)

    assert one[0] == other[0] == "\0"
    assert one != other


def test_virtual_time_has_a_file_where_it_must_that_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "another")
    host = _met_at(Clock.VIRTUAL)

    assert is_socket(host)
    assert not Path(host).parent.exists()


def test_real_time_has_its_broker_on_loopback() -> None:
    assert _met_at(Clock.REAL) == "127.0.0.1"


def test_path_that_is_too_long_for_a_socket_is_no_reason_not_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    monkeypatch.setattr(sys, "platform", "another")

    assert _met_at(Clock.VIRTUAL) == "127.0.0.1"
    assert not [*deep.iterdir()]
