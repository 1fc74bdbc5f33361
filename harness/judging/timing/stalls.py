"""Stretches in which we ourselves heard nothing: what comes right after them may have come long before."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.payload.timestamps import rfc3339
from harness.record.kinds import Stalled

_CATCHES_UP = 0.1  # seconds after a stall in which what had piled up is read


@dataclass(frozen=True, slots=True)
class Stalls:
    """Every stall of a run. One counts in full where it touches a stretch: in doubt for the device."""

    records: Sequence[Stalled] = ()

    def seconds(self, since: float, until: float) -> float:
        """By how much a measurement from `since` to `until` (Unix seconds) may be too long, or its stretch unseen."""
        return round(sum(stalled.seconds for stalled in self._touching(since, until)), 6)

    def words(self, since: float, until: float) -> str:
        """The same, to go on a sentence with; nothing where there was none."""
        touching = self._touching(since, until)
        if not touching:
            return ""
        seconds, last = self.seconds(since, until), touching[-1]
        return f": our own machine stalled for {seconds:.1f} s meanwhile, at {rfc3339(last.time - last.seconds)}"

    def _touching(self, since: float, until: float) -> list[Stalled]:
        return [
            stalled
            for stalled in self.records
            if stalled.time - stalled.seconds <= until and since <= stalled.time + _CATCHES_UP
        ]


NONE = Stalls()
