"""Plays scenarios one after the other, each from the base state, to which nothing is left that was provoked."""

from collections import deque
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from harness.clock import utc
from harness.driving.counterparts import SubjectSession
from harness.driving.device_link import DeviceLink
from harness.driving.episode_watch import EpisodeWatch, NobodyWatches
from harness.driving.leaving import is_interrupted
from harness.driving.not_reached import NotReachedError
from harness.driving.progress import Progress
from harness.driving.scenario import Scenario
from harness.driving.time_left import TimeLeft
from harness.errors import LinkError
from harness.provocations.provocation import CannotProvoke
from harness.record.kinds import Closed, Opened, Record, Stalled
from harness.record.left_out import NotApplicable, OutOfView
from harness.record.trace import Recorder

STALLED = 1.0  # seconds for which our own machine may stall in a scenario before that is driven again, once


@dataclass
class ScenarioRunner:
    """`silence`: why driving on makes no sense.

    `limits`: what a scenario is handed by that name. `met` is shown the record as it stands after first contact. `link`
    is the device's connection, None where it is not ours to break. `watch` is shown each episode that is closed.
    """

    session: SubjectSession
    recorder: Recorder
    progress: Progress
    limits: object = None
    met: Callable[[Sequence[Record]], None] = lambda _records: None
    link: DeviceLink | None = None
    watch: EpisodeWatch = field(default_factory=NobodyWatches)
    silence: str | None = None
    driven_again: set[str] = field(default_factory=set)

    async def run(self, left: deque[Scenario]) -> None:
        """Takes what it has begun off what is left."""
        if not left:
            return
        time_left = TimeLeft()
        self.silence = await self.session.meet()
        self.met(self.recorder.records)
        while left:
            scenario = left[0]
            if unseen := scenario.hidden_from(self._shows):
                self.recorder.append(Opened(utc(), left.popleft().name))
                self.recorder.append(closing(scenario, unseen))
                continue
            if not self.silence:
                self.progress.left(time_left.begins(self._to_be_driven(left), utc()))
                self.progress.scenario(scenario.name)
                self.silence = await self.session.rest(scenario)
            place = self.recorder.append(Opened(utc(), left.popleft().name))  # from here on it is not begun again
            await self._drive_through(scenario)
            if not self.silence and self._is_to_be_driven_again(scenario.name, place):
                left.appendleft(scenario)
            elif not self.silence:
                await self.watch.closed(scenario.name, self.recorder)
            if self.watch.ended:
                left.clear()
        await self.session.hear_out()

    async def _drive_through(self, scenario: Scenario) -> None:
        """Up to its end, whatever that is: all that was provoked is undone, and how it ended is recorded."""
        closed = Closed(utc(), cut_short="broken off in the middle: the link was lost, or the run was interrupted")
        try:
            closed = Closed(utc(), cut_short=self.silence) if self.silence else await self._drive(scenario)
        except LinkError as lost:
            closed = Closed(utc(), cut_short=f"the link was lost: {lost}")
            raise
        finally:  # after Ctrl-C too, nothing stays provoked
            self.recorder.append(replace(closed, time=utc()))
            await self.session.undo(is_interrupted=is_interrupted())

    def _is_to_be_driven_again(self, name: str, opened: int) -> bool:
        """Whether our own machine stalled so long that the episode shows little. The last drive is judged."""
        stalled = sum(record.seconds for record in self.recorder.records[opened:] if isinstance(record, Stalled))
        if stalled <= STALLED or name in self.driven_again:
            return False
        self.driven_again.add(name)
        self.progress.tell(f"{name} is driven again, as this machine stalled for {stalled:.1f} s in it")
        return True

    def _to_be_driven(self, left: Iterable[Scenario]) -> Iterable[Scenario]:
        return (scenario for scenario in left if not scenario.hidden_from(self._shows))

    @property
    def _shows(self) -> Container[str]:
        return self.link.shows if self.link else ()

    async def _drive(self, scenario: Scenario) -> Closed:
        try:
            await scenario.run({**self.session.hands(scenario), "limits": self.limits})
        except LinkError:
            raise
        except Exception as ended:  # noqa: BLE001 - whatever it is, its judgements say so
            return closing(scenario, ended)
        return Closed(utc())


def closing(scenario: Scenario, ended: Exception) -> Closed:
    """The end of a scenario that something kept from going all the way."""
    match ended:
        case NotReachedError():
            return Closed(utc(), cut_short=str(ended))
        case NotApplicable():
            return Closed(utc(), not_applicable=str(ended))
        case OutOfView():
            return Closed(utc(), out_of_view=str(ended), needs=ended.needed)
        case CannotProvoke():
            return Closed(utc(), cut_short=str(ended), unprovoked=True)
        case bug:  # ours, and never the device's failure
            return Closed(utc(), our_fault=f"{type(bug).__name__} in scenario {scenario.name}: {bug}")
