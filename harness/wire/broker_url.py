"""The broker as the operator types it."""

from urllib.parse import SplitResult, urlsplit

from harness.errors import UsageError
from harness.wire.endpoint import Endpoint, Login, Tls

_PORTS = {"mqtt": 1883, "mqtts": 8883}


def endpoint_of(url: str, login: Login | None = None, tls: Tls | None = None) -> Endpoint:
    """From `mqtt://host[:port]` or `mqtts://host[:port]`. Raises UsageError, which repeats no password."""
    if "@" in url:
        raise UsageError("a broker's URL must not hold a login: others on this machine can read it there")
    parts = _split(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _not_a_broker(url)
    if tls and parts.scheme == "mqtt":
        raise UsageError(f"{url} is not encrypted, so certificates have no use there; write mqtts://")
    guarded = (tls or Tls()) if parts.scheme == "mqtts" else None
    return Endpoint(parts.hostname, _port(parts, url), login, guarded)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")
    except ValueError as error:  # half a pair of brackets, or a name that no resolver takes
        raise _not_a_broker(url) from error
    return parts


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
