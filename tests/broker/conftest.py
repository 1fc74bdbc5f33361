"""Each check is made on each broker."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory

import pytest

from harness.broker import Listener, embedded_broker, mosquitto_broker
from harness.clock import Clock
from harness.mqtt.endpoint import Endpoint
from tests.broker.brokers import BrokerUnderTest

_MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


@asynccontextmanager
async def _at_a_file(listener: Listener) -> AsyncIterator[Endpoint]:
    with TemporaryDirectory() as folder:
        async with embedded_broker(replace(listener, host=f"{folder}/broker")) as endpoint:
            yield endpoint


_BENCHES = {
    "embedded": BrokerUnderTest(embedded_broker, Clock.VIRTUAL),
    "at a file": BrokerUnderTest(_at_a_file, Clock.VIRTUAL),
    "mosquitto": BrokerUnderTest(mosquitto_broker, Clock.REAL),
}

needs_mosquitto = pytest.mark.skipif(_MOSQUITTO is None, reason="Mosquitto is not installed")


_ON_TCP = ("embedded", pytest.param("mosquitto", marks=needs_mosquitto))


@pytest.fixture(params=[*_ON_TCP, "at a file"])
def broker(request: pytest.FixtureRequest) -> BrokerUnderTest:
    """A broker to be."""
    return _BENCHES[request.param]


@pytest.fixture(params=_ON_TCP)
def bench_on_tcp(request: pytest.FixtureRequest) -> BrokerUnderTest:
    """One with a port, and with certificates if need be."""
    return _BENCHES[request.param]


@pytest.fixture
def embedded() -> BrokerUnderTest:
    """The broker of ours, for what it promises beyond MQTT."""
    return _BENCHES["embedded"]
