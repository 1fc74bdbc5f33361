"""Records that came after a scenario was over: PUBACKs and messages in it may belong to what came before."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TypeVar

from harness.judging.stretch import Stretch
from harness.mqtt.packets import ObservedPacket
from harness.record.kinds import Received, Record

Placed = tuple[int, ObservedPacket]
R = TypeVar("R", ObservedPacket, Received)


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Records behind the end of an episode: packets, and messages of one topic. `ended`: the run, in Unix seconds."""

    packets: Sequence[Placed] = field(default=(), repr=False)
    messages: Sequence[tuple[int, Received]] = field(default=(), repr=False)
    ended: float = -inf

    @classmethod
    def of(cls, records: Sequence[Record], topic: str) -> "Afterwards":
        """Of a whole run; `topic`: of the messages that may come when what they are about is over."""
        packets = tuple((place, record) for place, record in enumerate(records) if isinstance(record, ObservedPacket))
        messages = tuple(
            (place, record)
            for place, record in enumerate(records)
            if isinstance(record, Received) and record.topic == topic and not record.retain
        )
        return cls(packets, messages, records[-1].time)

    def behind(self, place: int) -> "Afterwards":
        """The records at that place or later."""
        return Afterwards(_from(self.packets, place), _from(self.messages, place), self.ended)


def _from(placed: Sequence[tuple[int, R]], place: int) -> Sequence[tuple[int, R]]:
    return Stretch(placed, bisect_left(placed, place, key=lambda entry: entry[0]), len(placed))


class NotYetKnownError(Exception):
    """A judgement asked for what may still come behind its episode: it says nothing yet."""


class MoreToCome(Afterwards):
    """Of an episode that is closed while its run goes on. Raises NotYetKnownError, whatever it is asked."""

    def __init__(self) -> None:
        """Nothing is known."""

    @property
    def packets(self) -> Sequence[Placed]:
        """Not yet."""
        raise NotYetKnownError

    @property
    def messages(self) -> Sequence[tuple[int, Received]]:
        """Not yet."""
        raise NotYetKnownError

    @property
    def ended(self) -> float:
        """Not yet."""
        raise NotYetKnownError


NOTHING_MORE = Afterwards()
