"""The desired states that an agent or a manager has had, so that it tells a repeated one from a new one. Pure."""

from harness.protocols.update.words.device_events import HeardMessage

_MOST = 100  # that count as known


class KnownDesiredStates:
    """Told apart by their activities; where messages have no envelope, by their bytes."""

    def __init__(self, *, enveloped: bool) -> None:
        self._enveloped = enveloped
        self._known: dict[tuple[str, bytes], None] = {}

    def has(self, activity: str, heard: HeardMessage, *, is_busy: bool) -> bool:
        """Whether it came before. Without an envelope, one that is desired again while nothing is under way is new."""
        return self._key(activity, heard) in self._known and (self._enveloped or is_busy or heard.retain)

    def add(self, activity: str, heard: HeardMessage) -> None:
        """From now on it is known; of more than a hundred the oldest are forgotten."""
        self._known = dict.fromkeys([*self._known, self._key(activity, heard)][-_MOST:])

    def clear(self) -> None:
        """None is known any more."""
        self._known.clear()

    def _key(self, activity: str, heard: HeardMessage) -> tuple[str, bytes]:
        return activity, b"" if self._enveloped else heard.payload
