"""Events that happen to an update agent, or to a device with an update manager, as data."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class HeardMessage:
    """A message came on that topic. `retain`: because it lay there."""

    topic: str
    payload: bytes
    retain: bool = False


@dataclass(frozen=True, slots=True)
class Connected:
    """The connection is there; nobody knows what was missed."""


@dataclass(frozen=True, slots=True)
class Restarted:
    """Power goes and comes, and the connection with it; all that is installed, and the activity, are on its disk."""


@dataclass(frozen=True, slots=True)
class Reset:
    """It is as it was at first: what it has, and that it never heard of any activity."""


AgentEvent: TypeAlias = HeardMessage | Connected | Restarted | Reset
