"""Plays a sequence to an agent, or a device, that is told the time, and writes down what passes, as a run does."""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from harness.errors import HarnessError
from harness.machine.effects import Effect, Machine, Publish, Rejoin, WakeAt
from harness.payload.values import JSON
from harness.protocols.update.driving.device.counterpart import PlayedAgent, PlayedOwner, PlayedSaying
from harness.protocols.update.driving.device.faults import described
from harness.protocols.update.fuzzing.step import (
    FOREIGN,
    Asks,
    Commands,
    Desires,
    DesiresAgain,
    Garbage,
    Message,
    OwnerAnswers,
    Restarts,
    Step,
    Suffers,
    Wait,
    Whose,
)
from harness.protocols.update.profile import TO_AGENTS, UpdateProfile
from harness.protocols.update.words.command import command_message
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Restarted
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.topics import MessageKind, kind_at
from harness.record.kinds import Began, Closed, Done, Ended, Opened, Provoked, Received, Record, Sent
from harness.record.lines import FORMAT

NAME = "fuzzed"  # the scenario's
LAST = "in the end"  # the label of the question that is asked when everything has happened
SETTLES = 3.0  # seconds in which everybody has shown what is there
ENDS = 30.0  # seconds after the last step, before the question in the end
ANSWERS = 8.0  # seconds after a question that is waited for
_BEGAN = 1_767_225_600.0  # Unix seconds; every sequence begins then
_MOST_WAKES = 10_000


