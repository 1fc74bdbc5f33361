"""What our broker sees of its clients, told to whoever watches: the packets that a judgement may rest on."""

from collections.abc import Callable

from harness.broker.stream import PacketStream
from harness.clock import utc
from harness.wire.seen import Seen, Sight


class Lookout:
    """`tell` None: nobody watches."""

    def __init__(self, tell: Callable[[Seen], None] | None) -> None:
        self._tell = tell

    def sees(
        self,
        client_id: str,
        what: Sight,
        topics: tuple[str, ...] = (),
        qos: tuple[int, ...] = (),
        *,
        packet_id: int | None = None,
        retain: bool | None = None,
        silent_for: float | None = None,
    ) -> None:
        """A packet, or an end, of a client that was let in."""
        self._say(Seen(utc(), client_id, what, topics, qos, packet_id, retain, silent_for=silent_for))

    def sees_somebody_come(self, stream: PacketStream, named: str | None = None, *, refused: bool = False) -> None:
        """Whoever said CONNECT, if anybody did. `named`: what it is called from now on, as it may leave that to us."""
        if stream.hello:
            client_id, hello = stream.hello
            self._say(Seen(utc(), named or client_id, Sight.CONNECT, hello=hello, refused=refused or None))

    def sees_somebody_fooled(self) -> None:
        """Who it is that met a stranger in our place, nobody knows: it has not said a word yet."""
        self._say(Seen(utc(), "", Sight.HANDSHAKE))

    def _say(self, seen: Seen) -> None:
        if self._tell:
            self._tell(seen)
