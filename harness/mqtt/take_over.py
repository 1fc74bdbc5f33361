"""A take-over: a CONNECT that ends the connection of the same client id, which MQTT 3.1.1 asks of a broker (3.1.4).

A device that lost its connection takes its own place again: from its own address, after a silence. Any other take-over
is a stranger's: a second client goes by the same id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from harness.mqtt.client_id import OURS
from harness.mqtt.packets import ObservedPacket
from harness.text import printable

_UNPROMISED = 60.0  # seconds: for how long a connection without keep-alive is taken for one that is in use
_LONGEST = 60  # characters of a client id in a sentence
_COMES_BACK = 125.0  # seconds until a client that was thrown out tries again: two minutes, and what a try takes


@dataclass(frozen=True, slots=True)
class StrangerStay:
    """The time for which a stranger stayed, in Unix seconds; `take_over`: a packet by which the stay is known."""

    take_over: ObservedPacket
    since: float
    until: float

    @property
    def is_in_our_place(self) -> bool:
        """Whether it goes by the cloud's id, and not by the device's."""
        return self.take_over.client_id.startswith(OURS)


def is_strangers(packet: ObservedPacket) -> bool:
    """Whether the CONNECT came from another address, or replaced a connection that kept its keep-alive."""
    old = packet.replaced
    return old is not None and (packet.peer != old.peer or old.silent_for <= (old.keep_alive or _UNPROMISED))


def words_of(packet: ObservedPacket) -> str:
    """A take-over, as a sentence without its end: both addresses, and how alive the connection was that it ended."""
    old = packet.replaced
    if old is None:
        return ""
    came, was = (f" from {printable(peer)}" if peer else "" for peer in (packet.peer, old.peer))
    return (
        f"two clients go by the id {_name(packet)}: one{came} ended the connection of one{was} that had "
        f"sent a packet {old.silent_for:.1f} s before"
    )


def _name(packet: ObservedPacket) -> str:
    return printable(packet.client_id, _LONGEST)


def stays_of_strangers(packets: Sequence[ObservedPacket]) -> list[StrangerStay]:
    """Every stranger's stay, in order. Of two addresses the one that a client was first seen at is its own.

    A stranger from another address stays until the first client comes back. At the same address nobody can tell which
    is which: then the dispute is over when neither has come back for as long as a device may stay away.
    """
    names = dict.fromkeys(one.client_id for one in packets if is_strangers(one))
    return sorted((stay for name in names for stay in _stays_as(name, packets)), key=lambda stay: stay.since)


def addresses_of_strangers(client_id: str, packets: Sequence[ObservedPacket]) -> set[str | None]:
    """The addresses of strangers under this id; the client's own address, if there is no other."""
    both = _addresses(client_id, packets)
    return both - {_home(client_id, packets)} or both


def _stays_as(name: str, packets: Sequence[ObservedPacket]) -> Iterator[StrangerStay]:
    home, back = _home(name, packets), inf
    known = next(one for one in packets if one.client_id == name and is_strangers(one))
    elsewhere = _addresses(name, packets) - {home}
    for one in reversed(list(_let_in(name, packets))):
        if is_strangers(one) and (name.startswith(OURS) or (one.replaced and one.peer == one.replaced.peer)):
            yield StrangerStay(one, one.time, one.time + _COMES_BACK)  # sessions of ours are recorded only in a dispute
        elif one.peer in elsewhere:
            yield StrangerStay(one if is_strangers(one) else known, one.time, back)
        back = one.time if one.peer == home else back


def _addresses(name: str, packets: Sequence[ObservedPacket]) -> set[str | None]:
    own = [one for one in packets if one.client_id == name and is_strangers(one)]
    return {one.peer for one in own} | {one.replaced.peer for one in own if one.replaced}


def _home(name: str, packets: Sequence[ObservedPacket]) -> str | None:
    first = next(_let_in(name, packets), None)
    return (first.replaced.peer if first.replaced else first.peer) if first else None


def _let_in(name: str, packets: Sequence[ObservedPacket]) -> Iterator[ObservedPacket]:
    return (one for one in packets if one.client_id == name and one.hello and not one.refused)
