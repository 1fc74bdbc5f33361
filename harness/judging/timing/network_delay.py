"""How long a message may be on its way: as the profile declares, or less, where the run itself shows a better road."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkDelay:
    """Seconds. `measured` None: the run had too little to show."""

    declared: float
    measured: float | None = None

    @property
    def used(self) -> float:
        """The lesser of the two: what was measured never makes a limit wider."""
        return self.declared if self.measured is None else min(self.declared, self.measured)
