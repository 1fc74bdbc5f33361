"""The status of a whole desired state, as a device sums it up. Pure; verbs raise the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from harness.judging.timing.window import Elapsed, no_less_than
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, NotShown
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.history import SaidMessage, UpdateHistory
from harness.protocols.update.judging.law import (
    DEVICE,
    FAILURES,
    SUCCESSES_OF_A_DEVICE,
    TERMINAL,
    UNSUCCESSFUL,
    rolled_up,
)
from harness.protocols.update.words.status import FeedbackStatus
from harness.text import printable

Step = tuple[SaidMessage, FeedbackStatus]


@dataclass(frozen=True)
class Aggregate:
    """Of one desired state."""

    history: UpdateHistory
    evidence: Evidence
    activity: Activity

    def only_follows_the_diagram(self) -> None:
        """Each status can be reached from the one before. What comes behind an end is another clause's."""
        before: FeedbackStatus | None = None
        for one, status in self._steps():
            if (
                before not in TERMINAL
                and status is not FeedbackStatus.SUPERSEDED
                and not DEVICE.reaches(before, status)
            ):
                told = "at first" if before is None else f"behind {before}"
                raise NotObserved(f"{status} should not come {told}, as no way leads there.", self._ref(one))
            before = status

    def has_one_end(self) -> None:
        """There is exactly one status that ends it; the same message twice is one."""
        ends = [(one, status) for one, status in self._steps() if status in TERMINAL]
        if not ends:
            self.activity.ends_as(*TERMINAL)
        for one, status in ends[1:]:
            if status is not ends[0][1]:
                story = f"One status should end it, but {ends[0][1]} was followed by {status}."
                raise NotObserved(story, self._ref(one))

    def begins_once(self) -> None:
        """Behind RUNNING, or its end, no action is identified anew, nor does it begin behind SUPERSEDED."""
        has_run, before = False, None
        for one, status in self._steps():
            does = bool(one.feedback and one.feedback.actions) and status is FeedbackStatus.IDENTIFIED
            is_anew = before is FeedbackStatus.SUPERSEDED and status is FeedbackStatus.IDENTIFYING
            before = status
            if is_anew or (has_run and does):
                raise NotObserved(
                    f"It should be executed once, but {status} says that it begins again.", self._ref(one)
                )
            has_run = has_run or status is FeedbackStatus.RUNNING or status in TERMINAL

    def is_silent_behind_its_end(self) -> None:
        """Behind the status that ends it nothing else is said of it; the same message twice is one."""
        ended: SaidMessage | None = None
        for one, status in self._steps():
            if ended is not None and status not in TERMINAL:
                raise NotObserved(f"Nothing should be said behind the end, but {status} was.", self._ref(one))
            ended = ended or (one if status in TERMINAL else None)
        self.history.went_all_the_way()
        if ended is None:
            raise CouldNotTest("it did not end")

    def completes_only_with_every_action(self) -> None:
        """Every action has succeeded, if it is COMPLETED."""
        one, status = self._end()
        if status is not FeedbackStatus.COMPLETED:
            raise CouldNotTest(f"it ended as {status}")
        actions = one.feedback.actions if one.feedback else ()
        if not actions:
            self.history.went_all_the_way()
            raise CouldNotTest("COMPLETED lists no action")
        for action in actions:
            if action.status not in SUCCESSES_OF_A_DEVICE[self.history.spec]:
                told = f"{printable(str(action.id))} is {printable(action.spelling)}"
                raise NotObserved(f"COMPLETED needs that every action succeeds, but {told}.", self._ref(one))

    def fails_with_an_action(self) -> None:
        """It ends as INCOMPLETE or INCOMPLETE_INCONSISTENT, if an action has failed."""
        failed = [name for name, latest in self._latest().items() if latest in FAILURES]
        if not failed:
            self.activity.must_have_failed()
        one, status = self._end()
        if status not in UNSUCCESSFUL:
            named = failed[0] if failed else "a phase"
            raise NotObserved(f"{named} failed, so it should end as INCOMPLETE, but ended as {status}.", self._ref(one))

    def completes_with_every_action(self) -> None:
        """It ends as COMPLETED, if every action has succeeded."""
        allowed = rolled_up(self.activity.series.latest().values(), SUCCESSES_OF_A_DEVICE[self.history.spec])
        if FeedbackStatus.COMPLETED not in allowed:
            self.history.went_all_the_way()
            raise CouldNotTest("not every action succeeded")
        one, status = self._end()
        if status is not FeedbackStatus.COMPLETED:
            raise NotObserved(f"Every action succeeded, so COMPLETED should end it, but {status} did.", self._ref(one))

    def is_superseded_from_running(self) -> None:
        """SUPERSEDED comes behind RUNNING alone."""
        before: FeedbackStatus | None = None
        for one, status in self._steps():
            if status is FeedbackStatus.SUPERSEDED:
                if before is FeedbackStatus.IDENTIFIED:
                    self.evidence.observed.append("SUPERSEDED came behind IDENTIFIED")
                elif before is not FeedbackStatus.RUNNING:
                    raise NotObserved(
                        f"SUPERSEDED should come behind RUNNING, but came behind {before}.", self._ref(one)
                    )
                return
            before = status
        self.history.went_all_the_way()
        raise CouldNotTest("nothing was SUPERSEDED")

    def says_running_on_change_alone(self) -> None:
        """No two RUNNING behind each other say the same of every action.

        Raises NotShown where no progress is told: then a change may be one that nobody is shown.
        """
        told = [
            one.feedback.actions for one, status in self._steps() if one.feedback and status is FeedbackStatus.RUNNING
        ]
        if not any(isinstance(action.progress, int) for actions in told for action in actions):
            self.history.went_all_the_way()
            raise NotShown("no progress is told")
        before: object = None
        for one, status in self._steps():
            actions = one.feedback.actions if one.feedback else ()
            text = one.feedback.message if one.feedback else None
            said = (text, [(action.id, action.spelling, action.progress, action.message) for action in actions])
            if status is FeedbackStatus.RUNNING and said == before:
                raise NotObserved("RUNNING should be said when something changed, but was said again.", self._ref(one))
            before = said if status is FeedbackStatus.RUNNING else None
        self.history.went_all_the_way()

    def keeps_running_apart(self, seconds: float, *, jitter: float) -> None:
        """Between any two RUNNING lie so many seconds, by our clock or by their timestamps.

        What comes behind an end is another clause's. Raises NotShown where there are no two of them.
        """
        before_its_end = takewhile(lambda step: step[1] not in TERMINAL, self._steps())
        running = [one for one, status in before_its_end if status is FeedbackStatus.RUNNING]
        self.history.went_all_the_way()
        if not running:
            self.activity.ends_as(*TERMINAL)
        gaps = [(_gap(before, after), before, after) for before, after in pairwise(running)]
        if not gaps:
            raise NotShown("RUNNING is not said twice, so there is no interval")
        gap, before, after = min(gaps, key=lambda one: one[0])
        self.evidence.rests_on(before.place, after.place)
        self.evidence.measure("shortest interval", Elapsed(gap, gap), no_less_than(seconds))
        if gap < seconds - max(jitter, self.history.lateness(before.time, after.time)):
            story = f"RUNNING should keep {seconds:g} s apart, but two came within {gap:.3f} s."
            raise NotObserved(story, EvidenceRef(after.place, before.place))

    def _end(self) -> Step:
        for one, status in self._steps():
            if status in TERMINAL:
                self.evidence.rests_on(one.place)
                return one, status
        self.activity.ends_as(*TERMINAL)
        raise CouldNotTest("it did not end")

    def _latest(self) -> dict[str, str]:
        """The status of every action in the last feedback that lists it."""
        return {printable(name): status for name, status in self.activity.series.latest().items()}

    def _steps(self) -> Iterator[Step]:
        """Every status of the whole, in order; a message that came twice stands here once."""
        seen: set[bytes] = set()
        said: Sequence[SaidMessage] = self.activity.said
        self.evidence.rests_on(self.activity.since.place, *(one.place for one in said[:1]))
        for one in said:
            status = one.feedback.status if one.feedback and not one.feedback.baseline else None
            if isinstance(status, FeedbackStatus) and one.payload not in seen:
                seen.add(one.payload)
                yield one, status

    def _ref(self, one: SaidMessage) -> EvidenceRef:
        return EvidenceRef(one.place, self.activity.since.place)


def _gap(before: SaidMessage, after: SaidMessage) -> float:
    """Seconds between the two, as we heard them or as they are stamped: whatever is more."""
    stamps = (before.message.timestamp, after.message.timestamp)
    told = (stamps[1] - stamps[0]) / 1000 if isinstance(stamps[0], int) and isinstance(stamps[1], int) else 0.0
    return round(max(after.time - before.time, told), 6)
