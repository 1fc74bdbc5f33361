"""TLS from PEM files. A file that cannot be used is the operator's to mend, and is named."""

import ssl
from pathlib import Path

from harness.errors import UsageError
from harness.mqtt.endpoint import Tls

OLDEST = ssl.TLSVersion.TLSv1_2


def client_context(tls: Tls, *, verifies: bool = True) -> ssl.SSLContext:
    """Verifies the server's certificate and its host name, unless that is what a client is to get wrong.

    Raises UsageError where a file cannot be used.
    """
    context = ssl.create_default_context() if tls.ca is None else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = OLDEST
    if not verifies:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if tls.ca is not None:
        trust(context, tls.ca)
    if tls.certificate is not None:
        identify(context, tls.certificate, tls.key, tls.passphrase)
    elif tls.key is not None:
        raise UsageError(f"there is a key ({tls.key}), but no certificate that it belongs to")
    return context


def trust(context: ssl.SSLContext, ca: Path) -> None:
    """Take the word of this CA."""
    _readable(ca)
    try:
        context.load_verify_locations(ca)
    except ssl.SSLError as error:
        raise UsageError(f"{ca} holds no CA certificate: {error.reason or error}") from error


def identify(context: ssl.SSLContext, certificate: Path, key: Path | None, passphrase: str | None = None) -> None:
    """Show this certificate to the other side."""
    _readable(certificate)
    if key is not None:
        _readable(key)
    try:
        # Without a password of ours, OpenSSL would ask for that of an encrypted key on the terminal.
        context.load_cert_chain(certificate, key, password=passphrase or "")
    except (ssl.SSLError, ValueError) as error:
        if _is_encrypted(key or certificate):
            raise UsageError(f"the key in {key or certificate} is encrypted, {_CLOSED[passphrase is None]}") from error
        named = f"{certificate} and {key} are" if key else f"{certificate} is"
        reason = getattr(error, "reason", None)
        raise UsageError(
            f"{named} no certificate with its key: {_REASONS.get(str(reason), reason or str(error))}"
        ) from error


def _is_encrypted(key: Path) -> bool:
    """OpenSSL's reasons for not reading one differ by its version, and by how the key was encrypted."""
    return b"ENCRYPTED" in key.read_bytes()


def _readable(file: Path) -> None:
    try:
        file.open("rb").close()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error


PASSPHRASE = "SETPOINT_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
_CLOSED = {
    True: f"and its passphrase is missing: put it in {PASSPHRASE}",
    False: f"and the passphrase in {PASSPHRASE} does not open it",
}
_REASONS = {
    "KEY_VALUES_MISMATCH": "the key belongs to another certificate",
    "NO_START_LINE": "there is none in it",
}
