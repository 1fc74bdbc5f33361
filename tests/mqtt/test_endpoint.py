"""The address of a broker and the way in: what is printed, and which files are refused."""

import ssl
from codecs import BOM_UTF8
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from harness.errors import UsageError
from harness.files.certificates import CertificateAndKey, bench_ca, device
from harness.mqtt.endpoint import Endpoint, Login, Tls
from harness.mqtt.tls import client_context

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "open sesame"


@pytest.fixture(scope="module")
def ca() -> CertificateAndKey:
    """A CA."""
    return bench_ca(NOW)


@pytest.fixture
def tls(tmp_path: Path, ca: CertificateAndKey) -> Tls:
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


@pytest.mark.parametrize("part", ["ca", "certificate", "key"])
def test_file_may_begin_with_a_byte_order_mark(tls: Tls, tmp_path: Path, part: str) -> None:
    (tmp_path / "marked.pem").write_bytes(BOM_UTF8 + getattr(tls, part).read_bytes())

    assert client_context(_with(tls, part, tmp_path / "marked.pem")).verify_mode is ssl.CERT_REQUIRED


def test_key_of_another_certificate_is_said_to_be_one(tls: Tls, tmp_path: Path, ca: CertificateAndKey) -> None:
    (tmp_path / "other.key").write_bytes(ca.key_pem)

    with pytest.raises(UsageError, match="the key belongs to another certificate"):
        client_context(replace(tls, key=tmp_path / "other.key"))


@pytest.fixture(params=[PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL], ids=["pkcs8", "traditional"])
def locked(request: pytest.FixtureRequest, tls: Tls, tmp_path: Path) -> Tls:
    """The same, with a key that only its passphrase opens."""
    assert tls.key is not None
    key = load_pem_private_key(tls.key.read_bytes(), None)
    (tmp_path / "locked.key").write_bytes(
        key.private_bytes(Encoding.PEM, request.param, BestAvailableEncryption(WORDS.encode()))
    )
    return replace(tls, key=tmp_path / "locked.key")


def test_encrypted_key_is_opened_by_its_passphrase(locked: Tls) -> None:
    client_context(replace(locked, passphrase=WORDS))


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        (None, "its passphrase is missing: put it in SETPOINT_KEY_PASSPHRASE"),
        ("sesame", "the passphrase in SETPOINT_KEY_PASSPHRASE does not open it"),
        ("x" * 5000, "the passphrase in SETPOINT_KEY_PASSPHRASE does not open it"),
    ],
    ids=["none", "wrong", "too long"],
)
def test_encrypted_key_that_stays_shut_is_said_to_be_one_and_nobody_is_asked(
    locked: Tls, passphrase: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=rf"the key in \S*locked\.key is encrypted, and {said}"):
        client_context(replace(locked, passphrase=passphrase))


def test_passphrase_of_a_key_that_needs_none_does_no_harm(tls: Tls) -> None:
    client_context(replace(tls, passphrase=WORDS))


def test_passphrase_is_not_shown(locked: Tls) -> None:
    assert "sesame" not in repr(replace(locked, passphrase=WORDS))


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
