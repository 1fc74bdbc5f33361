"""A server that nobody vouches for: its certificate is sound, but of a CA that was made for this and is forgotten."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.clock import utc
from harness.files.certificates import bench_ca, server
from harness.mqtt.tls import OLDEST, identify


def stranger(host: str, met: Callable[[], None]) -> ssl.SSLContext:
    """It is found under the right name: whom the device trusts is all that is wrong with it. `met`: somebody came."""
    now = datetime.fromtimestamp(utc(), UTC)
    identity = server(bench_ca(now), [host, "localhost"], now)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = OLDEST
    context.sni_callback = lambda *_of_the_hello: met()  # OpenSSL asks at every ClientHello
    with TemporaryDirectory(prefix="setpoint-stranger-") as folder:
        certificate, key = Path(folder) / "server.crt", Path(folder) / "server.key"
        certificate.write_bytes(identity.certificate_pem)
        key.touch(mode=0o600)
        key.write_bytes(identity.key_pem)
        identify(context, certificate, key)
    return context
