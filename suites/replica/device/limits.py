"""Every limit and wait of the suites of a device behind a replica, each with its source."""

from dataclasses import dataclass

from harness.protocols.replica.suite import set_by, stretchable


@dataclass(frozen=True, kw_only=True)
class Limits:
    """In seconds, where nothing else is said. A judgement and a scenario ask for it as `limits`."""

    # Limits that a document sets.

    size: int = set_by("AWS IoT Device Shadow, quotas", 8192)  # bytes of a document's state
    depth: int = set_by("AWS IoT Device Shadow, error messages", 6)  # levels of a section
    token: int = set_by("AWS IoT Device Shadow, error messages", 64)  # bytes

    # Limits of ours: no source sets any.

    initial: float = stretchable(30)  # for the first report of a device that starts, or comes back
    in_time: float = stretchable(10)  # for the report of a change
    back: float = stretchable(130)  # to be connected again
    quiet: float = stretchable(10)  # that are watched where nothing is to come
    refused: float = stretchable(20)  # that are watched while requests are refused
    unanswered: float = stretchable(40)  # that are watched while nothing is answered
    settled: float = stretchable(30)  # for all that is desired to be reported, after many wishes
    connected_for: float = stretchable(60)  # that a connection has lasted whose loss is a new one

    lately: float = stretchable(300)  # in which what was asked, or told, is still under way

    # Counts: how much is too much.

    few: int = set_by("this suite, in requests and not in seconds", 20)  # after a wish not to be met, or refused
    several: int = set_by("this suite, in requests and not in seconds", 16)  # where none is answered

    @property
    def waits(self) -> float:
        """Longer than the report of a change may take."""
        return self.in_time + 2
