"""The requests that a device makes by itself, as it shows before a scenario brings anything about. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Self

from harness.protocols.replica.judging.device.history import DeviceRequest, ReplicaDeviceHistory
from harness.record.kinds import Provoked

_REPEATS = 3  # of each, where it is refused, or not answered


@dataclass(frozen=True, slots=True)
class Habits:
    """`requests`: those of the first `seconds` of a scenario, in which nothing was desired, and nothing went wrong."""

    requests: Sequence[DeviceRequest]
    seconds: float

    @classmethod
    def before(cls, history: ReplicaDeviceHistory, place: int) -> Self:
        """The device's, before that place, and before the scenario's first wish or fault."""
        first = next((at for at, record in history.placed() if at >= place or isinstance(record, Provoked)), place)
        seconds = history.record_at(first).time - history.record_at(history.first).time
        return cls([one for one in history.requests if one.place < first], seconds)

    def most_in(self, seconds: float) -> int:
        """The requests that a stretch of that length may have of them, with a few repeats of each."""
        if not self.requests or self.seconds <= 0:
            return 0
        return ceil(len(self.requests) / self.seconds * seconds) * (1 + _REPEATS)
