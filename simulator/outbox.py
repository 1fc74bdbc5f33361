"""What a device has to send, oldest first. Offline, states are let go, as it says its state anew when it is back."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.wire.topics import Topics

_MOST_OTHERS = 100


@dataclass(frozen=True, slots=True)
class Letter:
    """A message for a topic."""

    topic: str
    payload: bytes


class Outbox:
    """What is `stored` of the telemetry that could not be sent is a decision; log entries are few, and are all kept."""

    def __init__(self, topics: Topics, stored: Callable[[Sequence[bytes]], Sequence[bytes]]) -> None:
        self._topics, self._stored = topics, stored
        self._letters = deque[Letter]()

    @property
    def first(self) -> Letter | None:
        """What is to be sent next; it stays until it is known to have arrived."""
        return self._letters[0] if self._letters else None

    def put(self, letter: Letter, *, is_up: bool) -> None:
        """To be sent after all that is there."""
        self._letters.append(letter)
        if not is_up:
            self.keep_what_lasts()

    def arrived(self, letter: Letter) -> None:
        """It need not be sent again."""
        if self._letters and self._letters[0] is letter:
            self._letters.popleft()

    def keep_what_lasts(self) -> None:
        """The connection is gone: let go of states, and of the telemetry that is not stored."""
        state, telemetry = self._topics.state, self._topics.telemetry
        unsent = [letter.payload for letter in self._letters if letter.topic == telemetry]
        others = [letter for letter in self._letters if letter.topic not in (state, telemetry)]
        stored = [Letter(telemetry, payload) for payload in self._stored(unsent)]
        self._letters = deque([*others[-_MOST_OTHERS:], *stored])
