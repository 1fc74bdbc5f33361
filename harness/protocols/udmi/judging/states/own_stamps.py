"""How far apart two messages left a device, by its own stamps: where the way blurs that, they may still tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import State

_A_STAMP = 0.002  # seconds that two stamps leave out


@dataclass(frozen=True, slots=True)
class OwnStamps:
    """`newest`: seconds by which the message that came fastest is stamped later than it came.

    None: nothing can be told, as a clock of whole seconds tells nothing of one second.
    """

    newest: float | None

    @classmethod
    def of(cls, history: History, states: Sequence[Heard[State]]) -> "OwnStamps":
        """By all messages that say when they were made."""
        told = [(heard.message.timestamp, heard.time) for heard in states]
        fine = any(isinstance(stamp, float) and stamp != int(stamp) for stamp, _ in told)
        told += [(heard.message.timestamp, heard.time) for heard in history.telemetry]
        ahead = [stamp - time for stamp, time in told if isinstance(stamp, int | float)]
        return cls(max(ahead) if fine else None)

    def most_between(self, before: Heard[State], after: Heard[State]) -> float | None:
        """No more than so many seconds lie between when the one left the device and when the other did.

        A device may make a state now and send it later; but it cannot have waited in there for longer than it is later
        than the message that came fastest. So the second left no later after it was made than that.
        """
        made, since = after.message.timestamp, before.message.timestamp
        if self.newest is None or not isinstance(made, int | float) or not isinstance(since, int | float):
            return None
        waited = after.time - made + self.newest
        return None if made < since else round(made - since + max(0.0, waited) + _A_STAMP, 6)
