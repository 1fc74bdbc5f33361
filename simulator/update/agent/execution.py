"""The execution of commands: runs over the units of an activity, whose reports come as they are due."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PHASES, ActionStatus, FeedbackStatus, PhaseCommand
from harness.text import printable
from simulator.base.waking import MOST_WAKES, while_due
from simulator.update.agent.activity import AgentAction, AgentActivity, Unit
from simulator.update.agent.changes import applied, undone
from simulator.update.agent.components import Installed, SimulatedComponent
from simulator.update.agent.rules import ActivityOutcome, ExecutingRules
from simulator.update.feedback.report import PhaseReport
from simulator.update.law import ChangeKind, Step

_NEVER = math.inf
_STEPS = 100  # of one action within one moment at most: it has some five for a command


@dataclass
class _Job:
    """A command under way on one action. `marks`: when its progress is told, and what it is then."""

    unit: Unit
    action: AgentAction
    step: Step
    ends: float
    failure: str | None
    marks: list[tuple[float, int]]

    @property
    def next(self) -> float:
        """When something is due."""
        return min(self.ends, self.marks[0][0]) if self.marks else self.ends


@dataclass
class _Run:
    """A command under way. `behind`: the status that each unit had. `failures`: messages, by titles of units."""

    command: PhaseCommand
    label: str | None
    units: list[Unit]
    behind: Mapping[str, FeedbackStatus]
    waiting: list[tuple[Unit, AgentAction, Step]] = field(default_factory=list)
    jobs: list[_Job] = field(default_factory=list)
    failures: dict[str, list[str]] = field(default_factory=dict)

    @property
    def next(self) -> float:
        """When something is due."""
        return min((job.next for job in self.jobs), default=-_NEVER)


class Execution:
    """Executes the commands of one activity, and alters what is installed."""

    def __init__(
        self,
        activity: AgentActivity,
        components: Mapping[str, SimulatedComponent],
        stock: dict[str, Installed],
        rules: ExecutingRules,
        spec: UpdateSpec,
    ) -> None:
        self._activity, self._components, self._stock, self._rules = activity, components, stock, rules
        self._steps = rules.steps(spec)
        self._runs: list[_Run] = []

    @property
    def next(self) -> float:
        """When something is due."""
        return -_NEVER if self.is_over else self._next_of_runs()

    def _next_of_runs(self) -> float:
        return min((run.next for run in self._runs), default=_NEVER)

    def begin(
        self, command: PhaseCommand, units: Sequence[Unit], label: str | None, now: float
    ) -> Iterator[PhaseReport]:
        """Execute the command on these units, once whatever they are at is ended; `label`: the baseline it is for."""
        self.abort(units)
        run = _Run(command, label, [*units], {unit.title: unit.status for unit in units})
        for unit in units:
            unit.status = PHASES[command].under_way
            run.waiting += self._todo(run, unit)
        if command is PhaseCommand.ROLLBACK:
            self._activity.is_rolled_back = True
        self._runs.append(run)
        self._start(run, now)
        yield PhaseReport(PHASES[command].under_way, label)

    def advance(self, now: float) -> Iterator[PhaseReport]:
        """The reports of all that is due by now, in its order. Raises EndlessWakingError where that never ends."""
        activity = self._activity
        most = max(MOST_WAKES, _STEPS * len(activity.actions))
        for _ in while_due(f"the execution of {printable(activity.id)}", self._next_of_runs, now, at_most=most):
            run = min(self._runs, key=lambda one: one.next)
            if not run.jobs and not run.waiting:
                yield from self._finish(run)
                continue
            if not run.jobs:
                self._start(run, now)
                yield PhaseReport(PHASES[run.command].under_way, run.label)
                continue
            job = min(run.jobs, key=lambda one: one.next)
            if job.marks and job.marks[0][0] < job.ends:
                job.action.progress = job.marks.pop(0)[1]
                yield PhaseReport(PHASES[run.command].under_way, run.label, is_progress=True)
                continue
            self._end(run, job)
            self._start(run, now)
            if run.jobs:
                yield PhaseReport(PHASES[run.command].under_way, run.label)

    def abort(self, units: Sequence[Unit], why: str = "aborted") -> None:
        """Commands under way fail on these units, and nobody is told."""
        titles = {unit.title for unit in units}
        for run in self._runs:
            for job in [job for job in run.jobs if job.unit.title in titles]:
                job.failure = why
                self._end(run, job)
            run.waiting = [item for item in run.waiting if item[0].title not in titles]
            for unit in run.units:
                if unit.title in titles:
                    unit.status = PHASES[run.command].failure
            run.units = [unit for unit in run.units if unit.title not in titles]
        self._runs = [run for run in self._runs if run.units or run.waiting or run.jobs]

    def fail(self, why: str) -> Iterator[PhaseReport]:
        """Every command under way fails."""
        for run in [*self._runs]:
            for job in [*run.jobs]:
                job.failure = why
                self._end(run, job)
            run.waiting.clear()
            for unit in run.units:
                run.failures.setdefault(unit.title, [why])
            yield from self._finish(run)

    def _todo(self, run: _Run, unit: Unit) -> Iterator[tuple[Unit, AgentAction, Step]]:
        for action in unit.actions:
            step = self._steps[action.change.kind].get(run.command)
            if step is not None and self._takes_part(run, unit, action):
                yield unit, action, step

    def _takes_part(self, run: _Run, unit: Unit, action: AgentAction) -> bool:
        match run.command:
            case PhaseCommand.CLEANUP if action.change.kind is ChangeKind.REMOVE:
                return self._rules.removes or self._is_active(run, unit)
            case PhaseCommand.CLEANUP | PhaseCommand.ROLLBACK:
                return action.status is not ActionStatus.IDENTIFIED
            case _:
                return True

    def _is_active(self, run: _Run, unit: Unit) -> bool:
        """Whether it was activated, and not undone."""
        return run.behind[unit.title] is PHASES[PhaseCommand.ACTIVATE].success

    def _start(self, run: _Run, now: float) -> None:
        """The next one, where they go one by one; or all of them."""
        while run.waiting and (self._rules.at_once or not run.jobs):
            unit, action, step = run.waiting.pop(0)
            name, version = action.change.component, action.change.version
            component = self._components.get(name) or SimulatedComponent(name, ())
            seconds = self._rules.seconds(component, run.command)
            ends = _NEVER if self._rules.never_ends(component, version, run.command) else now + seconds
            marks = [(now + seconds * part, round(100 * part)) for part in self._rules.marks.get(run.command, ())]
            failure = self._rules.fails(component, version, run.command)
            if step.under_way is not None:
                action.status, action.progress, action.message = step.under_way, 0, None
            run.jobs.append(_Job(unit, action, step, ends, failure, marks if step.under_way else []))

    def _end(self, run: _Run, job: _Job) -> None:
        change, action = job.action.change, job.action
        run.jobs.remove(job)
        action.progress = None
        if job.failure is None:
            action.status = job.step.success or action.status
            if run.command is PhaseCommand.ROLLBACK and self._rules.undoes:
                undone(change, self._stock, self._activity.before)
                action.message = "rolled back"
            elif self._rules.takes_effect(change.kind, run.command):
                applied(change, self._stock)
            return
        action.status, action.message = job.step.failure or action.status, job.failure
        failure = f"{change.component}: {job.failure}"
        run.failures.setdefault(job.unit.title, []).append(failure)
        self._activity.failures.append(failure)
        if not self._rules.goes_on:
            run.waiting = [item for item in run.waiting if item[0] is not job.unit]

    def _finish(self, run: _Run) -> Iterator[PhaseReport]:
        self._runs.remove(run)
        for unit in run.units:
            unit.status = self._rules.phase_end(run.command, unit.title in run.failures)
            if run.command is PhaseCommand.CLEANUP:
                unit.is_clean, unit.is_well = True, self._is_active(run, unit) and unit.title not in run.failures
        failures = [failure for messages in run.failures.values() for failure in messages]
        status = self._rules.phase_end(run.command, bool(failures))
        yield PhaseReport(status, run.label, "; ".join(failures) or None)

    @property
    def is_over(self) -> bool:
        """Whether every unit that had something to do is cleaned up."""
        return not self._runs and self._activity.is_identified and not self._activity.left

    @property
    def outcome(self) -> ActivityOutcome:
        """How it came to its end."""
        did = [unit for unit in self._activity.units if unit.actions]
        return ActivityOutcome(
            bool(did) and all(unit.is_well for unit in did), self._activity.is_rolled_back, self._activity.failures
        )
