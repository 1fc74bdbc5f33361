"""What a broker is told: where to listen, whom to let in, and who watches. Data for every broker that we can start."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.broker.account import Account
from harness.broker.interference import Interference
from harness.errors import UsageError
from harness.wire.endpoint import Login
from harness.wire.host import is_everywhere, is_loopback
from harness.wire.seen import Seen

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class ServerTls:
    """The server's side of TLS, as PEM files. Where there is a `ca`, a client needs a certificate of it to come in."""

    certificate: Path
    key: Path
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """Without accounts, whoever comes may do everything; port 0 is a free one. `interference`: how it can be broken.

    `host` may be a socket of this machine, for the embedded broker.

    So away from loopback there must be accounts, unless the operator says that it may be `insecure`. `turned_away` is
    told, in a few words, why somebody was not let in.
    """

    host: str = LOOPBACK
    port: int = 0
    tls: ServerTls | None = None
    accounts: tuple[Account, ...] = ()
    watch: Callable[[Seen], None] | None = None
    insecure: bool = False
    turned_away: Callable[[str], None] | None = None
    interference: Interference | None = None

    def __post_init__(self) -> None:
        if not (self.accounts or self.insecure or is_loopback(self.host)):
            raise UsageError(
                f"a broker on {self.host} would let in whoever reaches it; give it accounts, or say that it is insecure"
            )

    def account_of(self, user: str | None, password: str | None) -> Account | None:
        """Who it is that comes with this login; None is nobody, and is not let in."""
        if not self.accounts:
            return _ANYBODY
        given = f"{user}\0{password}".encode()
        is_whole = user is not None and password is not None
        for known in self.accounts if is_whole else ():
            if hmac.compare_digest(_secret(known.login), given):
                return known
        if self.turned_away:
            self.turned_away(self._why_not(user))
        return None

    def _why_not(self, user: str | None) -> str:
        if user is None:
            return "it gave no login"
        is_known = any(known.login.user == user for known in self.accounts)
        name = repr(user[:_LONGEST])
        return f"wrong password for {name}" if is_known else f"nobody is called {name} here"

    @property
    def at_home(self) -> str:
        """The address at which this machine itself finds it."""
        if self.host and not is_everywhere(self.host):
            return self.host
        return "::1" if ":" in self.host else LOOPBACK


def _secret(login: Login) -> bytes:
    return f"{login.user}\0{login.password}".encode()


_LONGEST = 60  # characters of a name that a stranger gave
_ANYBODY = Account(Login("", ""))
