"""Messages that a machine has to send, oldest first. Offline, those of the `latest` topic are dropped."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

_MOST_OTHERS = 100


@dataclass(frozen=True, slots=True)
class LinkTopics:
    """The topics that a link treats apart: `inbox` brings what is sent to the machine.

    On `latest` only the last message counts, so none is kept while the link is down; on `series` each one counts.
    """

    inbox: str
    latest: str
    series: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message for a topic."""

    topic: str
    payload: bytes
    retain: bool = False
    qos: int | None = None


class Outbox:
    """The messages to send. `stored` decides which of the `series` outlast an outage; others are few, and kept."""

    def __init__(self, topics: LinkTopics, stored: Callable[[Sequence[bytes]], Sequence[bytes]]) -> None:
        self._topics, self._stored = topics, stored
        self._letters = deque[Letter]()

    @property
    def first(self) -> Letter | None:
        """The next message to send; it stays until it is known to have arrived."""
        return self._letters[0] if self._letters else None

    def put(self, letter: Letter, *, is_up: bool) -> None:
        """To be sent after all that is there."""
        self._letters.append(letter)
        if not is_up:
            self.keep_what_lasts()

    def forget(self) -> None:
        """The device was switched off: what it had not sent yet is lost."""
        self._letters.clear()

    def arrived(self, letter: Letter) -> None:
        """It need not be sent again."""
        if self._letters and self._letters[0] is letter:
            self._letters.popleft()

    def keep_what_lasts(self) -> None:
        """The connection is gone: let go of states, and of the telemetry that is not stored."""
        latest, series = self._topics.latest, self._topics.series
        unsent = [letter for letter in self._letters if letter.topic == series]
        others = [letter for letter in self._letters if letter.topic not in (latest, series)]
        known = {letter.payload: letter for letter in unsent}
        kept = self._stored([letter.payload for letter in unsent])
        stored = [replace(known.get(payload) or Letter(series, payload)) for payload in kept]
        self._letters = deque([*others[-_MOST_OTHERS:], *stored])
