"""An update manager: messages, connections and time in; feedback, commands, questions and inventories out.

It waits for nothing and reads no clock, and talks to agents by messages alone, its own as those of others.
"""

import math
from collections.abc import Iterable, Iterator, Mapping

from harness.machine.effects import Effect, Publish, Rejoin, WakeAt
from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.command import read_consent
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Reset, Restarted
from harness.protocols.update.words.envelope import Enveloped, read_message
from harness.protocols.update.words.inventory import Inventory, read_inventory
from harness.protocols.update.words.status import Consent, FeedbackStatus
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.request import UpdateRequest, first_flaw, read_request
from simulator.update.device.activity import DeviceActivity
from simulator.update.device.agent_feedback import read_agent_feedback
from simulator.update.device.course import Course, CourseStage
from simulator.update.device.inventory import whole_inventory
from simulator.update.device.messages import Feedbacks, OutgoingMessages
from simulator.update.device.rules import KEPT, Aftermath, DesiredStateArrival, ManagerRules
from simulator.update.device.setup import ManagerSetup
from simulator.update.inventory_questions import InventoryQuestions
from simulator.update.known_desired_states import KnownDesiredStates

_NEVER = math.inf
_MOST = 100  # desired states that wait


class UpdateManager:
    """Keeps what the documents ask for, but for what `rules` say otherwise."""

    def __init__(self, setup: ManagerSetup, rules: ManagerRules = KEPT) -> None:
        self._setup, self._rules = setup, rules
        self._own = {setup.topic(kind): kind for kind in MessageKind}
        self._of_agents = setup.of_agents()
        self._messages = OutgoingMessages(setup, rules)
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._shown: dict[str, Inventory] = {}
        self._course: Course | None = None
        self._known = KnownDesiredStates(enveloped=self._setup.envelope)
        self._waiting: list[UpdateRequest] = []
        self._questions = InventoryQuestions(self._rules.inventory)
        self._connections = self._malformed = 0
        self._has_failed = False  # the latest desired state that has ended
        self._was_off = False

    @property
    def activity(self) -> str | None:
        """The activity under way; None: there is none."""
        return self._course.activity.id if self._course else None

    @property
    def status(self) -> FeedbackStatus | None:
        """The status of it that was told last."""
        return self._course.feedbacks.before if self._course else None

    @property
    def inventory(self) -> Inventory:
        """Of the whole device, as far as its agents have shown theirs."""
        shown = {domain: self._shown[domain] for domain in self._setup.domains if domain in self._shown}
        return whole_inventory(self._setup.domain, shown)

    @property
    def versions(self) -> Mapping[str, str]:
        """Of all components that agents have shown."""
        return {name: version for name, version in self.inventory.versions().items() if ":" in name}

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
                out.append(Rejoin())
            case Reset():
                self._begin_anew()
                out.append(Rejoin())
            case HeardMessage():
                out += self._hear(event, now)
        return [*out, *self.wake(now)]

    def wake(self, now: float) -> list[Effect]:
        """Do all that is due."""
        out: list[Effect] = [*self._answer_due(now)]
        while self._course:
            course = self._course
            out += course.step(now, is_replaced=self._has_successor)
            if course.stage is not CourseStage.OVER:
                break
            out += self._behind(course, now)
        return [*out, WakeAt(self._next)]

    @property
    def _next(self) -> float:
        times = self._questions.times
        return min([*times, self._course.next] if self._course else times, default=_NEVER)

    @property
    def _policy(self) -> OnNewDesiredState:
        return self._rules.policy.on_new_desired_state or self._setup.on_new_desired_state

    @property
    def _has_successor(self) -> bool:
        return bool(self._waiting) and self._policy is OnNewDesiredState.SUPERSEDE

    def _connected(self, now: float) -> Iterator[Publish]:
        again, was_off, self._was_off = self._connections > 0, self._was_off, False
        self._connections += 1
        if self._rules.inventory.at_start(again):
            yield from self._inventory(self._rules.inventory.first_id(now), now)
        yield from (self._messages.question(domain, "", now) for domain in self._setup.played)
        rules, course = self._rules.returning, self._course
        if not again or course is None:
            return
        match rules.after_restart if was_off else rules.after_loss:
            case Aftermath.FORGETS:
                self._course = None
            case Aftermath.FAILS:
                course.fail("it was interrupted")
            case Aftermath.RESUMES if rules.repeats and course.feedbacks.before:
                yield from course.feedbacks.say(course.feedbacks.before, None, course.activity.actions, now)

    def _hear(self, heard: HeardMessage, now: float) -> Iterable[Effect]:
        if heard.topic in self._of_agents:
            kind, domain = self._of_agents[heard.topic]
            return self._hear_agent(kind, domain, heard, now)
        message = read_message(heard.payload, enveloped=self._setup.envelope)
        activity = "" if message.is_bare else message.activity
        match self._own.get(heard.topic):
            case MessageKind.CURRENT_STATE_GET:
                self._asked(heard, message, now)
            case MessageKind.OWNER_CONSENT_FEEDBACK if message.body is not None and isinstance(activity, str):
                consent = read_consent(message.body)
                if self._course and isinstance(consent, Consent):
                    self._course.hear_owner(consent, activity, retain=heard.retain)
            case MessageKind.DESIRED_STATE:
                if not isinstance(activity, str) or any(not problem.path for problem in message.problems):
                    self._malformed += 1
                    return ()
                return self._desired(heard, read_request(message, activity, self._setup.domain, {}), now)
        return ()

    def _hear_agent(self, kind: MessageKind, domain: str, heard: HeardMessage, now: float) -> Iterable[Effect]:
        enveloped = self._setup.envelope
        if kind is MessageKind.FEEDBACK:
            feedback = read_agent_feedback(heard.payload, domain, enveloped=enveloped)
            if feedback and self._course:
                self._course.hear(feedback, retain=heard.retain)
            return ()
        body = read_message(heard.payload, enveloped=enveloped).body
        if body is None or not self._rules.inventory.knows(domain):
            return ()
        before, shown = self._shown.get(domain), read_inventory(body)
        self._shown[domain] = shown
        if self._course:
            self._course.shown(domain)
        elif self._connections and self._rules.inventory.on_change and shown != before:
            return self._inventory("", now)
        return ()

    def _asked(self, heard: HeardMessage, message: Enveloped, now: float) -> None:
        self._questions.hear(
            heard,
            message,
            now,
            is_busy=self._course is not None,
            malformed=self._malformed,
            has_failed=self._has_failed,
        )
        if self._rules.inventory.disturbs:
            self._course = None

    def _answer_due(self, now: float) -> Iterable[Effect]:
        return [effect for activity in self._questions.take_due(now) for effect in self._inventory(activity, now)]

    def _desired(self, heard: HeardMessage, request: UpdateRequest, now: float) -> Iterable[Effect]:
        is_busy = self._course is not None
        is_known = self._known.has(request.activity, heard, is_busy=is_busy)
        arrival = DesiredStateArrival(is_known, is_busy, heard.retain, self._malformed)
        if not self._rules.identifying.heeds(arrival):
            return ()
        self._known.add(request.activity, heard)
        if not is_busy:
            return self._begin(request, now)
        if self._policy is OnNewDesiredState.REJECT or len(self._waiting) >= _MOST:
            words = f"another update activity is in progress: {self.activity}"
            return self._refused(request.activity, self._rules.policy.rejected, words, now)
        self._waiting.append(request)
        return ()

    def _begin(self, request: UpdateRequest, now: float) -> Iterator[Effect]:
        rules = self._rules.identifying
        if flaw := first_flaw(request, rules.checks):
            yield from self._refused(request.activity, rules.refused, rules.fails_as(flaw), now)
            return
        wanted = [domain.id for domain in request.state.domains]
        known = [*rules.slices([name for name in wanted if name in self._setup.domains])]
        unknown = tuple(name for name in wanted if name not in self._setup.domains)
        if not known:
            words = "the desired state has no supported domain"
            yield from self._refused(rules.unsupported_id(request.activity), rules.unsupported, words, now)
            return
        activity = DeviceActivity(request.activity, request.state, self.versions, unknown=unknown)
        self._course = Course(activity, self._setup, self._rules, lambda: self.versions)
        yield from self._course.begin(known, now)

    def _refused(
        self, activity: str, status: FeedbackStatus | None, words: str | None, now: float
    ) -> Iterator[Publish]:
        """It is begun and ended at once."""
        feedbacks = Feedbacks(activity, self._setup, self._rules)
        yield from feedbacks.say(FeedbackStatus.IDENTIFYING, None, (), now)
        if status is not None:
            yield from feedbacks.say(status, words, (), now)
            if self._rules.inventory.behind(status) and self._course is None:
                yield from self._inventory(activity, now)

    def _behind(self, course: Course, now: float) -> Iterator[Effect]:
        """All that comes behind an end; then what waits is begun."""
        rules = self._rules.policy
        self._course = None
        successor = self._waiting[0] if self._waiting else None
        if successor and course.is_superseded:
            if rules.superseded is not None:
                feedbacks, named = course.feedbacks, rules.superseded_id(course.activity.id, successor.activity)
                if named != course.activity.id:
                    feedbacks = Feedbacks(named, self._setup, self._rules)
                    feedbacks.before = FeedbackStatus.RUNNING
                yield from feedbacks.say(rules.superseded, None, course.activity.actions, now)
            yield from course.leave([domain.id for domain in successor.state.domains], now)
        status = course.feedbacks.before
        self._has_failed = status in (FeedbackStatus.INCOMPLETE, FeedbackStatus.INCOMPLETE_INCONSISTENT)
        if status and self._rules.inventory.behind(status):
            yield from self._inventory(course.activity.id, now)
        while self._waiting and self._course is None:
            request = self._waiting.pop(0)
            if rules.begins:
                yield from self._begin(request, now)

    def _inventory(self, activity: str, now: float) -> Iterator[Publish]:
        return self._messages.inventory(self.inventory, activity, now)
