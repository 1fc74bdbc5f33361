"""A config, and reports that have to become as it wants them within a time, and then stay so."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from harness.judging.history import Heard
from harness.judging.sent_config import SentConfig
from harness.judging.verdict import NotObserved
from harness.judging.where import Where
from harness.judging.window import Window

M = TypeVar("M")


class Settling(SentConfig):
    """What was wrong before the window is over was on its way, or the device was still at it."""

    def settles(
        self,
        heard: Sequence[Heard[M]],
        amiss: Callable[[Heard[M]], list[str]],
        window: Window,
        should: str,
        does: str,
    ) -> None:
        """From some place inside the window on, nothing is amiss with any of these."""
        self.ledger.rests_on(self.act.place)
        if not heard:
            raise self._unseen("nothing followed the config that could be looked at")
        self.ledger.awaits(window, self.act)
        wrong = [one for one in heard if amiss(one)]
        right = [one for one in heard if not wrong or one.place > wrong[-1].place]
        last = wrong[-1] if wrong else None
        self.ledger.rests_on(*(one.place for one in (*right[:1], *([last] if last else []))))
        if last is None:
            return
        elapsed = self.history.elapsed(self.act, last.time)
        if window.latest < elapsed.least or not right:
            if not right:
                self._must_have_watched(window)
            story = f"{should} {window}, but one {does} {', '.join(amiss(last))} after {elapsed}."
            raise NotObserved(story, Where(last.place, self.act.place))
