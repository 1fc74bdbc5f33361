"""Bounds on what an unknown client may cost a broker of ours. MQTT sets none; a device stays far below them."""

from typing import Final

CONNECT_BYTES: Final = 64 * 1024
"""Of the first packet, which anybody may send: ids, logins, tokens and a will have room in it."""

PACKET_BYTES: Final = 16 * 1024 * 1024
"""Of every later one: what a device with ten thousand sensors says is a tenth of it."""

CONTROL_BYTES: Final = 64 * 1024
"""Of one that is no PUBLISH: a SUBSCRIBE of some thousand filters takes a fraction of a second."""

STRANGERS: Final = 100
"""Connections on which no CONNECT has come yet: a newcomer displaces the oldest, which has had its time."""

PACKETS_IN_A_ROW: Final = 100
"""That are read of one connection before every other has its turn: some milliseconds."""

LIKE_A_PACKET: Final = 50
"""Filters that are added, or compared with a message, and messages that are passed on: as long as to read one."""

RETAINED_IN_A_ROW: Final = 1_000
"""Retained messages that are looked at, and sent, before every other connection has its turn."""

RETAINED: Final = 10_000
"""Retained messages that are kept. One more is passed on, and not kept."""

RETAINED_BYTES: Final = 64 * 1024 * 1024
"""Likewise, of all their topics and payloads together."""

FILTERS: Final = 1_000
"""That one client may subscribe to; one more is refused."""

LEVELS: Final = 128
"""Of such a filter: every message is compared with it."""

WAITING: Final = 10_000
"""Messages that one client has not acknowledged, or was not there for; one more is lost.

And those that it says at QoS 2 and does not release: at one more it is hung up on.
"""

WAITING_BYTES: Final = 32 * 1024 * 1024
"""Of either."""

LATEST: Final = 20
"""Topics of which the latest message to a client is kept, in case that it is to be delivered again."""

UNREAD_BYTES: Final = 64 * 1024 * 1024
"""That lie in our buffer because the peer does not read: then the connection is over."""
