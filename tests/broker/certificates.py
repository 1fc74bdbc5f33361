"""A bench's certificates on disk, made once for all checks."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harness.broker import Listener, ServerTls
from harness.files.certificates import bench_ca, device, server
from harness.mqtt.endpoint import Tls


@dataclass(frozen=True)
class Pki:
    """The files of one bench."""

    folder: Path

    @classmethod
    def made_in(cls, folder: Path) -> "Pki":
        """A CA, a server and a device."""
        now = datetime.now(UTC)
        ca = bench_ca(now)
        for name, identity in {
            "ca": ca,
            "server": server(ca, ["127.0.0.1"], now),
            "device": device(ca, "d", now),
        }.items():
            (folder / f"{name}.crt").write_bytes(identity.certificate_pem)
            (folder / f"{name}.key").write_bytes(identity.key_pem)
        return cls(folder)

    @property
    def ca(self) -> Path:
        """Whom to trust."""
        return self.folder / "ca.crt"

    def listener(self, *, asks: bool = False) -> Listener:
        """With TLS; it may ask for the client's certificate."""
        tls = ServerTls(self.folder / "server.crt", self.folder / "server.key", self.ca if asks else None)
        return Listener(tls=tls)

    @property
    def stranger(self) -> Tls:
        """A client that trusts the server, and shows nothing."""
        return Tls(self.ca)

    @property
    def device(self) -> Tls:
        """A client that trusts the server, and shows who it is."""
        return Tls(self.ca, self.folder / "device.crt", self.folder / "device.key")
