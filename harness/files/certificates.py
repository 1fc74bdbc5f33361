"""The certificates of a bench: a CA, a server that it vouches for, a device that it vouches for. No clock, no files."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from harness.errors import UsageError

LIFETIME = timedelta(days=825)  # the longest that Apple's devices accept
_LONGEST_COMMON_NAME, _LONGEST_NAME = 64, 253  # characters
_NAME = re.compile(r"(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?")
_SLOW_CLOCK = timedelta(days=1)  # a device's may be behind ours


@dataclass(frozen=True)
class CertificateAndKey:
    """A certificate and the private key that belongs to it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def certificate_pem(self) -> bytes:
        """For everybody."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """For nobody else; not encrypted."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def bench_ca(now: datetime) -> CertificateAndKey:
    """A CA of its own for every bench: a client that trusts it trusts no other bench."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Setpoint bench CA")
    builder = _certificate(name, name, key.public_key(), now)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return CertificateAndKey(builder.sign(key, hashes.SHA256()), key)


def server(ca: CertificateAndKey, hosts: Sequence[str], now: datetime) -> CertificateAndKey:
    """A server that is found under these names and addresses. Raises UsageError for what is neither."""
    names = x509.SubjectAlternativeName([_host(host) for host in hosts])
    common = hosts[0] if len(hosts[0]) <= _LONGEST_COMMON_NAME else "Setpoint bench server"  # no client goes by it
    return _vouched(ca, common, ExtendedKeyUsageOID.SERVER_AUTH, now, names)


def device(ca: CertificateAndKey, device_id: str, now: datetime) -> CertificateAndKey:
    """A client that bears this id as its common name."""
    return _vouched(ca, device_id, ExtendedKeyUsageOID.CLIENT_AUTH, now)


def _vouched(
    ca: CertificateAndKey,
    common_name: str,
    purpose: x509.ObjectIdentifier,
    now: datetime,
    names: x509.SubjectAlternativeName | None = None,
) -> CertificateAndKey:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _certificate(_name(common_name), ca.certificate.subject, key.public_key(), now)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key())
    builder = builder.add_extension(issuer, critical=False)
    if names:
        builder = builder.add_extension(names, critical=False)
    return CertificateAndKey(builder.sign(ca.key, hashes.SHA256()), key)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key,
        serial_number=x509.random_serial_number(),
        not_valid_before=now - _SLOW_CLOCK,
        not_valid_after=now + LIFETIME - _SLOW_CLOCK,
    )


def _name(common_name: str) -> x509.Name:
    try:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    except ValueError as error:
        raise UsageError(
            f"{common_name!r} cannot be a name in a certificate, which has 1 to {_LONGEST_COMMON_NAME} characters"
        ) from error


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not _NAME.fullmatch(host) or len(host) > _LONGEST_NAME:
        raise UsageError(
            f"--host is {host!r}, which is neither a name such as broker.example nor an address such as 192.0.2.7"
        )
    return x509.DNSName(host)
