"""The last messages of a device, numbered, for those who watch. Bounded in count, in bytes, and in each message."""

import asyncio
from collections import deque
from dataclasses import dataclass

from harness.payload.values import JSON
from harness.text import printable, printable_lines
from simulator.link.passing_message import PassingMessage

MOST = 200  # messages of one device
LONGEST = 2000  # bytes of one payload that are kept
_MOST_BYTES = 128 * 1024  # of all payloads of one device: a thousand of them fit into a small computer


@dataclass(frozen=True, slots=True)
class NumberedMessage:
    """A message that passed, cut. `number`: from 1 on. `size`: bytes of the whole payload."""

    number: int
    message: PassingMessage
    size: int

    def as_json(self) -> dict[str, JSON]:
        """The message for a page; text that comes from a broker is escaped."""
        message = self.message
        return {
            "number": self.number,
            "time": message.time,
            "from": "device" if message.is_sent else "panel" if message.is_handed else "broker",
            "topic": printable(message.topic),
            "payload": printable_lines(message.payload.decode(errors="replace")),
            "size": self.size,
            "is_cut": self.size > len(message.payload),
            "retain": message.retain,
        }


class MessageLog:
    """Messages come in by `add`; any number of readers take what they have not read yet, each at its own pace."""

    def __init__(self) -> None:
        self._kept = deque[NumberedMessage]()
        self._bytes = 0
        self._last = 0
        self._news = asyncio.Event()

    def add(self, message: PassingMessage) -> None:
        """One more; the oldest go."""
        cut = message.payload[:LONGEST]
        kept = PassingMessage(message.time, message.topic, cut, message.retain, message.is_sent, message.is_handed)
        self._last += 1
        self._kept.append(NumberedMessage(self._last, kept, len(message.payload)))
        self._bytes += len(cut)
        while len(self._kept) > MOST or self._bytes > _MOST_BYTES:
            self._bytes -= len(self._kept.popleft().message.payload)
        self._news.set()
        self._news = asyncio.Event()

    def after(self, number: int) -> list[NumberedMessage]:
        """Those that are kept, and came behind the one of that number. A number of another life is read as 0."""
        since = number if number <= self._last else 0
        return [one for one in self._kept if one.number > since]

    async def more(self, number: int) -> list[NumberedMessage]:
        """The same, once there are any."""
        while not (found := self.after(number)):
            await self._news.wait()
        return found
