"""What a broker of ours saw of the device's client; behind somebody else's there is nothing of it."""

from collections.abc import Iterator, Sequence

from harness.judging.history import History
from harness.judging.verdict import OutOfView
from harness.wire.seen import Hello, Seen, Sight
from harness.wire.topics import Topics, brings, closeness

Placed = tuple[int, Seen]

WATCHED = "listen://"
_GONE = (Sight.LOST, Sight.DISCONNECT)


class Sights:
    """The packets of whoever asked for the device's configs, and most closely; of every client, if none did.

    So who only listens in, to everything, is not taken for the device. Who takes another id for each connection is
    turned away under ids that ask for nothing: there it is known by its words. Raises OutOfView where the record has
    no packets.
    """

    def __init__(self, history: History) -> None:
        own = [(place, record) for place, record in history.placed() if isinstance(record, Seen)]
        known = [*history.seen_before, *own]
        if not known:
            raise OutOfView.without(WATCHED)
        self._config, self._scheme = history.topics.config, history.profile.topics
        asking = [(seen.client_id, close) for _, seen in known if (close := _asks_for(seen, self._config)) is not None]
        closest = max((close for _, close in asking), default=0)
        self._devices = {client for client, close in asking if close == closest}
        self._devices |= _turned_away_in_its_words([seen for _, seen in known], self._devices)
        # Who meets a stranger in our place has not said yet who it is.
        self.handshakes = tuple(place for place, seen in own if seen.what is Sight.HANDSHAKE)
        self.before, self.own = [*self._of_the_device(history.seen_before)], [*self._of_the_device(own)]

    def asks_for_configs(self, seen: Seen) -> bool:
        """Whether it is the SUBSCRIBE that a device is known by."""
        return _asks_for(seen, self._config) is not None

    def is_acknowledgement(self, seen: Seen) -> bool:
        """Whether it is the PUBACK of a config."""
        return seen.what is Sight.PUBACK and self._config in seen.topics

    @property
    def hellos(self) -> list[tuple[int, Hello]]:
        """Every CONNECT that was let in, up to the end of the episode: who is refused may fall back."""
        return [(place, seen.hello) for place, seen in [*self.before, *self.own] if seen.hello and not seen.refused]

    @property
    def subscriptions(self) -> list[tuple[int, int]]:
        """Every QoS that configs were asked for at, up to the end of the episode; by their very topic, if they were."""
        asked = [
            (topic_filter, place, qos)
            for place, seen in [*self.before, *self.own]
            if self.asks_for_configs(seen)
            for topic_filter, qos in zip(seen.topics, seen.qos, strict=False)
        ]
        exact = [(place, qos) for topic_filter, place, qos in asked if topic_filter == self._config]
        return exact or [(place, qos) for topic_filter, place, qos in asked if brings(topic_filter, self._config)]

    @property
    def published(self) -> list[tuple[int, str]]:
        """Every topic that the device published on, up to the end of the episode, the first time that it did so."""
        return [
            (place, topic)
            for place, seen in [*self.before, *self.own]
            if seen.what is Sight.PUBLISH
            for topic in seen.topics
        ]

    def speaks_for(self, device: str) -> bool:
        """Whether it asked for that device's configs, as a gateway does for those behind it."""
        config = Topics.of(device, self._scheme).config
        return any(_asks_for(seen, config) is not None for _, seen in [*self.before, *self.own])

    @property
    def was_up(self) -> bool:
        """Whether the device was connected when the episode began."""
        for _, seen in reversed(self.before):
            if seen.what in _GONE or seen.refused:
                return False
            if seen.hello:
                return True
        return False

    def changes(self) -> Iterator[Placed]:
        """Every packet of the episode with which a connection begins, or is asked for, or ends."""
        return ((place, seen) for place, seen in self.own if seen.what is Sight.CONNECT or seen.what in _GONE)

    def _of_the_device(self, placed: Sequence[Placed]) -> Iterator[Placed]:
        return ((place, seen) for place, seen in placed if not self._devices or seen.client_id in self._devices)


def _turned_away_in_its_words(known: Sequence[Seen], devices: set[str]) -> set[str]:
    """Ids that were never let in, and introduced themselves just as the device does."""
    words = {seen.hello for seen in known if seen.hello and seen.client_id in devices}
    let_in = {seen.client_id for seen in known if seen.hello and not seen.refused}
    return {seen.client_id for seen in known if seen.hello in words} - let_in


def _asks_for(seen: Seen, topic: str) -> int | None:
    """How closely it does, if it does."""
    return closeness(seen.topics, topic) if seen.what is Sight.SUBSCRIBE else None
