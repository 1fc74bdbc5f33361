"""The clients that get a topic, and at which QoS: MQTT 3.1.1, 4.7."""

from harness.broker.server.bounds import FILTERS, LEVELS
from harness.mqtt.topic_filter import brings_levels


class Subscriptions:
    """By filter, then by client. Filters without a wildcard are found at once, whatever others there are."""

    def __init__(self) -> None:
        self._exact: dict[str, dict[str, int]] = {}
        self._wild: dict[str, dict[str, int]] = {}
        self._filters: dict[str, set[str]] = {}
        self._split: dict[str, Filter] = {}  # of those with a wildcard
        self._fitting: dict[str, list[str]] = {}  # of these, the ones that bring a topic: it comes again and again

    @property
    def wild(self) -> int:
        """The number of filters that each topic is compared with."""
        return len(self._wild)

    def add(self, client_id: str, topic_filter: str, qos: int) -> bool:
        """Whether it could be added. One that is there already has the new QoS from now on."""
        filters = self._filters.setdefault(client_id, set())
        if not is_filter(topic_filter) or (len(filters) >= FILTERS and topic_filter not in filters):
            return False
        filters.add(topic_filter)
        if is_wild(topic_filter) and topic_filter not in self._split:
            self._split[topic_filter] = Filter(topic_filter)
            self._fitting.clear()
        self._table_of(topic_filter).setdefault(topic_filter, {})[client_id] = qos
        return True

    def remove(self, client_id: str, topic_filter: str) -> None:
        """Nothing happens where there is none."""
        self._filters.get(client_id, set()).discard(topic_filter)
        table = self._table_of(topic_filter)
        subscribers = table.get(topic_filter, {})
        subscribers.pop(client_id, None)
        if not subscribers:
            table.pop(topic_filter, None)
            if self._split.pop(topic_filter, None):
                self._fitting.clear()

    def forget(self, client_id: str) -> None:
        """All of one client's."""
        for topic_filter in [*self._filters.get(client_id, ())]:
            self.remove(client_id, topic_filter)
        self._filters.pop(client_id, None)

    def granted(self, topic: str) -> dict[str, int]:
        """The clients that get the topic, each once, at the best QoS of its filters."""
        found = dict(self._exact.get(topic, {}))
        for topic_filter in self._fitting_for(topic):
            for client_id, qos in self._wild[topic_filter].items():
                found[client_id] = max(qos, found.get(client_id, 0))
        return found

    def _fitting_for(self, topic: str) -> list[str]:
        """The filters with a wildcard that bring the topic, in their order, as long as none comes and none goes."""
        if (known := self._fitting.get(topic)) is not None:
            return known
        levels = topic.split("/", LEVELS)
        fitting = [topic_filter for topic_filter, wanted in self._split.items() if wanted.fits_levels(levels)]
        if len(topic) <= _SHORT and len(self._fitting) < _TOPICS:
            self._fitting[topic] = fitting
        return fitting

    def _table_of(self, topic_filter: str) -> dict[str, dict[str, int]]:
        return self._wild if is_wild(topic_filter) else self._exact


class Filter:
    """One with a wildcard. It is taken apart once: a topic may have to be compared with many of them."""

    def __init__(self, topic_filter: str) -> None:
        self._levels = topic_filter.split("/")
        self._is_wild_in_front = topic_filter[0] in "+#"

    def fits(self, topic: str) -> bool:
        """Whether the filter brings the topic."""
        return self.fits_levels(topic.split("/", LEVELS))

    def fits_levels(self, levels: list[str]) -> bool:
        """Likewise; a wildcard in front brings no topic that begins with `$`. No filter tells what is beyond LEVELS."""
        return not (self._is_wild_in_front and levels[0].startswith("$")) and brings_levels(self._levels, levels)


def is_filter(text: str) -> bool:
    """Whether every wildcard has a level of its own, and `#` the last (MQTT 3.1.1, 4.7.1); of LEVELS at most."""
    *front, last = text.split("/")
    return (
        bool(text)
        and len(front) < LEVELS
        and all("#" not in level for level in front)
        and all(map(_is_level, [*front, last]))
    )


def is_wild(topic_filter: str) -> bool:
    """Whether it may bring more than one topic."""
    return "+" in topic_filter or "#" in topic_filter


def _is_level(level: str) -> bool:
    return level in ("+", "#") or not is_wild(level)


_SHORT = 256  # characters of a topic whose filters are remembered
_TOPICS = 1_000  # for which they are: a device has a handful
