"""A config, and reports that have to become as it wants them within a time, and then stay so."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from harness.judging.timing.window import Window
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.protocols.udmi.judging.heard import Heard

M = TypeVar("M")


class Settling(SentConfig):
    """A question that allows for a device that is still at work: only what is wrong after the window counts."""

    def settles(
        self,
        heard: Sequence[Heard[M]],
        amiss: Callable[[Heard[M]], list[str]],
        window: Window,
        should: str,
        does: str,
    ) -> None:
        """From some place inside the window on, nothing is amiss with any of these."""
        self.evidence.rests_on(self.stimulus.place)
        if not heard:
            raise self._unseen("nothing followed the config that could be looked at")
        self.evidence.awaits(window, self.stimulus)
        wrong = [one for one in heard if amiss(one)]
        right = [one for one in heard if not wrong or one.place > wrong[-1].place]
        last = wrong[-1] if wrong else None
        self.evidence.rests_on(*(one.place for one in (*right[:1], *([last] if last else []))))
        if last is None:
            return
        elapsed = self.history.elapsed(self.stimulus, last.time)
        if window.latest < elapsed.least or not right:
            if not right:
                self._must_have_watched(window)
            story = f"{should} {window}, but one {does} {', '.join(amiss(last))} after {elapsed}."
            raise NotObserved(story, EvidenceRef(last.place, self.stimulus.place))
