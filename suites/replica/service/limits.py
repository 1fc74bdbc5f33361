"""Every limit and wait of the suites of a replica service, each with its source."""

from dataclasses import dataclass

from harness.protocols.replica.suite import stretchable


@dataclass(frozen=True, kw_only=True)
class Limits:
    """In seconds. A judgement and a scenario ask for it as `limits`; no source sets any of these."""

    answer: float = stretchable(5)  # to an update, a get or a delete
    delta: float = stretchable(5)  # behind an update
    apart: float = stretchable(3)  # between two updates whose times are to differ, where times are whole seconds
    clock: float = stretchable(30)  # by which the service's clock may be off
    performed: float = stretchable(10)  # for a device of the operator's to report what it was told to change
    quiet: float = stretchable(5)  # that are watched where nothing is to come

    @property
    def waits(self) -> float:
        """Longer than a delta may take."""
        return self.delta + 1
