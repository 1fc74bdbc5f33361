"""A config that asked for telemetry at a pace, and the telemetry that followed until the next config."""

from itertools import pairwise

from harness.judging.timing.window import Elapsed, Window, no_less_than
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.states.states import ARRIVAL_JITTER
from harness.protocols.udmi.judging.telemetry.completeness import lacking
from harness.protocols.udmi.words.messages import Telemetry
from harness.protocols.udmi.words.said import said
from harness.record.left_out import NotApplicable


class SampledConfig(SentConfig):
    """A config with a sample rate. Telemetry that left the device before it had taken the config in is skipped."""

    def is_complete_every(self, seconds: float, *, give_or_take: float) -> None:
        """From one complete telemetry to the next it takes no longer, and none is missing at the end.

        The time up to the first is another config's. What is told between them does not count.
        """
        window = Window(0, seconds + give_or_take, f"every {seconds:g} s, give or take {give_or_take:g}")
        complete = [heard for heard in self._updates() if not lacking(self.history, heard)]
        if not complete:
            raise self._none_came(window)
        self.evidence.rests_on(self.stimulus.place, *(heard.place for heard in complete))
        gaps = [(self._seconds(a.time, b.time), a, b) for a, b in pairwise(complete)]
        silence = self._seconds(complete[-1].time, self._end_time)
        longest, before, after = max(gaps, key=lambda gap: gap[0], default=(0.0, complete[0], complete[0]))
        if silence > longest and self._is_too_long(silence, window):
            story = f"Complete telemetry should come {window}, but the last was followed by none for {silence:.1f} s."
            raise NotObserved(story, EvidenceRef(complete[-1].place, self.stimulus.place))
        if not gaps:
            raise self._unseen("only one complete telemetry followed the config")
        self.evidence.measure("longest distance", Elapsed(longest, longest), window)
        if self._is_too_long(longest, window):
            story = f"Complete telemetry should come {window}, but {longest:.1f} s passed between two."
            raise NotObserved(story, EvidenceRef(after.place, before.place))

    def keeps_apart(self, seconds: float) -> None:
        """No two telemetries, complete or not, come closer. What the way to us explains is in the device's favour."""
        gaps = [(round(b.time - a.time, 6), a, b) for a, b in pairwise(self._updates())]
        if not gaps:
            raise self._unseen("fewer than two telemetries followed the config")
        gap, before, after = min(gaps, key=lambda entry: entry[0])
        self.evidence.measure("shortest distance", Elapsed(gap, gap), no_less_than(seconds))
        self.evidence.rests_on(self.stimulus.place, before.place, after.place)
        if gap < seconds - max(ARRIVAL_JITTER, self.history.lateness(before.time, after.time)):
            story = f"Telemetry should keep {seconds:g} s apart, but two came within {gap:.3f} s."
            raise NotObserved(story, EvidenceRef(after.place, before.place))

    def flags_its_parts(self) -> None:
        """Telemetry that lacks a point which is listed says that it is partial."""
        parts = [(heard, missing) for heard in self._updates() if (missing := lacking(self.history, heard))]
        if not parts:
            self.history.went_all_the_way()
            raise NotApplicable("the device sent no telemetry of a part of its points")
        self.evidence.rests_on(*(heard.place for heard, _ in parts))
        for heard, missing in parts:
            if heard.message.partial is not True:
                story = f"Telemetry without {', '.join(missing)} should say partial_update: true, but does not."
                raise NotObserved(story, EvidenceRef(heard.place, self.stimulus.place))

    def is_silent(self) -> None:
        """No telemetry follows at all; and the device was there, as a state answered the config."""
        heard = self._updates()
        self.history.went_all_the_way()
        if not self._states():
            raise CouldNotTest("the device did not answer the config, so its silence says nothing")
        self.evidence.rests_on(self.stimulus.place, self._states()[0].place)
        if heard:
            first = heard[0].time - self.stimulus.earliest
            raise NotObserved(
                f"No telemetry should follow the config, but the first came after {first:.1f} s: {self._often}.",
                EvidenceRef(heard[0].place, self.stimulus.place),
            )

    def observes_its_rate(self) -> None:
        """Write down how much telemetry followed, and how often it came."""
        heard = self._updates()
        self.evidence.rests_on(self.stimulus.place, *(one.place for one in heard))
        self.evidence.observed.append(f"at a sample_rate_sec of {self._asked}, {self._often}")

    def goes_on(self) -> None:
        """Telemetry of at least one point follows."""
        shown = [heard for heard in self._updates() if heard.message.readings]
        if not shown:
            self.history.went_all_the_way()
            watched = self.history.watched(self.stimulus, self._end_time)
            story = f"The device should choose by itself what it shows, but in {watched:g} s it showed no point."
            raise NotObserved(story, EvidenceRef(None, self.stimulus.place))
        self.evidence.rests_on(self.stimulus.place, shown[0].place)

    @property
    def _asked(self) -> str:
        return said(self.config.pointset.sample_rate_sec) if self.config.pointset else "nothing"

    @property
    def _often(self) -> str:
        """How much came, in words: `61 telemetries came in 6.0 s, 600 a minute`."""
        times = [one.time for one in self._updates()]
        if len(times) > 1 and times[-1] > times[0]:
            seconds = times[-1] - times[0]
            return f"{len(times)} telemetries came in {seconds:.1f} s, {60 * (len(times) - 1) / seconds:.3g} a minute"
        count = {0: "no telemetry", 1: "one telemetry"}.get(len(times), f"{len(times)} telemetries")
        return f"{count} came in {self.history.watched(self.stimulus, self._end_time):.1f} s"

    def _updates(self) -> list[Heard[Telemetry]]:
        """All that surely left once the device had taken the config in."""
        start = max(self.stimulus.settled, self.history.speaks_of(self.stimulus, self.config.timestamp, self.next))
        return [
            heard
            for heard in self.history.telemetry
            if start < heard.place < self.next and self.history.left_after(heard.time, self.stimulus)
        ]

    def _none_came(self, window: Window) -> Exception:
        watched = self.history.watched(self.stimulus, self._end_time)
        if not self._is_too_long(watched, window):
            return self._unseen("no complete telemetry followed the config")
        story = f"Complete telemetry should come {window}, but in {watched:.1f} s none did."
        return NotObserved(story, EvidenceRef(None, self.stimulus.place))

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
