"""What a broker sees of its clients: the packets that tell when a device knew, asked, rested or was gone."""

from dataclasses import dataclass
from enum import StrEnum


class Sight(StrEnum):
    """A kind of packet; or that there will be no more."""

    CONNECT = "CONNECT"
    SUBSCRIBE = "SUBSCRIBE"
    PUBACK = "PUBACK"
    PINGREQ = "PINGREQ"
    DISCONNECT = "DISCONNECT"
    LOST = "connection lost"


@dataclass(frozen=True, slots=True)
class Seen:
    """One packet of one client, at the moment in which it was read.

    `topics` are the filters of a SUBSCRIBE, or the topic of the message that a PUBACK acknowledges: none, if there was
    no such message. A CONNECT is seen whether or not it is let in.
    """

    time: float
    client_id: str
    what: Sight
    topics: tuple[str, ...] = ()
