"""Knocks at a broker's door: the bare connection, TLS with and without trust, CONNECT. At the edge; decides nothing."""

import asyncio
import socket
import ssl
from contextlib import suppress
from pathlib import Path

from cryptography import x509

from harness.doctor.broker_access import BrokerAccess, Certificate, Handshake, Reachability
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint, Tls
from harness.mqtt.host import is_socket
from harness.mqtt.link import connect
from harness.mqtt.tls import OLDEST, client_context, identify

PATIENCE = 5.0  # seconds, for each of the steps


async def probe(endpoint: Endpoint, client_id: str) -> BrokerAccess:
    """Step by step, up to the one that fails. Raises UsageError where a file of ours cannot be used."""
    tls = endpoint.tls
    if tls:
        client_context(tls)
    reachability, detail = await _reached(endpoint)
    handshake = (
        await asyncio.to_thread(_handshake, endpoint, tls) if tls and reachability is Reachability.OPEN else None
    )
    refusal = None
    if reachability is Reachability.OPEN:
        refusal = await _refusal(endpoint, client_id)
    speaks_tls = False
    if refusal and tls is None:
        unasked = await asyncio.to_thread(_handshake, endpoint, Tls())
        speaks_tls = unasked.problem is None
    return BrokerAccess(
        endpoint.host,
        endpoint.port,
        reachability,
        detail,
        endpoint.login.user if endpoint.login else None,
        str(tls.ca) if tls and tls.ca else None,
        tls is not None,
        handshake,
        _from_file(tls.certificate) if tls and tls.certificate else None,
        speaks_tls,
        refusal,
    )


async def _reached(endpoint: Endpoint) -> tuple[Reachability, str]:
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await _opened(endpoint)
    except TimeoutError:
        return Reachability.SILENT, ""
    except ConnectionRefusedError:
        return Reachability.REFUSED, ""
    except socket.gaierror as error:
        return Reachability.UNKNOWN_NAME, error.strerror or ""
    except OSError as error:  # of several addresses: asyncio puts all their errors into one without a number
        refused = "refused" in str(error).lower() or "Errno 111" in str(error)
        return (Reachability.REFUSED, "") if refused else (Reachability.UNREACHABLE, error.strerror or str(error))
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return Reachability.OPEN, ""


async def _opened(endpoint: Endpoint) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if is_socket(endpoint.host):
        return await asyncio.open_unix_connection(endpoint.host)
    return await asyncio.open_connection(endpoint.host, endpoint.port)


async def _refusal(endpoint: Endpoint, client_id: str) -> str | None:
    try:
        async with connect(endpoint, client_id):
            return None
    except LinkError as error:
        return str(error).removeprefix(f"{endpoint}: ")


def _handshake(endpoint: Endpoint, tls: Tls) -> Handshake:
    """Once to see whether it is trusted, and once, where it is not, to see whom it names."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode, trusting.minimum_version = False, ssl.CERT_NONE, OLDEST
    if tls.certificate:
        identify(trusting, tls.certificate, tls.key, tls.passphrase)
    try:
        return Handshake(_shown(endpoint, client_context(tls)))
    except ssl.SSLCertVerificationError as error:
        code, words = error.verify_code, error.verify_message
    except OSError as error:
        return Handshake(problem=_brief(error))
    try:
        return Handshake(_shown(endpoint, trusting), code, words)
    except OSError:
        return Handshake(None, code, words)


def _shown(endpoint: Endpoint, context: ssl.SSLContext) -> Certificate | None:
    with (
        socket.create_connection((endpoint.host, endpoint.port), PATIENCE) as bare,
        context.wrap_socket(bare, server_hostname=endpoint.host) as wrapped,
    ):
        der = wrapped.getpeercert(binary_form=True)
    return _certificate(x509.load_der_x509_certificate(der)) if der else None


def _from_file(path: Path) -> Certificate | None:
    """The first of the file; whether it can be used was seen before."""
    try:
        return _certificate(x509.load_pem_x509_certificate(path.read_bytes()))
    except (OSError, ValueError):
        return None


def _certificate(certificate: x509.Certificate) -> Certificate | None:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        known = (*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress)))
    except (x509.ExtensionNotFound, ValueError):
        known = ()
    try:
        return Certificate(
            certificate.subject.rfc4514_string(),
            certificate.issuer.rfc4514_string(),
            known,
            certificate.not_valid_before_utc.timestamp(),
            certificate.not_valid_after_utc.timestamp(),
        )
    except ValueError:  # whoever made it did not keep to the rules
        return None


def _brief(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return (error.reason or str(error)).replace("_", " ").lower()
    return error.strerror or str(error) or type(error).__name__
