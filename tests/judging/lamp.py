"""A protocol that has nothing but two topics, to judge by: a lamp is asked at lamps/NAME/ask, and answers beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.addresses import Addresses
from harness.judging.history import History
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind
from harness.record.kinds import Record

ASK, ANSWER = "lamps/A/ask", "lamps/A/answer"
HELLO = ObservedConnect("MQTT", 4, clean_session=True, keep_alive=60)


@dataclass(frozen=True)
class LampHistory(History):
    """Of the lamp A. `answered`: what its answers were stamped with, and when they reached us."""

    unowned: str | None = None
    answered: Sequence[tuple[float, float]] = ()

    @property
    def addresses(self) -> Addresses:
        """The topics of lamps."""
        return Addresses("A", ASK, "lamps/{}/ask".format, _lamp_of, {ANSWER: "answers"}, self.unowned)

    @property
    def declared_allowance(self) -> float:
        """Half a second."""
        return 0.5

    def stamps(self) -> Sequence[tuple[float, float]]:
        """Those of its answers."""
        return self.answered


def lamp(*records: Record, first: int = 0) -> LampHistory:
    """The lamp in these records, from that place of the trace on."""
    return LampHistory("by_hand", first, records)


def connects(at: float, client: str = "A") -> list[Record]:
    """A client that asks to be asked."""
    return [
        ObservedPacket(at, client, PacketKind.CONNECT, hello=HELLO),
        ObservedPacket(at, client, PacketKind.SUBSCRIBE, (ASK,), (1,)),
    ]


def _lamp_of(topic: str) -> str | None:
    parts = topic.split("/")
    return parts[1] if parts[0] == "lamps" else None
