"""Where a broker listens, as it is typed and as it is shown."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.wire.endpoint import Endpoint, Login, Tls


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("mqtt://broker", "mqtt://broker:1883"),
        ("mqtt://127.0.0.1:1884", "mqtt://127.0.0.1:1884"),
        ("mqtts://broker", "mqtts://broker:8883"),
        ("mqtts://broker:1/", "mqtts://broker:1"),
        ("mqtt://[::1]:1883", "mqtt://[::1]:1883"),
    ],
)
def test_endpoint_is_shown_with_its_port(url: str, shown: str) -> None:
    assert str(Endpoint.parse(url)) == shown


@pytest.mark.parametrize(
    "url", ["", "broker", "broker:1883", "http://broker", "mqtt://", "mqtt://broker/path", "mqtt://b?c", "mqtt://[::1"]
)
def test_what_is_no_endpoint_is_refused_with_what_is(url: str) -> None:
    with pytest.raises(UsageError, match=r"expected mqtt://HOST\[:PORT\]"):
        Endpoint.parse(url)


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1"])
def test_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(UsageError, match="from 1 to 65535"):
        Endpoint.parse(f"mqtt://broker:{port}")


@pytest.mark.parametrize("url", ["mqtt://me:sesame@broker", "me:sesame@broker", "mqtt://me:sesame@[broker"])
def test_login_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        Endpoint.parse(url)

    assert "sesame" not in str(refused.value)


def test_password_is_never_shown() -> None:
    endpoint = Endpoint.parse("mqtt://broker", Login("me", "sesame"))

    assert "sesame" not in f"{endpoint} {endpoint!r}"


def test_certificates_without_encryption_are_refused() -> None:
    with pytest.raises(UsageError, match="write mqtts://"):
        Endpoint.parse("mqtt://broker", tls=Tls(ca=Path("ca.pem")))


def test_file_that_is_no_certificate_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")

    with pytest.raises(UsageError, match=r"ca\.pem"):
        Tls(ca=tmp_path / "ca.pem").context()
    with pytest.raises(UsageError, match=r"mine\.pem"):
        Tls(certificate=tmp_path / "mine.pem").context()
