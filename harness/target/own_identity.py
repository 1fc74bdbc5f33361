"""Makes a certificate of our own for this run, where a broker of ours wants one of every client."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.errors import UsageError
from harness.files.certificates import bench_ca, device


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """`trusted`: the operator's CA, and one that vouches for nobody but us."""

    trusted: Path
    certificate: Path
    key: Path


@contextmanager
def own_identity(client_ca: Path, name: str) -> Iterator[OwnIdentity]:
    """As long as the block lasts; nothing of it is left. Raises UsageError where the operator's file cannot be read."""
    now = datetime.now(UTC)
    ca = bench_ca(now)
    ours = device(ca, name, now)
    with TemporaryDirectory(prefix="setpoint-own-") as folder:
        it = OwnIdentity(Path(folder) / "trusted.crt", Path(folder) / "own.crt", Path(folder) / "own.key")
        try:
            it.trusted.write_bytes(client_ca.read_bytes().rstrip() + b"\n" + ca.certificate_pem)
        except OSError as error:
            raise UsageError(f"{client_ca} cannot be read: {error.strerror}") from error
        it.certificate.write_bytes(ours.certificate_pem)
        it.key.touch(mode=0o600)
        it.key.write_bytes(ours.key_pem)
        yield it
