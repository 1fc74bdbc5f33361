"""The settings of a broker: its address, its accounts, and its observer. Data for every broker of ours."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from harness.broker.access_control import Account
from harness.broker.fault_injector import FaultInjector
from harness.errors import UsageError
from harness.mqtt.endpoint import Login
from harness.mqtt.host import is_everywhere, is_loopback
from harness.mqtt.packets import ObservedPacket

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class ServerTls:
    """The server's side of TLS, as PEM files. Where there is a `ca`, a client needs a certificate of it to come in.

    `passphrase` opens an encrypted key.
    """

    certificate: Path
    key: Path
    ca: Path | None = None
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Listener:
    """Without accounts, whoever comes may do everything; port 0 is a free one. `fault_injector`: how it can be broken.

    `host` may be a socket of this machine, for the embedded broker.

    So away from loopback there must be accounts, unless the operator says that it may be `insecure`. `turned_away` is
    told, in a few words, why somebody was not let in.
    """

    host: str = LOOPBACK
    port: int = 0
    tls: ServerTls | None = None
    accounts: tuple[Account, ...] = ()
    watch: Callable[[ObservedPacket], None] | None = None
    insecure: bool = False
    turned_away: Callable[[str], None] | None = None
    fault_injector: FaultInjector | None = None

    def __post_init__(self) -> None:
        if not (self.accounts or self.insecure or is_loopback(self.host)):
            raise UsageError(
                f"a broker on {self.host} would let in whoever reaches it; give it accounts, or say that it is insecure"
            )

    def account_of(self, user: str | None, password: str | None) -> Account | None:
        """The account of this login; None: the login is unknown, and is refused."""
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
