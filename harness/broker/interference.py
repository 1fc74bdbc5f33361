"""The switchboard of a broker's faults: scenarios set it, the broker asks it."""

from typing import Protocol, assert_never

from harness.broker.faults import (
    Admit,
    ComeBack,
    Drop,
    Fault,
    Freeze,
    GoAway,
    Pretend,
    Refuse,
    Reveal,
    SendAgain,
    Thaw,
    Withhold,
)
from harness.wire.client_id import OURS


class Breakable(Protocol):
    """What a broker can be made to do."""

    def drop(self) -> None:
        """Break off every connection that is not spared."""

    def send_again(self, topic: str) -> None:
        """Deliver the latest message on the topic a second time, with DUP."""

    def stop_listening(self) -> None:
        """Let connections that are there be."""

    async def listen(self, *, as_a_stranger: bool = False) -> None:
        """At the same port as before; as a stranger: with a certificate that nobody vouches for."""


class Interference:
    """One broker's faults. Whoever bears an id of ours is spared."""

    def __init__(self, *, has_tls: bool = False) -> None:
        self.has_tls = has_tls
        self._broker: Breakable | None = None
        self._listens, self._refuses, self._is_strange = True, False, False
        self._to_withhold = 0
        self._frozen = set[str]()

    def concerns(self, broker: Breakable) -> None:
        """From now on it is this one that is interfered with."""
        self._broker = broker

    def spares(self, client_id: str) -> bool:
        """Whether the client is one of ours."""
        return client_id.startswith(OURS)

    def refuses(self, client_id: str) -> bool:
        """Whether the client is told to come another time."""
        return self._refuses and not self.spares(client_id)

    def withholds(self, client_id: str) -> bool:
        """Whether the message that the client has just sent is not to be acknowledged; asked once for each."""
        if not self._to_withhold or self.spares(client_id):
            return False
        self._to_withhold -= 1
        return True

    def has_frozen(self, topic: str) -> bool:
        """Whether what is retained there stays."""
        return topic in self._frozen

    async def suffer(self, fault: Fault) -> None:  # noqa: C901 - a table of faults
        """When this returns, it has come about."""
        broker = self._broker
        assert broker is not None, "faults are for a broker that runs"  # noqa: S101 - a target has started it
        match fault:
            case Drop():
                broker.drop()
            case Refuse():
                self._refuses = True
            case Admit():
                self._refuses = False
            case GoAway():
                self._listens = False
                broker.stop_listening()
                broker.drop()
            case ComeBack():
                await self._listen(broker)
            case Withhold():
                self._to_withhold += 1
            case SendAgain(topic):
                broker.send_again(topic)
            case Freeze(topic):
                self._frozen.add(topic)
            case Thaw(topic):
                self._frozen.discard(topic)
            case Pretend():
                self._is_strange = True
                broker.stop_listening()
                await broker.listen(as_a_stranger=True)
                broker.drop()
            case Reveal():
                broker.stop_listening()
                await self._listen(broker)
            case _:
                assert_never(fault)

    async def recover(self) -> None:
        """Nothing is wrong any more."""
        self._refuses, self._to_withhold = False, 0
        self._frozen.clear()
        if self._broker and (self._is_strange or not self._listens):
            self._broker.stop_listening()
            await self._listen(self._broker)

    async def _listen(self, broker: Breakable) -> None:
        await broker.listen()
        self._listens, self._is_strange = True, False
