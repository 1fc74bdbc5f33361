"""The broker as the operator types it."""

from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint, Login, Tls


class _Schemes(NamedTuple):
    plain: str
    guarded: str


_ELSEWHERE, _OURS = _Schemes("mqtt", "mqtts"), _Schemes("listen", "listens")
_PORT, _GUARDED_PORT = 1883, 8883


def endpoint_of(url: str, login: Login | None = None, tls: Tls | None = None) -> Endpoint:
    """From `mqtt://host[:port]` or `mqtts://host[:port]`. Raises UsageError, which repeats no password."""
    return _endpoint(url, _ELSEWHERE, login, tls)


def listening_at(url: str) -> Endpoint:
    """Likewise from `listen://host[:port]` or `listens://host[:port]`, of a broker of ours."""
    return _endpoint(url, _OURS, None, None)


def _endpoint(url: str, schemes: _Schemes, login: Login | None, tls: Tls | None) -> Endpoint:
    if "@" in url:
        raise UsageError("a broker's URL must not hold a login: others on this machine can read it there")
    parts = _split(url, schemes)
    if parts.scheme not in schemes or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _not_a_broker(url, schemes)
    is_guarded = parts.scheme == schemes.guarded
    if tls and not is_guarded:
        raise UsageError(f"{url} is not encrypted, so certificates have no use there; write {schemes.guarded}://")
    port = _port(parts, url) or (_GUARDED_PORT if is_guarded else _PORT)
    return Endpoint(parts.hostname, port, login, (tls or Tls()) if is_guarded else None)


def _split(url: str, schemes: _Schemes) -> SplitResult:
    try:
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")
    except ValueError as error:  # half a pair of brackets, or a name that no resolver takes
        raise _not_a_broker(url, schemes) from error
    return parts


def _port(parts: SplitResult, url: str) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise UsageError(f"the broker is {url!r}; its port must be a number from 1 to 65535")
    return port


def _not_a_broker(url: str, schemes: _Schemes) -> UsageError:
    return UsageError(
        f"the broker is {url!r}; expected {schemes.plain}://HOST[:PORT] or {schemes.guarded}://HOST[:PORT]"
    )
