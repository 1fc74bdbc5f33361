"""Bounds on what an unknown client may cost a broker of ours. MQTT sets none; a device stays far below them."""

from typing import Final

CONNECT_BYTES: Final = 64 * 1024
"""Of the first packet, which anybody may send: ids, logins, tokens and a will have room in it."""

PACKET_BYTES: Final = 16 * 1024 * 1024
"""Of every later one: what a device with ten thousand sensors says is a tenth of it."""

STRANGERS: Final = 100
"""Connections on which no CONNECT has come yet: a newcomer displaces the oldest, which has had its time."""

PACKETS_IN_A_ROW: Final = 100
"""That are read of one connection before every other has its turn: some milliseconds."""

RETAINED_IN_A_ROW: Final = 1_000
"""Retained messages that are looked at, and sent, before every other connection has its turn."""

RETAINED: Final = 10_000
"""Retained messages that are kept. One more is passed on, and not kept."""

RETAINED_BYTES: Final = 64 * 1024 * 1024
"""Likewise, of all their topics and payloads together."""

FILTERS: Final = 1_000
"""That one client may subscribe to; one more is refused."""

WAITING_BYTES: Final = 32 * 1024 * 1024
"""Of messages that one client has not acknowledged, or was not there for; one more is lost."""

UNREAD_BYTES: Final = 64 * 1024 * 1024
"""That lie in our buffer because the peer does not read: then the connection is over."""
