"""The switchboard of a broker's faults: scenarios set it, the broker asks it."""

from typing import Protocol, assert_never

from harness.broker.faults import Fault
from harness.mqtt.client_id import OURS


class Breakable(Protocol):
    """The faults that a broker can be asked for."""

    def drop(self) -> None:
        """Break off every connection that is not spared."""

    def send_again(self, topic: str) -> None:
        """Deliver the latest message on the topic a second time, with DUP."""

    def stop_listening(self) -> None:
        """Let connections that are there be."""

    async def listen(self, *, as_a_stranger: bool = False) -> None:
        """At the same port as before; as a stranger: with a certificate that nobody vouches for."""


class FaultInjector:
    """One broker's faults. Whoever bears an id of ours is spared."""

    _broker: Breakable  # from its beginning, and before anything can go wrong with it

    def __init__(self, *, has_tls: bool = False) -> None:
        self.has_tls = has_tls
        self._refuses = False
        self._stands_open = True  # somebody listens, and it is we ourselves
        self._to_withhold = 0
        self._frozen: str | None = None

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
        return topic == self._frozen

    async def suffer(self, fault: Fault, topic: str) -> None:
        """When this returns, it has come about. `topic`: of the device's configs."""
        match fault:
            case Fault.REFUSE | Fault.ADMIT:
                self._refuses = fault is Fault.REFUSE
            case Fault.GO_AWAY | Fault.COME_BACK | Fault.PRETEND | Fault.REVEAL:
                await self._turn(fault)
            case Fault.WITHHOLD:
                self._to_withhold += 1
            case Fault.SEND_AGAIN:
                self._broker.send_again(topic)
            case Fault.FREEZE | Fault.THAW:
                self._frozen = topic if fault is Fault.FREEZE else None
            case Fault.DROP:
                pass  # it breaks off, and that is all
            case _:
                assert_never(fault)
        if fault in _BREAKS_OFF:
            self._broker.drop()

    async def recover(self) -> None:
        """Nothing is wrong any more."""
        self._refuses, self._to_withhold, self._frozen = False, 0, None
        if not self._stands_open:
            await self._turn(Fault.COME_BACK)

    async def _turn(self, fault: Fault) -> None:
        self._stands_open = fault in (Fault.COME_BACK, Fault.REVEAL)
        self._broker.stop_listening()
        if fault is not Fault.GO_AWAY:
            await self._broker.listen(as_a_stranger=fault is Fault.PRETEND)


_BREAKS_OFF = (Fault.DROP, Fault.REFUSE, Fault.GO_AWAY, Fault.PRETEND)
