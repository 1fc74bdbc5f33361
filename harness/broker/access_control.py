"""Access control: a login, and the topics that are open to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.mqtt.endpoint import Login


@dataclass(frozen=True, slots=True)
class Account:
    """A login that may publish and subscribe within some topic filters. `#` alone is everything, `$` topics too.

    `publishes`: the filters, among those, within which alone it may publish; None: within all of them.
    """

    login: Login
    topics: tuple[str, ...] = ("#",)
    publishes: tuple[str, ...] | None = None

    def may(self, wanted: str) -> bool:
        """Whether a topic, or all that a filter can match, is open to this account."""
        return any(_covers(topics, wanted) for topics in self.topics)

    def may_publish(self, topic: str) -> bool:
        """Whether a message of this account may go to that topic."""
        return any(_covers(topics, topic) for topics in (self.topics if self.publishes is None else self.publishes))


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
