"""The course of one desired state through a device: all agents led from its beginning to its end. Pure."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from harness.machine.effects import Publish
from harness.protocols.update.profile import Deadline
from harness.protocols.update.words.status import PHASES, ActionStatus, Consent, PhaseCommand
from harness.protocols.update.words.status import FeedbackStatus as F
from simulator.update.device.activity import DeviceActivity, LedAgent
from simulator.update.device.agent_feedback import AgentFeedback
from simulator.update.device.messages import Feedbacks, OutgoingMessages
from simulator.update.device.owner import Owner
from simulator.update.device.rules import AgentArrival, ConsentArrival, DeviceOutcome, ManagerRules
from simulator.update.device.setup import ManagerSetup
from simulator.update.feedback.report import ToldAction

_NEVER = math.inf
_USUAL = 60.0  # seconds for a step of which the profile says nothing


class CourseStage(StrEnum):
    """How far a desired state is. ENDING: all is done, and agents are asked for their inventories."""

    IDENTIFYING = "identifying"
    RUNNING = "running"
    ENDING = "ending"
    OVER = "over"


class Course:
    """`activity`: the desired state. `versions`: of all components, as far as they are known now.

    `is_superseded`: it is over because another has come.
    """

    def __init__(
        self,
        activity: DeviceActivity,
        setup: ManagerSetup,
        rules: ManagerRules,
        versions: Callable[[], Mapping[str, str]],
    ) -> None:
        self.activity, self.stage, self.is_superseded = activity, CourseStage.IDENTIFYING, False
        self.feedbacks = Feedbacks(activity.id, setup, rules)
        self._setup, self._rules, self._versions = setup, rules, versions
        self._messages, self._owner = OutgoingMessages(setup, rules), Owner(setup.consent, rules.consent)
        self._awaited: set[str] = set()
        self._ends_by = _NEVER

    @property
    def next(self) -> float:
        """When something is due."""
        times = [agent.due for agent in self.activity.agents.values()]
        return min([*times, self._owner.due, self._ends_by, self._tells_at])

    def begin(self, domains: Sequence[str], now: float) -> Iterator[Publish]:
        """Say so, and tell each agent of these domains what is desired of it."""
        yield from self.feedbacks.say(F.IDENTIFYING, None, (), now)
        due = now + self._patience(None)
        self.activity.agents = {domain: LedAgent(domain, due) for domain in domains}
        for domain in domains:
            yield self._messages.slice(domain, self.activity.state, self.activity.id, now)

    def hear(self, feedback: AgentFeedback, *, retain: bool) -> None:
        """An agent says something."""
        rules, agent = self._rules.leading, self.activity.agents.get(feedback.domain)
        if agent is None or self.stage is CourseStage.OVER:
            return
        is_own = feedback.activity == self.activity.id or not self._setup.envelope
        arrival = AgentArrival(feedback, is_own, agent.status, retain)
        if not rules.heeds(arrival):
            return
        is_first = agent.status is F.IDENTIFYING
        moves_on = rules.counts(arrival)
        if feedback.status is not None and (moves_on or not is_first):
            taken = {one.component: one for one in feedback.actions if rules.takes(one)}
            told = {name: one for name, one in taken.items() if is_first or rules.adds or name in agent.actions}
            agent.actions = {**self._rules.summing_up.merges(agent.actions, told)}
        if not moves_on:
            return
        if feedback.status is None:
            self._loses(agent, "it said what nobody knows")
            return
        agent.status, agent.due = feedback.status, _NEVER
        if rules.has_failed(feedback.status):
            self._fails(agent, feedback.message or f"it said {feedback.status}")
        agent.is_idle = (
            is_first and feedback.status is F.IDENTIFIED and self._rules.identifying.is_idle(len(agent.actions))
        )

    def hear_owner(self, consent: Consent, activity: str, *, retain: bool) -> None:
        """The owner answers."""
        is_own = activity == self.activity.id or not self._setup.envelope
        self._owner.hear(ConsentArrival(consent, is_own, retain))

    def shown(self, domain: str) -> None:
        """The agent of that domain has shown its inventory."""
        self._awaited.discard(domain)

    def fail(self, why: str) -> None:
        """All that agents are at fails."""
        for agent in self.activity.agents.values():
            if agent.due < _NEVER:
                self._loses(agent, why)

    def step(self, now: float, *, is_replaced: bool) -> Iterator[Publish]:
        """Do all that is due, and all that has become possible. `is_replaced`: another desired state waits."""
        for agent in self.activity.agents.values():
            if agent.due <= now:
                self._loses(agent, "no answer in time")
        if self.stage is CourseStage.IDENTIFYING and not self._is_superseded(is_replaced):
            yield from self._identified(now)
        if self.stage in (CourseStage.IDENTIFYING, CourseStage.RUNNING) and self._is_superseded(is_replaced):
            self.stage, self.is_superseded = CourseStage.OVER, True
            return
        if self.stage is CourseStage.RUNNING:
            yield from self._lead(now)
        if self.stage is CourseStage.ENDING and (not self._awaited or self._ends_by <= now):
            yield from self._end(now)
        if self.feedbacks.told_at + self._rules.telling.gap <= now and self._tells_at <= now:
            yield from self.feedbacks.say(F.RUNNING, None, self.activity.actions, now)

    def leave(self, domains: Sequence[str], now: float) -> Iterator[Publish]:
        """It is over before its end: agents but of these domains are cleaned up."""
        for agent in self._led:
            if agent.domain not in domains and self._rules.policy.cleans_up:
                yield self._messages.command(agent.domain, PhaseCommand.CLEANUP, self.activity.id, now)

    def _identified(self, now: float) -> Iterator[Publish]:
        rules, activity = self._rules.identifying, self.activity
        statuses = [agent.status for agent in activity.agents.values()]
        if rules.has_failed(statuses) and rules.is_ready(statuses):
            words = rules.fails_as("; ".join(activity.failures))
            yield from self._over(F.IDENTIFICATION_FAILED, words, now)
        elif rules.is_ready(statuses):
            yield from self.feedbacks.say(F.IDENTIFIED, None, activity.actions, now)
            if all(agent.is_idle for agent in activity.agents.values()):
                yield from self._end(now)
                return
            yield from self.feedbacks.say(F.RUNNING, None, activity.actions, now)
            self.stage = CourseStage.RUNNING

    def _lead(self, now: float) -> Iterator[Publish]:
        """Give every command that is due."""
        rules, led = self._rules.leading, self._led
        for agent in led:
            if agent.has_failed and rules.next(agent.status) is PhaseCommand.CLEANUP:
                yield from self._command(agent, PhaseCommand.CLEANUP, now)
                led = self._led
        if rules.is_ready([agent.status for agent in led]):
            given = [(agent, command) for agent in led if (command := rules.next(agent.status))]
            yield from self._with_consent(given, now)
            led = self._led
        if not led:
            yield from self._ask_for_inventories(now)

    def _with_consent(self, given: Sequence[tuple[LedAgent, PhaseCommand]], now: float) -> Iterator[Publish]:
        commands = [command for _, command in given]
        deadline = self._deadline(commands[0]) if commands else _NEVER
        for asked in self._owner.to_ask(commands, now, deadline):
            yield self._messages.consent(asked, self.activity.id, now)
        if self._owner.is_awaited(now):
            return
        denied = self._owner.denied_of(commands)
        if denied and self._rules.consent.has_failed:
            self.activity.failures.append(self._rules.consent.words(denied) or "")
        for agent, command in given:
            agent.has_failed = agent.has_failed or (denied is not None and self._rules.consent.has_failed)
            yield from self._command(agent, self._back(agent) if denied else command, now)
        for agent in self._idle if given and not denied else ():
            yield self._messages.command(agent.domain, commands[0], self.activity.id, now)

    def _back(self, agent: LedAgent) -> PhaseCommand:
        command = self._rules.consent.back.get(agent.status, PhaseCommand.CLEANUP)
        return command if self._setup.rolls_back else PhaseCommand.CLEANUP

    def _command(self, agent: LedAgent, command: PhaseCommand, now: float) -> Iterator[Publish]:
        agent.status = PHASES[command].under_way
        agent.due = now + self._patience(command)
        for _ in range(self._rules.leading.times):
            yield self._messages.command(agent.domain, command, self.activity.id, now)

    def _ask_for_inventories(self, now: float) -> Iterator[Publish]:
        self.stage = CourseStage.ENDING
        if self._rules.inventory.refreshes:
            self._awaited = {agent.domain for agent in self.activity.agents.values() if not agent.is_idle}
            self._ends_by = now + self._rules.leading.patience(
                self._setup.deadlines.get(Deadline.CURRENT_STATE, _USUAL)
            )
            for domain in sorted(self._awaited):
                yield self._messages.question(domain, self.activity.id, now)

    def _end(self, now: float) -> Iterator[Publish]:
        rules, activity = self._rules.summing_up, self.activity
        bad = [one for one in activity.actions if not rules.is_well(one.status, self._setup.spec)]
        if bad and not activity.failures:
            activity.failures += [f"{one.component} ended as {one.status}" for one in bad]
        outcome = DeviceOutcome(
            bool(bad) or any(agent.has_failed for agent in activity.agents.values()),
            self._is_inconsistent,
            activity.failures,
            activity.unknown,
        )
        yield from self._over(rules.ends(outcome), rules.words(outcome), now)

    def _over(self, status: F | None, words: str | None, now: float) -> Iterator[Publish]:
        self.stage = CourseStage.OVER
        if status is not None:
            yield from self.feedbacks.say(status, words, self.activity.actions, now)

    @property
    def _is_inconsistent(self) -> bool:
        before, desired, shown = self.activity.before, self.activity.state.versions(), self._versions()
        domains = {agent.domain for agent in self.activity.agents.values() if not agent.is_idle}
        names = {name for name in (*before, *desired, *shown) if name.partition(":")[0] in domains and ":" in name}
        is_so = self._rules.summing_up.is_inconsistent
        return any(is_so(before.get(name), desired.get(name), shown.get(name)) for name in names)

    @property
    def _led(self) -> list[LedAgent]:
        """The agents that are commanded something yet."""
        cleans_up = self._rules.leading.cleans_up_failed
        led = (agent for agent in self._commanded if not agent.is_idle and not agent.is_done)
        return [agent for agent in led if cleans_up or not agent.has_failed or agent.due < _NEVER]

    @property
    def _idle(self) -> list[LedAgent]:
        """The agents that have nothing to do, and are commanded all the same: nobody waits for them."""
        return [agent for agent in self._commanded if agent.is_idle]

    @property
    def _commanded(self) -> list[LedAgent]:
        return [agent for agent in self.activity.agents.values() if self._rules.leading.leads(agent.is_idle)]

    @property
    def _tells_at(self) -> float:
        """When RUNNING is to be told again."""
        rules = self._rules.telling
        if self.stage not in (CourseStage.RUNNING, CourseStage.ENDING):
            return _NEVER
        has_to_tell = not rules.on_change or self.feedbacks.has_news(self.activity.actions)
        return self.feedbacks.told_at + rules.gap if has_to_tell else _NEVER

    def _is_superseded(self, is_replaced: bool) -> bool:  # noqa: FBT001 - what it is about
        return is_replaced and self._rules.policy.supersedes(self.feedbacks.before)

    def _loses(self, agent: LedAgent, why: str) -> None:
        """The agent's step has failed without an answer."""
        failures = {phase.under_way: phase.failure for phase in PHASES.values()}
        agent.due, was = _NEVER, agent.status
        agent.status = failures.get(was, F.IDENTIFICATION_FAILED)
        self._fails(agent, f"{was}: {why}")

    def _fails(self, agent: LedAgent, why: str) -> None:
        agent.has_failed = True
        failed = (name for name, one in agent.actions.items() if _has_failed(one) and name not in why)
        named = ", ".join(failed)
        self.activity.failures.append(f"[{agent.domain}] {named}{': ' if named else ''}{why}")

    def _patience(self, command: PhaseCommand | None) -> float:
        rules = self._rules.leading
        return rules.patience(self._deadline(command)) if rules.gives_up(command) else _NEVER

    def _deadline(self, command: PhaseCommand | None) -> float:
        deadline = Deadline.IDENTIFY if command is None else Deadline(command.lower())
        return self._setup.deadlines.get(deadline, _USUAL)


def _has_failed(action: ToldAction) -> bool:
    return action.status in _FAILED


_FAILED = (
    ActionStatus.DOWNLOAD_FAILURE,
    ActionStatus.UPDATE_FAILURE,
    ActionStatus.ACTIVATION_FAILURE,
    ActionStatus.REMOVAL_FAILURE,
)
