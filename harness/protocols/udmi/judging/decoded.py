"""Decoded messages of a run that lie in the file of its trace: as many as there is room for beside the list of them."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar, cast

from harness.protocols.udmi.words.caching_codec import weight_of
from harness.protocols.udmi.words.messages import Message
from harness.record.kinds import Received, Sent
from harness.record.laid_aside import place_of

M = TypeVar("M", bound=Message)

_MB = 1024 * 1024
_ROOM = 150 * _MB  # bytes: a device with 5,000 points is decoded once
_LISTED = 650  # bytes that a message takes though it is not decoded: a flood leaves no more than the least
_LEAST = 8 * _MB


class Decoded:
    """The latest that were asked for; which they are, nobody can tell but by the time that it takes."""

    def __init__(self) -> None:
        self._known, self._bytes = OrderedDict[object, tuple[Message, int]](), 0

    def of(self, record: Received | Sent, decode: Callable[[bytes], M]) -> M:
        """The result of `decode`, a pure function, for the payload. Results of small payloads are remembered."""
        place = place_of(record)
        if place is None:
            return decode(record.payload)
        key = decode, place.number, place.offset
        if key in self._known:
            self._known.move_to_end(key)
            return cast("M", self._known[key][0])
        message = decode(record.payload)
        self._remember(key, message, max(_LEAST, _ROOM - _LISTED * place.beside))
        return message

    def _remember(self, key: object, message: Message, room: int) -> None:
        weight = weight_of(message)
        self._known[key], self._bytes = (message, weight), self._bytes + weight
        while self._bytes > room and len(self._known) > 1:
            _, (_, forgotten) = self._known.popitem(last=False)
            self._bytes -= forgotten


DECODED = Decoded()
