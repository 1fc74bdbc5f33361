"""An update agent: what it hears, connections and time in; feedback and inventories out.

It waits for nothing and reads no clock. All that it decides is a rule; what a command does is the law's.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.machine.effects import Effect, Publish, Rejoin, WakeAt
from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Reset, Restarted
from harness.protocols.update.words.envelope import Enveloped, read_message
from harness.protocols.update.words.status import FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.base.waking import while_due
from simulator.update.agent.activity import AgentActivity, Unit, units_of
from simulator.update.agent.changes import grouped
from simulator.update.agent.commanding import Execute, decided
from simulator.update.agent.components import SimulatedComponent, Stock, stock_at_first
from simulator.update.agent.execution import Execution
from simulator.update.agent.request import UpdateRequest, first_flaw, read_request
from simulator.update.agent.rules import (
    KEPT,
    Aftermath,
    AgentRules,
    CommandArrival,
    DesiredStateArrival,
)
from simulator.update.agent.setup import AgentSetup
from simulator.update.agent.telling import Teller, inventory_messages, inventory_of
from simulator.update.feedback.report import PhaseReport
from simulator.update.inventory_questions import InventoryQuestions
from simulator.update.known_desired_states import KnownDesiredStates

_NEVER = math.inf


@dataclass
class _UnderWay:
    """The activity, and how it is executed. `due`: when its identification is done; None: it is."""

    request: UpdateRequest
    activity: AgentActivity
    execution: Execution
    due: float | None


class UpdateAgent:
    """Keeps what the documents ask for, but for what `rules` say otherwise."""

    def __init__(self, setup: AgentSetup, components: Iterable[SimulatedComponent], rules: AgentRules = KEPT) -> None:
        self._setup, self._rules = setup, rules
        self._components = {one.id: one for one in components}
        self._kinds = {setup.topic(kind): kind for kind in MessageKind}
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._stock = stock_at_first(self._components)
        self._under_way: _UnderWay | None = None
        self._has_failed = False  # the latest activity that has ended
        self._known = KnownDesiredStates(enveloped=self._setup.envelope)
        self._queue: list[UpdateRequest] = []
        self._questions = InventoryQuestions(self._rules.inventory)
        self._last: PhaseReport | None = None
        self._teller = Teller(self._setup, self._rules)
        self._connections = self._malformed = 0
        self._was_off = False

    @property
    def setup(self) -> AgentSetup:
        """Its domains, its topics, and its spec."""
        return self._setup

    @property
    def stock(self) -> Stock:
        """All that is installed."""
        return self._stock

    @property
    def activity(self) -> str | None:
        """The activity under way; None: there is none."""
        return self._under_way.activity.id if self._under_way else None

    @property
    def statuses(self) -> Sequence[FeedbackStatus]:
        """The statuses of all units of the activity under way that are not cleaned up."""
        return self._under_way.activity.statuses if self._under_way else ()

    def receive(self, event: AgentEvent, now: float) -> list[Effect]:
        """Something happened."""
        out: list[Effect] = []
        match event:
            case Connected():
                out += self._connected(now)
            case Restarted():
                self._was_off = True
                if not self._rules.returning.remembers:
                    self._known.clear()
                return [Rejoin(), *self.wake(now)]
            case Reset():
                self._begin_anew()
                return [Rejoin(), WakeAt(_NEVER)]
            case HeardMessage():
                out += self._hear(event, now)
        return [*out, *self.wake(now)]

    def wake(self, now: float) -> list[Effect]:
        """Do all that is due. Raises EndlessWakingError where that never ends."""
        out: list[Effect] = []
        for _ in while_due(f"update agent of {self._setup.domain}", lambda: self._next, now):
            out += self._answer_due(now)
            if self._under_way:
                out += self._go_on(self._under_way, now)
        return [*out, WakeAt(self._next)]

    @property
    def _next(self) -> float:
        times = self._questions.times
        if self._under_way:
            due = self._under_way.due
            times.append(self._under_way.execution.next if due is None else due)
        return min(times, default=_NEVER)

    def _connected(self, now: float) -> Iterator[Effect]:
        again, was_off, self._was_off = self._connections > 0, self._was_off, False
        self._connections += 1
        if self._rules.inventory.at_start(again):
            yield from self._inventory(self._rules.inventory.first_id(now), now)
        rules = self._rules.returning
        if not again or not self._under_way:
            return
        match rules.after_restart if was_off else rules.after_loss:
            case Aftermath.FORGETS:
                self._under_way = None
            case Aftermath.FAILS:
                for report in self._under_way.execution.fail("it was interrupted"):
                    yield from self._tell(report, now)
            case Aftermath.RESUMES if rules.repeats and self._last:
                yield from self._tell(self._last, now)

    def _hear(self, heard: HeardMessage, now: float) -> Iterable[Effect]:
        kind = self._kinds.get(heard.topic)
        message = read_message(heard.payload, enveloped=self._setup.envelope)
        if kind is MessageKind.CURRENT_STATE_GET:
            self._asked(heard, message, now)
            return ()
        activity = "" if message.is_bare else message.activity
        is_unreadable = any(not problem.path for problem in message.problems)
        if (
            kind not in (MessageKind.DESIRED_STATE, MessageKind.COMMAND)
            or not isinstance(activity, str)
            or is_unreadable
        ):
            self._malformed += 1
            return ()
        if kind is MessageKind.COMMAND:
            return self._commanded(heard, message, activity, now)
        return self._desired(heard, read_request(message, activity, self._setup.domain, self._components), now)

    def _asked(self, heard: HeardMessage, message: Enveloped, now: float) -> None:
        self._questions.hear(
            heard,
            message,
            now,
            is_busy=self._under_way is not None,
            malformed=self._malformed,
            has_failed=self._has_failed,
        )
        if self._rules.inventory.disturbs:
            self._under_way = None

    def _answer_due(self, now: float) -> Iterable[Effect]:
        return [effect for activity in self._questions.take_due(now) for effect in self._inventory(activity, now)]

    def _desired(self, heard: HeardMessage, request: UpdateRequest, now: float) -> Iterable[Effect]:
        is_busy = self._under_way is not None
        is_known = self._known.has(request.activity, heard, is_busy=is_busy)
        if not self._rules.identifying.heeds(DesiredStateArrival(is_known, is_busy, heard.retain, self._malformed)):
            return ()
        self._known.add(request.activity, heard)
        if self._under_way is None:
            return self._identify(request, now)
        return self._meet_another(request, self._under_way, now)

    def _meet_another(self, request: UpdateRequest, old: _UnderWay, now: float) -> Iterator[Effect]:
        """Another is under way."""
        rules = self._rules.identifying
        match rules.on_new_desired_state or self._setup.on_new_desired_state:
            case OnNewDesiredState.QUEUE:
                self._queue.append(request)
            case OnNewDesiredState.REJECT:
                words = f"Another update activity in progress - {old.activity.id}"
                report = PhaseReport(FeedbackStatus.IDENTIFICATION_FAILED, None, words, lists=False)
                yield from self._teller.feedback(request.activity, report, (), now)
            case OnNewDesiredState.SUPERSEDE:
                old.execution.abort(old.activity.units)
                if rules.says_superseded:
                    yield from self._tell(PhaseReport(FeedbackStatus.SUPERSEDED), now)
                yield from self._identify(request, now)

    def _identify(self, request: UpdateRequest, now: float) -> Iterator[Effect]:
        activity = AgentActivity(request.activity, dict(self._stock))
        rules, spec = self._rules.executing, self._setup.spec
        execution = Execution(activity, self._components, self._stock, rules, spec)
        self._under_way = _UnderWay(request, activity, execution, now + self._rules.identifying.seconds)
        yield from self._tell(PhaseReport(FeedbackStatus.IDENTIFYING, lists=False), now)

    def _go_on(self, under_way: _UnderWay, now: float) -> Iterator[Effect]:
        if under_way.due is not None:
            if under_way.due <= now:
                under_way.due = None
                yield from self._identified(under_way, now)
            return
        for report in under_way.execution.advance(now):
            yield from self._tell(report, now)
            command = self._rules.executing.by_itself(report.status)
            if command:
                yield from self._execute(command, under_way.activity.left, None, under_way, now)
        if under_way.execution.is_over:
            yield from self._end(under_way, now)

    def _identified(self, under_way: _UnderWay, now: float) -> Iterator[Effect]:
        rules, request, activity = self._rules.identifying, under_way.request, under_way.activity
        if flaw := first_flaw(request, rules.checks):
            report = PhaseReport(FeedbackStatus.IDENTIFICATION_FAILED, None, rules.fails_as(flaw), lists=False)
            yield from self._over(report, now)
            return
        changes = rules.changes(request.wanted, self._stock, self._components)
        activity.units = units_of(grouped(changes, request.state.baselines, self._setup.domain))
        activity.is_identified = True
        yield from self._tell(PhaseReport(FeedbackStatus.IDENTIFIED), now)
        if not changes:
            yield from self._over(PhaseReport(FeedbackStatus.COMPLETED), now)
        elif command := self._rules.executing.by_itself(FeedbackStatus.IDENTIFIED):
            yield from self._execute(command, activity.left, None, under_way, now)

    def _commanded(self, heard: HeardMessage, message: Enveloped, activity: str, now: float) -> Iterable[Effect]:
        rules, under_way = self._rules.commands, self._under_way
        body = message.body
        if body is None or (message.problems and not body.text_as_it_is("command")):
            self._malformed += 1
            return ()
        read = read_command(body)
        command = rules.reads(read.spelling)
        if command is None or (command is PhaseCommand.ROLLBACK and not self._setup.rolls_back):
            return ()
        is_own = under_way is not None and activity == under_way.activity.id
        arrival = CommandArrival(command, is_own, heard.retain, self._malformed, body.unknown("command", "baseline"))
        if under_way is None or not rules.heeds(arrival) or not isinstance(read.baseline, str | None):
            return ()
        match decided(command, read.baseline, under_way.activity, rules):
            case Execute(parts):
                return [one for units, label in parts for one in self._execute(command, units, label, under_way, now)]
            case PhaseReport() as refused:
                return self._tell(refused, now)
            case None:
                return ()

    def _execute(
        self, command: PhaseCommand, units: Sequence[Unit], label: str | None, under_way: _UnderWay, now: float
    ) -> Iterator[Effect]:
        if under_way.due is not None:  # it is cleaned up before it was identified
            under_way.due, under_way.activity.is_identified = None, True
        for report in under_way.execution.begin(command, units, label, now):
            yield from self._tell(report, now)

    def _end(self, under_way: _UnderWay, now: float) -> Iterator[Effect]:
        outcome = under_way.execution.outcome
        status = self._rules.executing.ends(outcome)
        if status is None:
            self._under_way = None
            return
        yield from self._over(PhaseReport(status, None, outcome.why), now)

    def _over(self, report: PhaseReport, now: float) -> Iterator[Effect]:
        """The last report of an activity; then the inventory, and whatever waits."""
        activity = self.activity or ""
        self._has_failed = report.status is FeedbackStatus.INCOMPLETE
        yield from self._tell(report, now)
        self._under_way = self._last = None
        if self._rules.inventory.behind(report.status):
            yield from self._inventory(activity, now)
        if self._queue:
            yield from self._identify(self._queue.pop(0), now)

    def _tell(self, report: PhaseReport, now: float) -> Iterator[Publish]:
        if self._under_way:
            self._last = report
            yield from self._teller.feedback(self._under_way.activity.id, report, self._under_way.activity.actions, now)

    def _inventory(self, activity: str, now: float) -> Iterator[Publish]:
        inventory = inventory_of(self._setup.domain, [*self._components.values()], self._stock)
        return inventory_messages(self._setup, self._rules.inventory, inventory, activity, now)
