"""TLS at the broker, seen by the harness's own link. Here all time is real."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from harness.clock import Clock
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint, Tls
from harness.mqtt.link import connect
from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.certificates import Pki


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    """The bench's own."""
    return Pki.made_in(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="module")
def another_pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    """Another bench's."""
    return Pki.made_in(tmp_path_factory.mktemp("another"))


@pytest.fixture
def real(bench_on_tcp: BrokerUnderTest) -> BrokerUnderTest:
    """The broker, in real time."""
    return replace(bench_on_tcp, clock=Clock.REAL)


async def _says(endpoint: Endpoint) -> bytes:
    async with connect(endpoint, "c") as link:
        await link.subscribe("t")
        await link.publish("t", b"through TLS")
        return (await anext(link.deliveries())).payload


def _meets(real: BrokerUnderTest, pki: Pki, tls: Tls | None, *, asks: bool = False) -> bytes:
    async def check(meeting: Meeting) -> bytes:
        return await _says(replace(meeting.endpoint, tls=tls))

    return real.run(check, pki.listener(asks=asks))


def test_client_that_trusts_the_ca_comes_in(real: BrokerUnderTest, pki: Pki) -> None:
    assert _meets(real, pki, pki.stranger) == b"through TLS"


def test_client_with_a_certificate_comes_in_where_one_is_asked_for(real: BrokerUnderTest, pki: Pki) -> None:
    assert _meets(real, pki, pki.device, asks=True) == b"through TLS"


def test_client_without_a_certificate_is_turned_away_where_one_is_asked_for(real: BrokerUnderTest, pki: Pki) -> None:
    with pytest.raises(LinkError, match=r"does it trust our client certificate \(none\)\?"):
        _meets(real, pki, pki.stranger, asks=True)


def test_client_with_a_certificate_of_another_ca_is_turned_away(
    real: BrokerUnderTest, pki: Pki, another_pki: Pki
) -> None:
    with pytest.raises(LinkError, match="does it trust our client certificate"):
        _meets(real, pki, replace(another_pki.device, ca=pki.ca), asks=True)


def test_server_of_another_ca_is_not_trusted(real: BrokerUnderTest, pki: Pki, another_pki: Pki) -> None:
    with pytest.raises(LinkError, match=r"its certificate is not trusted: .*certificate"):
        _meets(real, pki, another_pki.stranger)


def test_server_of_another_name_is_not_trusted(real: BrokerUnderTest, pki: Pki) -> None:
    async def check(meeting: Meeting) -> bytes:
        return await _says(replace(meeting.endpoint, host="localhost", tls=pki.stranger))

    with pytest.raises(LinkError, match="its certificate is not trusted: Hostname mismatch"):
        real.run(check, pki.listener())


def test_plain_client_at_a_tls_port_is_told_so(real: BrokerUnderTest, pki: Pki) -> None:
    with pytest.raises(LinkError, match="hung up before it answered CONNECT"):
        _meets(real, pki, None)


def test_tls_client_at_a_plain_port_is_told_so(real: BrokerUnderTest, pki: Pki) -> None:
    async def check(meeting: Meeting) -> bytes:
        return await _says(replace(meeting.endpoint, tls=pki.stranger))

    with pytest.raises(LinkError, match=r"mqtts://127\.0\.0\.1:.*no TLS comes about"):
        real.run(check)


def test_endpoint_of_a_tls_listener_says_so(real: BrokerUnderTest, pki: Pki) -> None:
    async def check(meeting: Meeting) -> str:
        await asyncio.sleep(0)
        return str(meeting.endpoint)

    assert real.run(check, pki.listener()).startswith("mqtts://127.0.0.1:")


def test_key_file_is_not_left_behind(
    real: BrokerUnderTest, pki: Pki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # a folder that no other broker of ours puts its own into

    _meets(real, pki, pki.stranger)

    assert [*tmp_path.iterdir()] == []
