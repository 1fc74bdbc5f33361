"""A client's session: what its CONNECT settled, and the messages that are on their way (MQTT 3.1.1, 3.1.2.4).

Settings and two lists are all of it, so it is made in no time: a run has some fifty connections.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from amqtt.errors import AMQTTError
from amqtt.session import IncomingApplicationMessage, OutgoingApplicationMessage

_PACKET_IDS = 65535


@dataclass
class ClientSession:
    """`inflight_out`: sent, and not acknowledged; `inflight_in`: of QoS 2, and not released. By packet id, in order."""

    client_id: str | None = None
    clean_session: bool | None = None
    keep_alive: int = 0
    username: str | None = None
    password: str | None = None
    will_flag: bool = False
    will_retain: bool | None = None
    will_qos: int | None = None
    will_topic: str | None = None
    will_message: bytes | bytearray | None = None
    inflight_out: OrderedDict[int, OutgoingApplicationMessage] = field(default_factory=OrderedDict)
    inflight_in: OrderedDict[int, IncomingApplicationMessage] = field(default_factory=OrderedDict)
    _last_id: int = 0

    @property
    def next_packet_id(self) -> int:
        """One that is free, and was given out longest ago. Raises AMQTTError where all are taken."""
        for _ in range(_PACKET_IDS):
            self._last_id = self._last_id % _PACKET_IDS + 1
            if self._last_id not in self.inflight_in and self._last_id not in self.inflight_out:
                return self._last_id
        raise AMQTTError("no packet id is free")
