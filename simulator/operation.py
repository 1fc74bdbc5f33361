"""What the whole device is at: started, active, about to start anew. UDMI 1.5, system mode."""

from dataclasses import dataclass, replace

from harness.wire.udmi import Field, Mode

BOOTS_FOR = 2.0  # seconds from its last word before a restart to its first one after


@dataclass(frozen=True, slots=True)
class Operation:
    """`last_start`: Unix seconds; None until the clock is known. `restarts`: since it was made."""

    mode: Mode = Mode.INITIAL
    last_start: float | None = None
    restarts: int = 0

    def started_at(self, now: float) -> "Operation":
        """Up and running from now on."""
        return replace(self, last_start=now)

    def started_anew(self) -> "Operation":
        """Once more at the beginning."""
        return Operation(last_start=self.last_start, restarts=self.restarts + 1)


def obeys(mode: Mode, wanted: Field[Mode]) -> Mode:
    """What a config makes of the mode. Who has only just started is not sent back by a restart that lies retained."""
    match mode, wanted:
        case Mode.INITIAL | Mode.ACTIVE, Mode.ACTIVE:
            return Mode.ACTIVE
        case Mode.ACTIVE, Mode.RESTART:
            return Mode.RESTART
        case _:
            return mode
