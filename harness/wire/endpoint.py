"""Where a broker listens, who we are to it, and how the connection is guarded. A password never shows."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from harness.errors import UsageError

_PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class Login:
    """Who we say we are."""

    user: str
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Tls:
    """Whom we trust (None: whom the system trusts), and how we prove who we are."""

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def context(self) -> ssl.SSLContext:
        """For a client. Raises UsageError where a file is none of what it should be."""
        try:
            context = ssl.create_default_context(cafile=self.ca)
        except OSError as error:
            raise UsageError(f"cannot use the certificate authority {self.ca}: {error}") from error
        if self.certificate:
            try:
                context.load_cert_chain(self.certificate, self.key)
            except OSError as error:
                pair = f"{self.certificate}, {self.key}" if self.key else self.certificate
                raise UsageError(f"cannot use the client certificate {pair}: {error}") from error
        return context


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a broker listens. It may be printed: the login is left out."""

    host: str
    port: int
    login: Login | None = None
    tls: Tls | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'mqtts' if self.tls else 'mqtt'}://{host}:{self.port}"

    @classmethod
    def parse(cls, url: str, login: Login | None = None, tls: Tls | None = None) -> "Endpoint":
        """From `mqtt://host[:port]` or `mqtts://host[:port]`. Raises UsageError, which repeats no password."""
        if "@" in url:
            raise UsageError("a broker's URL must not hold a login: others on this machine can read it there")
        parts = _split(url)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise _not_a_broker(url)
        if tls and parts.scheme == "mqtt":
            raise UsageError(f"{url} is not encrypted, so certificates have no use there; write mqtts://")
        guarded = (tls or Tls()) if parts.scheme == "mqtts" else None
        return cls(parts.hostname, _port(parts, url), login, guarded)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:  # half a pair of brackets
        raise _not_a_broker(url) from error


def _port(parts: SplitResult, url: str) -> int:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise UsageError(f"the broker is {url!r}; its port must be a number from 1 to 65535")
    return port or _PORTS[parts.scheme]


def _not_a_broker(url: str) -> UsageError:
    return UsageError(f"the broker is {url!r}; expected mqtt://HOST[:PORT] or mqtts://HOST[:PORT]")
