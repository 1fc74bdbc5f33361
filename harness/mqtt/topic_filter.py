"""Which topics a filter of a SUBSCRIBE brings. MQTT 3.1.1, 4.7. Pure."""

from collections.abc import Iterable, Sequence


def brings(topic_filter: str, topic: str) -> bool:
    """Whether a client that subscribes to the filter gets the topic."""
    return brings_levels(topic_filter.split("/"), topic.split("/"))


def brings_levels(levels: Sequence[str], parts: Sequence[str]) -> bool:
    """Likewise, of both taken apart."""
    count = len(levels)
    if levels[-1] == "#":
        count -= 1
        if len(parts) < count:
            return False
    elif len(parts) != count:
        return False
    for at in range(count):
        level = levels[at]
        if level not in ("+", parts[at]):
            return False
    return True


def closeness(topic_filters: Iterable[str], topic: str) -> int | None:
    """How many levels of the topic are named by that filter which names the most of it; None: no filter brings it."""
    named = (sum(level not in ("+", "#") for level in one.split("/")) for one in topic_filters if brings(one, topic))
    return max(named, default=None)
