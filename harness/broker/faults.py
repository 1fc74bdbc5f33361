"""What can go wrong between a device and its broker, as data. A broker of ours can bring it about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Drop:
    """The device's connection breaks off."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Whoever connects is told that the server is unavailable."""


@dataclass(frozen=True, slots=True)
class Admit:
    """Whoever connects is let in again."""


@dataclass(frozen=True, slots=True)
class GoAway:
    """Nobody listens any more, and the device's connection breaks off."""


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Somebody listens again, at the same port."""


@dataclass(frozen=True, slots=True)
class Withhold:
    """The device's next message at QoS 1 arrives, and is not acknowledged."""


@dataclass(frozen=True, slots=True)
class SendAgain:
    """The latest message on the topic is delivered a second time, with DUP, as if its PUBACK had been lost."""

    topic: str


@dataclass(frozen=True, slots=True)
class Freeze:
    """What is retained on the topic stays there, whatever is published."""

    topic: str


@dataclass(frozen=True, slots=True)
class Thaw:
    """What is published on the topic is retained again."""

    topic: str


@dataclass(frozen=True, slots=True)
class Pretend:
    """The server shows a certificate that nobody the device trusts vouches for; the connection breaks off."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """The server shows its own certificate again."""


Fault: TypeAlias = Drop | Refuse | Admit | GoAway | ComeBack | Withhold | SendAgain | Freeze | Thaw | Pretend | Reveal

NAMES: Mapping[type[Fault], str] = {
    Drop: "drop the connection",
    Refuse: "refuse connections",
    Admit: "let in again",
    GoAway: "broker goes away",
    ComeBack: "broker comes back",
    Withhold: "withhold a PUBACK",
    SendAgain: "deliver again with DUP",
    Freeze: "retain no more",
    Thaw: "retain again",
    Pretend: "show a stranger's certificate",
    Reveal: "show the right certificate",
}


class Network(Protocol):
    """A device's way to its broker, where that is ours."""

    @property
    def has_tls(self) -> bool:
        """Whether there are certificates to be shown."""

    async def suffer(self, fault: Fault) -> None:
        """When this returns, it has come about. Our own connections are spared."""

    async def recover(self) -> None:
        """Nothing is wrong any more."""
