"""Doors that are real, on the wall clock."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.broker import Listener, ServerTls, embedded_broker
from harness.clock import Clock
from harness.doctor.broker_access import BrokerAccess, Reachability
from harness.doctor.probe import probe
from harness.files.certificates import bench_ca, server
from harness.mqtt.endpoint import Endpoint, Tls
from tests.broker.brokers import BrokerUnderTest, Meeting

OURS = BrokerUnderTest(embedded_broker, Clock.REAL)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CA, another one, and a server's certificate for a name that nobody uses."""
    folder, now = tmp_path_factory.mktemp("bench"), datetime.now(UTC)
    ca, other = bench_ca(now), bench_ca(now)
    identity = server(ca, ["broker.example"], now)
    for name, pem in {"ca": ca.certificate_pem, "other": other.certificate_pem, "s": identity.certificate_pem}.items():
        (folder / f"{name}.crt").write_bytes(pem)
    (folder / "s.key").write_bytes(identity.key_pem)
    return folder


def _knocked(tls: Tls | None, listener: Listener | None = None) -> BrokerAccess:
    async def check(meeting: Meeting) -> BrokerAccess:
        return await probe(Endpoint("127.0.0.1", meeting.endpoint.port, tls=tls), "setpoint-doctor")

    return OURS.run(check, listener)


def _guarded(files: Path) -> Listener:
    return Listener(tls=ServerTls(files / "s.crt", files / "s.key"))


def test_open_door_lets_us_in() -> None:
    assert _knocked(None).is_open


def test_port_without_tls_is_seen_to_be_one(files: Path) -> None:
    access = _knocked(Tls(files / "ca.crt"))

    assert access.tls
    assert (access.is_open, access.tls.problem is None) == (False, False)


def test_port_with_tls_is_seen_to_be_one(files: Path) -> None:
    access = _knocked(None, _guarded(files))

    assert (access.is_open, access.speaks_tls) == (False, True)


@pytest.mark.parametrize(("ca", "codes"), [("ca.crt", {64}), ("other.crt", {7, 19, 20, 30})])
def test_certificate_is_read_though_it_is_not_trusted(files: Path, ca: str, codes: set[int]) -> None:
    access = _knocked(Tls(files / ca), _guarded(files))

    assert access.tls
    assert access.tls.certificate
    assert access.tls.code in codes
    assert access.tls.certificate.names == ("broker.example",)


def test_port_where_nobody_listens_is_seen_to_be_one() -> None:
    async def check(_meeting: Meeting) -> BrokerAccess:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        return await probe(Endpoint("127.0.0.1", port), "setpoint-doctor")

    assert OURS.run(check).reachability is Reachability.REFUSED
