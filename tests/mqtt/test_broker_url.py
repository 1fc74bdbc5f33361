"""The broker as it is typed, and as it is shown."""

import re
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.mqtt.broker_url import endpoint_of, listening_at
from harness.mqtt.endpoint import Endpoint, Login, Tls


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
    assert str(endpoint_of(url)) == shown


@pytest.mark.parametrize(
    "url",
    [
        "",
        "broker",
        "broker:1883",
        "http://broker",
        "mqtt://",
        "mqtt://broker/path",
        "mqtt://b?c",
        "mqtt://[::1",
        "mqtt://a..b",
    ],
)
def test_what_is_no_endpoint_is_refused_with_what_is(url: str) -> None:
    with pytest.raises(UsageError, match=r"expected mqtt://HOST\[:PORT\]"):
        endpoint_of(url)


def test_place_to_listen_at_has_schemes_of_its_own() -> None:
    assert listening_at("listen://0.0.0.0") == Endpoint("0.0.0.0", 1883)  # noqa: S104 - to be read, not listened on
    assert listening_at("listens://[::1]:8884") == Endpoint("::1", 8884, tls=Tls())


@pytest.mark.parametrize("url", ["listen:/broker", "mqtt://broker", "listen://b?c"])
def test_what_is_no_place_to_listen_at_is_refused_with_what_is(url: str) -> None:
    with pytest.raises(UsageError, match=rf"the broker is {re.escape(repr(url))}; expected listen://HOST\[:PORT\]"):
        listening_at(url)


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1"])
def test_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(UsageError, match="from 1 to 65535"):
        endpoint_of(f"mqtt://broker:{port}")


@pytest.mark.parametrize("url", ["mqtt://me:sesame@broker", "me:sesame@broker", "mqtt://me:sesame@[broker"])
def test_login_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        endpoint_of(url)

    assert "sesame" not in str(refused.value)


def test_password_is_never_shown() -> None:
    endpoint = endpoint_of("mqtt://broker", Login("me", "sesame"))

    assert "sesame" not in f"{endpoint} {endpoint!r}"


def test_certificates_without_encryption_are_refused() -> None:
    with pytest.raises(UsageError, match="write mqtts://"):
        endpoint_of("mqtt://broker", tls=Tls(ca=Path("ca.pem")))
