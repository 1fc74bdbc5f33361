"""The way in to a broker, as data: whether somebody listens there, what its certificate says, whether it let us in."""

from dataclasses import dataclass
from enum import StrEnum

from harness.mqtt.host import is_socket


class Reachability(StrEnum):
    """The outcome of a bare TCP connection."""

    OPEN = "open"
    REFUSED = "refused"
    SILENT = "silent"
    UNKNOWN_NAME = "unknown name"
    UNREACHABLE = "unreachable"
    NOBODY_CAME = "nobody came"  # we are the broker, and no client connected


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate's subject, issuer and validity in Unix seconds."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: float
    not_after: float


@dataclass(frozen=True, slots=True)
class Handshake:
    """The outcome of TLS. `code`: OpenSSL's reason not to trust the certificate. `problem`: why there was no TLS."""

    certificate: Certificate | None = None
    code: int | None = None
    words: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class BrokerAccess:
    """`tls`: the handshake, where one was asked for; `speaks_tls`: though none was asked for, one came about.

    `ours`: the certificate that we show. `refusal`: why the broker did not let us in.
    """

    host: str
    port: int
    reachability: Reachability
    detail: str = ""
    user: str | None = None
    ca: str | None = None
    wants_tls: bool = False
    tls: Handshake | None = None
    ours: Certificate | None = None
    speaks_tls: bool = False
    refusal: str | None = None

    @property
    def address(self) -> str:
        """As it stands in a URL, where it has one."""
        if is_socket(self.host):
            return "a socket of this machine"
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def is_open(self) -> bool:
        """Whether we were let in."""
        return self.reachability is Reachability.OPEN and self.refusal is None
