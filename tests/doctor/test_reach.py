"""Doors that are real, on the wall clock."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.broker import Listener, ServerTls, embedded_broker
from harness.certificates import bench_ca, server
from harness.clock import Clock
from harness.doctor.door import Door, Reach
from harness.doctor.reach import knock
from harness.wire.endpoint import Endpoint, Tls
from tests.broker.bench import Bench, Meeting

OURS = Bench(embedded_broker, Clock.REAL)


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


def _knocked(tls: Tls | None, listener: Listener | None = None) -> Door:
    async def check(meeting: Meeting) -> Door:
        return await knock(Endpoint("127.0.0.1", meeting.endpoint.port, tls=tls), "setpoint-doctor")

    return OURS.run(check, listener)


def _guarded(files: Path) -> Listener:
    return Listener(tls=ServerTls(files / "s.crt", files / "s.key"))


def test_open_door_lets_us_in() -> None:
    assert _knocked(None).is_open


def test_port_without_tls_is_seen_to_be_one(files: Path) -> None:
    door = _knocked(Tls(files / "ca.crt"))

    assert door.tls
    assert (door.is_open, door.tls.problem is None) == (False, False)


def test_port_with_tls_is_seen_to_be_one(files: Path) -> None:
    door = _knocked(None, _guarded(files))

    assert (door.is_open, door.speaks_tls) == (False, True)


@pytest.mark.parametrize(("ca", "codes"), [("ca.crt", {64}), ("other.crt", {7, 19, 20, 30})])
def test_certificate_is_read_though_it_is_not_trusted(files: Path, ca: str, codes: set[int]) -> None:
    door = _knocked(Tls(files / ca), _guarded(files))

    assert door.tls
    assert door.tls.certificate
    assert door.tls.code in codes
    assert door.tls.certificate.names == ("broker.example",)


def test_port_where_nobody_listens_is_seen_to_be_one() -> None:
    async def check(_meeting: Meeting) -> Door:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        return await knock(Endpoint("127.0.0.1", port), "setpoint-doctor")

    assert OURS.run(check).reach is Reach.REFUSED
