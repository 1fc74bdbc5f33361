"""Where a broker listens, and what it takes to be let in. Nothing here shows a secret when it is printed."""

from dataclasses import dataclass, field
from pathlib import Path

from harness.wire.host import is_socket


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its password."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tls:
    """The client's side of TLS. PEM files: whom to trust (None: whom the system trusts), and who we are.

    The server's certificate and its host name are always verified. The key may stand in the certificate's file.
    """

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a broker listens, and how to come in. `host`: a name, an address, or a socket of this machine."""

    host: str
    port: int
    login: Login | None = None
    tls: Tls | None = None

    def __str__(self) -> str:
        if is_socket(self.host):
            return "mqtt+unix://" + self.host.replace("\0", "@")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'mqtts' if self.tls else 'mqtt'}://{host}:{self.port}"
