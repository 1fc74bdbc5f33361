"""Every limit and wait of the suites of a device, each with its source."""

from dataclasses import dataclass

from harness.protocols.update.suite import stretchable


@dataclass(frozen=True, kw_only=True)
class Limits:
    """In seconds, where nothing else is said. A judgement and a scenario ask for it as `limits`.

    How long a phase may take is the profile's to say, in [deadlines]: no source sets any.
    """

    quiet: float = stretchable(5)  # that are watched where nothing is to come
    back: float = stretchable(130)  # to be connected again
    soon: float = stretchable(10)  # for an answer to an odd question, of a device that is connected
    clock: float = stretchable(60)  # that a timestamp may be off
    breath: float = stretchable(0.5)  # between a message that is malformed and the next
    jitter: float = stretchable(0.1)  # by which the way to us may differ between two messages
    silent: float = stretchable(10)  # for which an owner does not answer
    late: float = stretchable(3)  # by which a played agent is late, or the owner

    @property
    def answer(self) -> float:
        """Longer than the answer to an odd question may take."""
        return self.soon + 1
