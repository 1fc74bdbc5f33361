"""The facts that a host's spelling tells."""

import pytest

from harness.mqtt.host import ip_of, is_everywhere, is_loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "0:0:0:0:0:0:0:0"])  # noqa: S104 - read, not listened on
def test_unspecified_address_is_every_address(host: str) -> None:
    assert is_everywhere(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.0.2.1", "localhost", "bench", "", "0.0.0.0.", "0"])
def test_other_host_is_one_place(host: str) -> None:
    assert not is_everywhere(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_is_for_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "bench", "localhost.bench", ""])  # noqa: S104 - read, not listened on
def test_other_host_may_be_reached_by_others(host: str) -> None:
    assert not is_loopback(host)


def test_same_address_is_the_same_however_it_is_written() -> None:
    assert ip_of("2001:db8::1") == ip_of("2001:0DB8:0:0::1")
    assert ip_of("bench") is None
