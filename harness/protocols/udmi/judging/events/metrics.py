"""Metrics, and the numbers of the events of the system in which they come. UDMI 1.5, events_system."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed, within
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import SystemEvent
from harness.record.left_out import NotApplicable


@dataclass(frozen=True)
class Metrics:
    """Asked of all events of a scenario that went all the way."""

    history: History
    evidence: Evidence

    def are_there(self) -> None:
        """Metrics are ever sent at all: a device that never does need not stop."""
        if not self._heard():
            raise NotApplicable("the device never sends metrics; that it should is another clause's question")

    def come_every(self, seconds: float, since: Stimulus, *, give_or_take: float) -> None:
        """From the config to the first, and from each to the next, it takes no longer than this."""
        times = [heard.time for heard in self._heard() if heard.place > since.place]
        end = self.history.closed.time
        limit = round(seconds + give_or_take + self.history.lateness(since.earliest, end), 6)
        if end - since.latest < limit:
            raise Undecided(f"metrics were watched for {end - since.latest:.1f} s only, of {limit:g}")
        longest = round(max(later - one for one, later in pairwise([since.latest, *times, end])), 6)
        self.evidence.rests_on(since.place, *(heard.place for heard in self._heard()))
        self.evidence.measure("longest time without metrics", Elapsed(longest, longest), within(limit))
        if longest > limit:
            story = f"Metrics should come every {seconds:g} s, but for {longest:.1f} s there were none."
            raise NotObserved(story, EvidenceRef(None, since.place))

    def stop(self, since: Stimulus, *, takes_in: float) -> None:
        """None come any more, but for what a device may have had ready in so many seconds."""
        for heard in self._heard():
            elapsed = self.history.elapsed(since, heard.time)
            if elapsed.least > takes_in:
                story = f"No metrics should come once none are asked for, but did after {elapsed}."
                raise NotObserved(story, EvidenceRef(heard.place, since.place))
        self.evidence.rests_on(since.place)

    def observe_their_numbers(self) -> None:
        """Write down whether events are numbered, and how the numbers go on."""
        self.history.went_all_the_way()
        numbers = [heard.message.event_no for heard in self.history.events]
        if len(numbers) < 2:  # noqa: PLR2004 - one alone does not go on
            raise NotApplicable("the device sent fewer than two events of the system")
        self.evidence.rests_on(self.history.events[0].place, self.history.events[-1].place)
        counted = [number for number in numbers if isinstance(number, int)]
        steps = sorted({later - one for one, later in pairwise(counted)})
        words = f"goes on by {', '.join(map(str, steps))}" if counted else "is not there"
        self.evidence.observed.append(f"event_no {words}")

    def _heard(self) -> Sequence[Heard[SystemEvent]]:
        self.history.went_all_the_way()
        return [heard for heard in self.history.events if heard.message.metrics is not None]
