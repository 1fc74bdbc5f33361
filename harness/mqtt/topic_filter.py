"""Which topics a filter of a SUBSCRIBE brings. MQTT 3.1.1, 4.7. Pure."""

from collections.abc import Iterable


def brings(topic_filter: str, topic: str) -> bool:
    """Whether a client that subscribes to the filter gets the topic."""
    levels, parts = topic_filter.split("/"), topic.split("/")
    if levels[-1] == "#":
        levels, parts = levels[:-1], parts[: len(levels) - 1]
    return len(levels) == len(parts) and all(level in ("+", part) for level, part in zip(levels, parts, strict=True))


def closeness(topic_filters: Iterable[str], topic: str) -> int | None:
    """How many levels of the topic are named by that filter which names the most of it; None: no filter brings it."""
    named = (sum(level not in ("+", "#") for level in one.split("/")) for one in topic_filters if brings(one, topic))
    return max(named, default=None)
