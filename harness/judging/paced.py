"""A config that asked for telemetry at a pace, and the telemetry that followed until the next config."""

from itertools import pairwise

from harness.judging.completeness import lacking
from harness.judging.history import Heard
from harness.judging.sent_config import SentConfig
from harness.judging.states import ARRIVAL_JITTER
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved
from harness.judging.where import Where
from harness.judging.window import Elapsed, Window, no_less_than
from harness.wire.udmi import Telemetry

SLACK = 1.5  # seconds by which a sample may be late: UDMI's own sequencer allows as much


class Paced(SentConfig):
    """What left the device before it had taken the config in is not looked at: messages cross each other."""

    def is_complete_every(self, seconds: float) -> None:
        """From one complete telemetry to the next it takes no longer, and none is missing at the end.

        The time up to the first is another config's. What is told between them does not count.
        """
        window = Window(0, seconds + SLACK, f"every {seconds:g} s, give or take {SLACK:g}")
        complete = [heard for heard in self._updates() if not lacking(self.history, heard)]
        if not complete:
            raise self._none_came(window)
        self.ledger.rests_on(self.act.place, *(heard.place for heard in complete))
        gaps = [(self._seconds(a.time, b.time), a, b) for a, b in pairwise(complete)]
        silence = self._seconds(complete[-1].time, self._end_time)
        longest, before, after = max(gaps, key=lambda gap: gap[0], default=(0.0, complete[0], complete[0]))
        if silence > longest and self._is_too_long(silence, window):
            story = f"Complete telemetry should come {window}, but the last was followed by none for {silence:.1f} s."
            raise NotObserved(story, Where(complete[-1].place, self.act.place))
        if not gaps:
            raise self._unseen("only one complete telemetry followed the config")
        self.ledger.measure("longest distance", Elapsed(longest, longest), window)
        if self._is_too_long(longest, window):
            story = f"Complete telemetry should come {window}, but {longest:.1f} s passed between two."
            raise NotObserved(story, Where(after.place, before.place))

    def keeps_apart(self, seconds: float) -> None:
        """No two telemetries, complete or not, come closer. What the way to us explains is in the device's favour."""
        gaps = [(round(b.time - a.time, 6), a, b) for a, b in pairwise(self._updates())]
        if not gaps:
            raise self._unseen("fewer than two telemetries followed the config")
        gap, before, after = min(gaps, key=lambda entry: entry[0])
        self.ledger.measure("shortest distance", Elapsed(gap, gap), no_less_than(seconds))
        self.ledger.rests_on(self.act.place, before.place, after.place)
        if gap < seconds - max(ARRIVAL_JITTER, self.history.lateness(before.time, after.time)):
            story = f"Telemetry should keep {seconds:g} s apart, but two came within {gap:.3f} s."
            raise NotObserved(story, Where(after.place, before.place))

    def flags_its_parts(self) -> None:
        """Telemetry that lacks a point which is listed says that it is partial."""
        parts = [(heard, missing) for heard in self._updates() if (missing := lacking(self.history, heard))]
        if not parts:
            self.history.went_all_the_way()
            raise NotApplicable("the device sent no telemetry of a part of its points")
        self.ledger.rests_on(*(heard.place for heard, _ in parts))
        for heard, missing in parts:
            if heard.message.partial is not True:
                story = f"Telemetry without {', '.join(missing)} should say partial_update: true, but does not."
                raise NotObserved(story, Where(heard.place, self.act.place))

    def is_silent(self) -> None:
        """No telemetry follows at all; and the device was there, as a state answered the config."""
        heard = self._updates()
        self.history.went_all_the_way()
        if not self._states():
            raise CouldNotTest("the device did not answer the config, so its silence says nothing")
        self.ledger.rests_on(self.act.place, self._states()[0].place)
        if heard:
            first = heard[0].time - self.act.earliest
            raise NotObserved(
                f"No telemetry should follow the config, but the first came after {first:.1f} s, of {len(heard)}.",
                Where(heard[0].place, self.act.place),
            )

    def goes_on(self) -> None:
        """Telemetry of at least one point follows."""
        shown = [heard for heard in self._updates() if heard.message.readings]
        if not shown:
            self.history.went_all_the_way()
            watched = self.history.watched(self.act, self._end_time)
            story = f"The device should choose by itself what it shows, but in {watched:g} s it showed no point."
            raise NotObserved(story, Where(None, self.act.place))
        self.ledger.rests_on(self.act.place, shown[0].place)

    def _updates(self) -> list[Heard[Telemetry]]:
        """All that surely left once the device had taken the config in."""
        start = max(self.act.settled, self.history.speaks_of(self.act, self.config.timestamp, self.next))
        return [
            heard
            for heard in self.history.telemetry
            if start < heard.place < self.next and self.history.left_after(heard.time, self.act)
        ]

    def _none_came(self, window: Window) -> Exception:
        watched = self.history.watched(self.act, self._end_time)
        if not self._is_too_long(watched, window):
            return self._unseen("no complete telemetry followed the config")
        story = f"Complete telemetry should come {window}, but in {watched:.1f} s none did."
        return NotObserved(story, Where(None, self.act.place))

    def _seconds(self, since: float, until: float) -> float:
        """Between two moments, but for those in which we ourselves heard nothing."""
        return round(until - since - self.history.stalls.seconds(since, until), 6)

    def _is_too_long(self, gap: float, window: Window) -> bool:
        """Wholly outside: beyond what the way to us explains."""
        return gap - max(ARRIVAL_JITTER, self.history.allowance) > window.latest

    @property
    def _end_time(self) -> float:
        """When the next config left, or the episode ended."""
        following = (record.time for place, record in self.history.placed() if place == self.next)
        return next(following, self.history.closed.time)