@dataclass
class SteppedRun:
    """One peer, from its first connection on. `records` are those of a run with a single scenario.

    The agents and the owner that the profile says are played are played opposite it.
    """

    machine: Machine[AgentEvent]
    profile: UpdateProfile
    spec: UpdateSpec
    records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Everybody is there, and nobody has said anything."""
        self._agents = {domain: PlayedAgent(self.profile, domain) for domain in self.profile.played}
        for one in self.profile.components:
            if one.domain in self._agents:
                self._agents[one.domain].versions[one.id] = one.versions[0]
        self._owner = PlayedOwner(self.profile)
        self._now = self._alarm = _BEGAN
        self._later: list[tuple[float, int, PlayedSaying]] = []
        self._order = count()
        self._retained: bytes | None = None  # at the topic of desired states
        self._latest, self._desired = "", DesiredState()

    def run(self, script: Sequence[Step]) -> Sequence[Record]:
        """From first contact to farewell."""
        self.records.append(Began(_BEGAN, FORMAT, "fuzz", self.spec, "stepped", "fuzz", self.profile.as_dict()))
        self._carry_out(self.machine.receive(Connected(), self._now))
        self._say_later([one.shows(self._now) for one in self._agents.values()])
        self._pass(SETTLES)  # a device knows its agents' components before it is asked for them
        self._ask("first contact")
        self._pass(ANSWERS)
        self.records.append(Opened(self._now, NAME))
        for number, step in enumerate(script):
            self._do(step, number)
        self._pass(ENDS)
        self._ask(LAST)
        self._pass(ANSWERS)
        self.records.extend((Closed(self._now), Ended(self._now)))
        return self.records

    def _do(self, step: Step, number: int) -> None:
        match step:
            case Restarts():
                self._provoke(f"restart {number}", "restart")
                self._carry_out(self.machine.receive(Restarted(), self._now))
            case Suffers(domain, fault):
                self._provoke(f"fault {number}", *described(fault))
                self._agents[domain].suffer(fault)
            case OwnerAnswers(answers):
                self._provoke(f"owner {number}", *described(answers))
                self._owner.answers = answers
            case Wait(seconds):
                self._pass(seconds)
            case _:
                self._say(step, number)

    def _say(self, step: Message, number: int) -> None:
        match step:
            case Desires(state, retain):
                self._latest, self._desired = f"activity-{number}", state
                self._desire(f"desired {number}", retain=retain)
            case DesiresAgain():
                if self._latest:
                    self._desire(f"again {number}")
            case Commands(command, whose, baseline):
                activity = FOREIGN if whose is Whose.FOREIGN else self._latest
                payload = command_message(command, baseline).as_json()
                self._send(MessageKind.COMMAND, payload, activity, f"{command} {number}")
            case Asks():
                self._ask(f"question {number}")
            case Garbage(kind, payload):
                self._deliver(kind, payload, f"garbage {number}")
            case _:
                assert_never(step)

    def _desire(self, label: str, *, retain: bool = False) -> None:
        self._send(MessageKind.DESIRED_STATE, self._desired.as_json(), self._latest, label, retain=retain)

    def _ask(self, label: str) -> None:
        self._send(MessageKind.CURRENT_STATE_GET, None, f"question at {self._now:.6f}", label)

    def _provoke(self, label: str, name: str, subject: str = "", detail: JSON = None) -> None:
        self.records.append(Provoked(self._now, label, name, subject, detail))
        self.records.append(Done(self._now, len(self.records) - 1))

    def _send(
        self, kind: MessageKind, payload: dict[str, JSON] | None, activity: str, label: str, *, retain: bool = False
    ) -> None:
        content = encoded(payload, activity=activity, now=self._now, enveloped=self.profile.envelope)
        if retain:
            self._retained = content
        self._deliver(kind, content, label, retain=retain)

    def _deliver(self, kind: MessageKind, payload: bytes, label: str, *, retain: bool = False) -> None:
        self._publish(self.profile.topic(kind), payload, label, "requester", retain=retain)

    def _publish(self, topic: str, payload: bytes, label: str, connection: str, *, retain: bool = False) -> None:
        self.records.append(Sent(self._now, topic, payload, label, retain=retain, connection=connection))
        self.records.append(Done(self._now, len(self.records) - 1))
        self._carry_out(self.machine.receive(HeardMessage(topic, payload), self._now))

    def _pass(self, seconds: float) -> None:
        until = round(self._now + seconds, 6)
        for _ in range(_MOST_WAKES):
            said = self._later[0][0] if self._later else math.inf
            due = min(said, self._alarm)
            if due > until:
                break
            self._now = max(self._now, due)
            if said <= self._alarm:
                saying = heapq.heappop(self._later)[2]
                connection = "owner" if saying.topic == self._owner.topic else "agents"
                self._publish(saying.topic, saying.payload, saying.label, connection, retain=saying.retain)
            else:
                self._alarm = math.inf  # it has rung; the machine says when it wants the next
                self._carry_out(self.machine.wake(self._now))
        else:
            raise HarnessError(f"{self.profile.id} wants to be woken again and again, and lets no time pass")
        self._now = until

    def _carry_out(self, effects: Sequence[Effect]) -> None:
        """Carry out effects in order. A peer that connects anew gets what is retained after that."""
        for effect in effects:
            match effect:
                case WakeAt(time):
                    self._alarm = time
                case Publish(topic, payload):
                    self._hear(topic, payload)
                case Rejoin():
                    pass
        if any(isinstance(effect, Rejoin) for effect in effects):
            self._carry_out(self.machine.receive(Connected(), self._now))
            if self._retained is not None:
                topic = self.profile.topic(MessageKind.DESIRED_STATE)
                self._carry_out(self.machine.receive(HeardMessage(topic, self._retained, retain=True), self._now))

    def _hear(self, topic: str, payload: bytes) -> None:
        if topic == self.profile.topic(MessageKind.OWNER_CONSENT):
            self.records.append(Received(self._now, topic, payload, retain=False, connection="owner"))
            self._say_later(self._owner.hear(payload, self._now))
            return
        for domain, played in self._agents.items():
            kind = kind_at(topic, domain, self.profile.id, self.profile.topics)
            if kind in TO_AGENTS:
                self.records.append(Received(self._now, topic, payload, retain=False, connection="agents"))
                self._say_later(played.hear(kind, payload, self._now))
                return
        self.records.append(Received(self._now, topic, payload, retain=False, connection="requester"))

    def _say_later(self, sayings: Sequence[PlayedSaying]) -> None:
        """Nothing is said while effects are carried out: it comes when time passes, at once or later."""
        for one in sayings:
            heapq.heappush(self._later, (self._now + one.after, next(self._order), one))
