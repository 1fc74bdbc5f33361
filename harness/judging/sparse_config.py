"""A config that leaves something out, and what the device makes of its freedom. UDMI 1.5, pointset message."""

from dataclasses import dataclass

from harness.judging.decision import decide
from harness.judging.odd_config import OddConfig
from harness.judging.verdict import NotObserved
from harness.judging.window import Window


@dataclass(frozen=True)
class SparseConfig(OddConfig):
    """Followed like any other that the device need not like."""

    def is_followed_by_telemetry(self, window: Window) -> None:
        """Telemetry that surely left after the config, and shows at least one point, comes inside the window."""
        if not self.history.states:
            raise self._unseen("no state came to judge")
        should = f"Telemetry should go on {window} where the config leaves the points to the device"
        self.ledger.rests_on(self.act.place)
        self.ledger.awaits(window, self.act)
        telemetry = [one for one in self.history.telemetry if self.act.place < one.place < self.next]
        sure = [one for one in telemetry if self._left_after_it(one)]
        shown = next((one for one in sure if one.message.readings), None)
        if shown is None:
            if not sure:
                self._must_have_watched(window)
            raise NotObserved(f"{should}, but none shows a point.", self._where(next(iter(sure), None)))
        elapsed = self.history.elapsed(self.act, shown.time)
        self.ledger.measure("telemetry after", elapsed, window)
        self.ledger.rests_on(shown.place)
        decide(window, elapsed, f"{should}, but did after {elapsed}.", self._where(shown))

    def observes_the_pointset(self) -> None:
        """Write down whether the answer has a pointset, and whether telemetry went on until the next config."""
        points = len(self.answer.message.points)
        state = f"lists {points} points" if self.answer.message.pointset else "has no pointset"
        telemetry = [one for one in self.history.telemetry if self.act.place < one.place < self.next]
        self.ledger.observed.append(f"the state {state}; telemetry {'goes on' if telemetry else 'pauses'}")

    def observes_the_blocks(self) -> None:
        """Write down which blocks the answer has, beside those of the config."""
        asked = _blocks(self.config.system, self.config.pointset)
        said = _blocks(self.answer.message.system, self.answer.message.pointset)
        self.ledger.observed.append(f"the config has {asked}, the state {said}")


def _blocks(system: object, pointset: object) -> str:
    there = [name for name, block in (("system", system), ("pointset", pointset)) if block is not None]
    return " and ".join(there) or "neither system nor pointset"
