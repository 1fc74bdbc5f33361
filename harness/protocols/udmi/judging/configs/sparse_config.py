"""A config that leaves something out, and what the device makes of its freedom. UDMI 1.5, pointset message."""

from dataclasses import dataclass

from harness.protocols.udmi.judging.configs.odd_config import OddConfig
from harness.text import counted


@dataclass(frozen=True)
class SparseConfig(OddConfig):
    """Followed like any other that the device need not like."""

    def observes_the_pointset(self) -> None:
        """Write down whether the answer has a pointset, and whether telemetry went on until the next config."""
        points = len(self.answer.message.points)
        state = f"lists {counted(points, 'point')}" if self.answer.message.pointset else "has no pointset"
        telemetry = [one for one in self.history.telemetry if self.stimulus.place < one.place < self.next]
        self.evidence.observed.append(f"the state {state}; telemetry {'goes on' if telemetry else 'pauses'}")

    def observes_the_blocks(self) -> None:
        """Write down which blocks the answer has, beside those of the config."""
        asked = _blocks(self.config.system, self.config.pointset)
        said = _blocks(self.answer.message.system, self.answer.message.pointset)
        self.evidence.observed.append(f"the config has {asked}, the state {said}")


def _blocks(system: object, pointset: object) -> str:
    there = [name for name, block in (("system", system), ("pointset", pointset)) if block is not None]
    return " and ".join(there) or "neither system nor pointset"
