"""The certificates of a bench."""

import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from harness.errors import UsageError
from harness.files.certificates import LIFETIME, CertificateAndKey, bench_ca, device, server

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def ca() -> CertificateAndKey:
    """The bench's own."""
    return bench_ca(NOW)


def _verify(ca: CertificateAndKey, identity: CertificateAndKey, host: x509.GeneralName, at: datetime = NOW) -> None:
    """As a browser would."""
    assert isinstance(host, x509.DNSName | x509.IPAddress)
    policy = PolicyBuilder().store(Store([ca.certificate])).time(at.replace(tzinfo=None))
    policy.build_server_verifier(host).verify(identity.certificate, [])


@pytest.mark.parametrize(
    "host",
    [x509.DNSName("bench.local"), x509.IPAddress(ipaddress.ip_address("192.0.2.7"))],
    ids=lambda host: str(host.value),
)
def test_server_is_trusted_under_each_of_its_names(ca: CertificateAndKey, host: x509.GeneralName) -> None:
    _verify(ca, server(ca, ["bench.local", "192.0.2.7"], NOW), host)


def test_server_is_not_trusted_under_another_name(ca: CertificateAndKey) -> None:
    with pytest.raises(VerificationError):
        _verify(ca, server(ca, ["bench.local"], NOW), x509.DNSName("other.local"))


def test_server_of_another_bench_is_not_trusted(ca: CertificateAndKey) -> None:
    with pytest.raises(VerificationError):
        _verify(ca, server(bench_ca(NOW), ["bench.local"], NOW), x509.DNSName("bench.local"))


@pytest.mark.parametrize("at", [NOW - timedelta(days=2), NOW + LIFETIME], ids=["before", "after"])
def test_certificate_has_its_time(ca: CertificateAndKey, at: datetime) -> None:
    with pytest.raises(VerificationError):
        _verify(ca, server(ca, ["bench.local"], NOW), x509.DNSName("bench.local"), at)


def test_device_bears_its_id_and_cannot_be_a_server(ca: CertificateAndKey) -> None:
    certificate = device(ca, "AHU-1", NOW).certificate

    [name] = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert name.value == "AHU-1"
    assert [*purposes] == [ExtendedKeyUsageOID.CLIENT_AUTH]


@pytest.mark.parametrize("device_id", ["", "x" * 65])
def test_id_that_fits_no_certificate_is_refused(ca: CertificateAndKey, device_id: str) -> None:
    with pytest.raises(UsageError, match="cannot be a name in a certificate"):
        device(ca, device_id, NOW)


def test_host_that_is_neither_name_nor_address_is_refused(ca: CertificateAndKey) -> None:
    with pytest.raises(UsageError, match="neither a name such as"):
        server(ca, ["büro"], NOW)
