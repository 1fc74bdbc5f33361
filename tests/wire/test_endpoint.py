"""Where a broker listens and how to come in: what is printed, and what files are refused."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from harness.certificates import Identity, bench_ca, device
from harness.errors import UsageError
from harness.wire.endpoint import Endpoint, Login, Tls
from harness.wire.tls import client_context

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def ca() -> Identity:
    """A CA."""
    return bench_ca(NOW)


@pytest.fixture
def tls(tmp_path: Path, ca: Identity) -> Tls:
    """Three files that fit."""
    ours = device(ca, "d", NOW)
    files = {"ca.crt": ca.certificate_pem, "d.crt": ours.certificate_pem, "d.key": ours.key_pem}
    for name, pem in files.items():
        (tmp_path / name).write_bytes(pem)
    return Tls(tmp_path / "ca.crt", tmp_path / "d.crt", tmp_path / "d.key")


@pytest.mark.parametrize(
    ("endpoint", "printed"),
    [
        (Endpoint("broker", 1883), "mqtt://broker:1883"),
        (Endpoint("broker", 8883, tls=Tls()), "mqtts://broker:8883"),
        (Endpoint("::1", 1883), "mqtt://[::1]:1883"),
        (Endpoint("/run/broker", 0), "mqtt+unix:///run/broker"),
        (Endpoint("\0broker", 0), "mqtt+unix://@broker"),
        (Endpoint("broker", 1883, Login("cloud", "secret")), "mqtt://broker:1883"),
    ],
)
def test_endpoint_reads_as_a_url(endpoint: Endpoint, printed: str) -> None:
    assert str(endpoint) == printed


def test_no_secret_is_shown() -> None:
    assert "secret" not in repr(Endpoint("broker", 1883, Login("cloud", "secret")))


def test_server_is_always_verified(tls: Tls) -> None:
    for context in (client_context(tls), client_context(Tls())):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("part", ["ca", "certificate", "key"])
def test_file_that_is_not_there_is_named(tls: Tls, tmp_path: Path, part: str) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.pem cannot be read: No such file or directory"):
        client_context(_with(tls, part, tmp_path / "nowhere.pem"))


@pytest.mark.parametrize("part", ["ca", "certificate", "key"])
def test_file_that_is_something_else_is_named(tls: Tls, tmp_path: Path, part: str) -> None:
    (tmp_path / "something.else").write_text("nothing to see here")

    with pytest.raises(UsageError, match=r"something\.else"):
        client_context(_with(tls, part, tmp_path / "something.else"))


def test_key_of_another_certificate_is_said_to_be_one(tls: Tls, tmp_path: Path, ca: Identity) -> None:
    (tmp_path / "other.key").write_bytes(ca.key_pem)

    with pytest.raises(UsageError, match="the key belongs to another certificate"):
        client_context(replace(tls, key=tmp_path / "other.key"))


def test_encrypted_key_is_refused_and_nobody_is_asked(tls: Tls, tmp_path: Path, ca: Identity) -> None:
    encrypted = ca.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))
    (tmp_path / "encrypted.key").write_bytes(encrypted)

    with pytest.raises(UsageError, match=r"encrypted\.key are no certificate with its key"):
        client_context(replace(tls, key=tmp_path / "encrypted.key"))


def test_key_without_a_certificate_is_refused(tls: Tls) -> None:
    with pytest.raises(UsageError, match=r"there is a key \(.*d\.key\), but no certificate"):
        client_context(replace(tls, certificate=None))


def _with(tls: Tls, part: str, file: Path) -> Tls:
    match part:
        case "ca":
            return replace(tls, ca=file)
        case "certificate":
            return replace(tls, certificate=file)
        case _:
            return replace(tls, key=file)
