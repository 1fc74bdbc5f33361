"""Where the messages of one device live, and whose a topic is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

UDMI = "/devices/{id}"


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one device. UDMI, message suffixes."""

    config: str
    state: str
    telemetry: str
    system: str

    @classmethod
    def of(cls, device: str, scheme: str = UDMI) -> "Topics":
        """The topics under `scheme`, in which `{id}` stands for the device."""
        root = scheme.replace("{id}", device)
        return cls(f"{root}/config", f"{root}/state", f"{root}/events/pointset", f"{root}/events/system")

    @property
    def root(self) -> str:
        """What they all begin with."""
        return self.state.removesuffix("/state")


def device_of(topic: str, scheme: str) -> str | None:
    """The device whose topic it is under the scheme, whether it speaks there or is spoken to; None: nobody's."""
    before, *after = map(re.escape, scheme.split("{id}"))
    root = f"{before}(?P<id>[^/]+){'(?P=id)'.join(after)}"
    found = re.fullmatch(f"{root}/(?:{_WORDS})(?:/.*)?", topic, re.DOTALL)
    return found["id"] if found else None


def brings(topic_filter: str, topic: str) -> bool:
    """Whether who subscribes to the filter gets the topic. MQTT 3.1.1, 4.7."""
    levels, parts = topic_filter.split("/"), topic.split("/")
    if levels[-1] == "#":
        levels, parts = levels[:-1], parts[: len(levels) - 1]
    return len(levels) == len(parts) and all(level in ("+", part) for level, part in zip(levels, parts, strict=True))


def closeness(topic_filters: Iterable[str], topic: str) -> int | None:
    """How many levels of the topic are named by that filter which names the most of it; None: no filter brings it."""
    named = (sum(level not in ("+", "#") for level in one.split("/")) for one in topic_filters if brings(one, topic))
    return max(named, default=None)


_WORDS = "state|events|attach|config|commands|errors"
