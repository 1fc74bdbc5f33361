"""Access control: a login, and the topics that are open to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.mqtt.endpoint import Login


@dataclass(frozen=True, slots=True)
class Account:
    """A login that may publish and subscribe within some topic filters. `#` alone is everything, `$` topics too."""

    login: Login
    topics: tuple[str, ...] = ("#",)

    def may(self, wanted: str) -> bool:
        """Whether a topic, or all that a filter can match, is open to this account."""
        return any(_covers(topics, wanted) for topics in self.topics)


def _covers(allowed: str, wanted: str) -> bool:
    if allowed == "#":
        return True
    if wanted.startswith("$") != allowed.startswith("$"):  # a wildcard in front matches no $ topic
        return False
    return _levels_cover(allowed.split("/"), wanted.split("/"))


def _levels_cover(allowed: Sequence[str], wanted: Sequence[str]) -> bool:
    for place, level in enumerate(allowed):
        if level == "#":
            return True
        if place == len(wanted) or wanted[place] == "#" or level not in ("+", wanted[place]):
            return False
    return len(allowed) == len(wanted)
