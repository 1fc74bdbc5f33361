"""Each check is made on each broker."""

import shutil

import pytest

from harness.broker import embedded_broker, mosquitto_broker
from harness.clock import Clock
from tests.broker.bench import Bench

_MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
_BENCHES = {"embedded": Bench(embedded_broker, Clock.VIRTUAL), "mosquitto": Bench(mosquitto_broker, Clock.REAL)}

needs_mosquitto = pytest.mark.skipif(_MOSQUITTO is None, reason="Mosquitto is not installed")


@pytest.fixture(params=["embedded", pytest.param("mosquitto", marks=needs_mosquitto)])
def bench(request: pytest.FixtureRequest) -> Bench:
    """A broker to be."""
    return _BENCHES[request.param]
