"""Something that time is measured from: a config that was sent, a provocation, a report, an expiry."""

from dataclasses import dataclass

from harness.judging.timing.window import Elapsed


@dataclass(frozen=True, slots=True)
class Stimulus:
    """It took effect on the device no sooner than `earliest`, no later than `latest` (Unix seconds).

    It was begun at `place` in the record, and known to be done at `settled`.
    """

    place: int
    settled: int
    earliest: float
    latest: float
    words: str

    def __str__(self) -> str:
        return self.words

    def until(self, time: float, allowance: float) -> Elapsed:
        """How long until something that reached us at `time`, and was up to `allowance` seconds on its way."""
        least, most = time - allowance - self.latest, time - self.earliest
        return Elapsed(max(0.0, round(least, 6)), max(0.0, round(most, 6)))
