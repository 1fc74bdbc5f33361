"""The mode of the whole device: started, active, about to start anew. UDMI 1.5, system mode."""

from dataclasses import dataclass, replace

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import Mode

BOOTS_FOR = 2.0  # seconds from its last word before a restart to its first one after


@dataclass(frozen=True, slots=True)
class Operation:
    """`last_start`: Unix seconds; None until the clock is known. `restarts`: since it was made, the first start too."""

    mode: Mode = Mode.INITIAL
    last_start: float | None = None
    restarts: int = 1

    def started_at(self, now: float) -> "Operation":
        """Up and running from now on."""
        return replace(self, last_start=now)

    def started_anew(self) -> "Operation":
        """Once more at the beginning."""
        return Operation(last_start=self.last_start, restarts=self.restarts + 1)


def obeys(mode: Mode, wanted: Field[Mode]) -> Mode:
    """The mode that follows from a config. A device that has only just started ignores a retained restart."""
    match mode, wanted:
        case Mode.INITIAL | Mode.ACTIVE, Mode.ACTIVE:
            return Mode.ACTIVE
        case Mode.ACTIVE, Mode.RESTART:
            return Mode.RESTART
        case _:
            return mode
