"""The address of a broker, and the credentials for it. Printing an endpoint shows no secret."""

from dataclasses import dataclass, field
from pathlib import Path

from harness.mqtt.host import is_socket


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its password."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tls:
    """The client's side of TLS. PEM files: whom to trust (None: whom the system trusts), and who we are.

    The server's certificate and its host name are always verified. The key may stand in the certificate's file;
    `passphrase` opens it, where it is encrypted.
    """

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a broker, and the credentials for it. `host`: a name, an address, or a socket of this machine.

    `client_id`: what whoever comes has to go by there; None: as it likes.
    """

    host: str
    port: int
    login: Login | None = None
    tls: Tls | None = None
    client_id: str | None = None

    def __str__(self) -> str:
        if is_socket(self.host):
            return "mqtt+unix://" + self.host.replace("\0", "@")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'mqtts' if self.tls else 'mqtt'}://{host}:{self.port}"
