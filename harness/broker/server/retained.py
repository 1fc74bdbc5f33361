"""The retained messages of a broker of ours."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.broker.server.bounds import RETAINED, RETAINED_BYTES
from harness.broker.server.subscriptions import Filter, is_wild


@dataclass(frozen=True, slots=True)
class Retained:
    """The latest message of a topic that was to be kept."""

    payload: bytes
    qos: int


class RetainedMessages:
    """By topic, as many as the bounds allow."""

    def __init__(self) -> None:
        self._messages: dict[str, Retained] = {}
        self._bytes = 0

    def put(self, topic: str, payload: bytes, qos: int) -> bool:
        """Keep a message in place of the one before; an empty one clears the topic. False: there is no room for it."""
        before = self._messages.pop(topic, None)
        self._bytes -= _size(topic, before.payload) if before else 0
        if not payload:
            return True
        if len(self._messages) >= RETAINED or self._bytes + _size(topic, payload) > RETAINED_BYTES:
            return False
        self._messages[topic] = Retained(payload, qos)
        self._bytes += _size(topic, payload)
        return True

    def at(self, topic: str) -> Retained | None:
        """The message retained there."""
        return self._messages.get(topic)

    def topics(self, topic_filter: str) -> Iterator[str | None]:
        """Those topics that the filter brings, as they are now; None for each that it does not bring.

        So that who looks through many knows how many were looked at.
        """
        if not is_wild(topic_filter):
            yield topic_filter
            return
        wanted = Filter(topic_filter)
        for topic in [*self._messages]:
            yield topic if wanted.fits(topic) else None


def _size(topic: str, payload: bytes) -> int:
    return len(topic) + len(payload)
