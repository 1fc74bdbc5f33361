"""The agent of one domain that the harness plays opposite a device's update manager: a pure machine.

It does the least that a manager needs, keeps no limits, and misbehaves on demand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.payload.values import JSON
from harness.protocols.update.driving.device.faults import (
    IDENTIFY,
    AgentFault,
    Answers,
    FailsIn,
    HasNothingToDo,
    LateIn,
    MuteIn,
    OddFeedback,
    SaysOddly,
)
from harness.protocols.update.profile import UpdateProfile
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.desired_state import DesiredState, read_desired_state
from harness.protocols.update.words.envelope import encoded, read_message
from harness.protocols.update.words.inventory import (
    DOMAIN_PARAMETER,
    Association,
    Inventory,
    SoftwareNode,
    SoftwareType,
)
from harness.protocols.update.words.status import PHASES, ActionStatus, Consent, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind

Object = dict[str, JSON]
_DONE = {
    PhaseCommand.DOWNLOAD: ActionStatus.DOWNLOAD_SUCCESS,
    PhaseCommand.UPDATE: ActionStatus.UPDATE_SUCCESS,
    PhaseCommand.ACTIVATE: ActionStatus.ACTIVATION_SUCCESS,
}
_FAILED = {
    PhaseCommand.DOWNLOAD: ActionStatus.DOWNLOAD_FAILURE,
    PhaseCommand.UPDATE: ActionStatus.UPDATE_FAILURE,
    PhaseCommand.ACTIVATE: ActionStatus.ACTIVATION_FAILURE,
}
_EARLY = {
    None: FeedbackStatus.DOWNLOAD_SUCCESS,
    PhaseCommand.DOWNLOAD: FeedbackStatus.UPDATE_SUCCESS,
    PhaseCommand.UPDATE: FeedbackStatus.ACTIVATION_SUCCESS,
}
_BROKEN: tuple[JSON, ...] = (
    [{"status": "DOWNLOADING"}],
    [{"component": None, "status": "DOWNLOADING"}],
    [{"component": {"id": "", "version": 7}, "status": "DOWNLOADING", "progress": 300}],
    [{"component": {"id": "x"}, "status": "DOWNLOADING", "progress": 79.5}, None, 7],
    {"component": {}},
    "all",
)


@dataclass(frozen=True, slots=True)
class PlayedSaying:
    """A message to the device, `after` so many seconds."""

    topic: str
    payload: bytes
    label: str
    after: float = 0.0
    retain: bool = False


@dataclass
class PlayedAgent:
    """`versions`: of its components, by their ids with the domain. Faults are in force until `recover`.

    `_told`: the version that feedback names of each component: the one desired, or the one that is to be removed.
    """

    profile: UpdateProfile
    domain: str
    versions: dict[str, str] = field(default_factory=dict)
    _faults: list[AgentFault] = field(default_factory=list)
    _activity: str | None = None
    _desired: DesiredState = field(default_factory=DesiredState)
    _told: dict[str, str] = field(default_factory=dict)
    _statuses: dict[str, ActionStatus] = field(default_factory=dict)
    _has_failed: bool = False

    def suffer(self, *faults: AgentFault) -> None:
        """These are in force from now on, beside those that are."""
        self._faults += faults

    def recover(self) -> None:
        """Nothing is wrong any more."""
        self._faults.clear()

    def shows(self, now: float, activity: str | None = "") -> PlayedSaying:
        """Its current state."""
        return self._saying(MessageKind.CURRENT_STATE, self._inventory().as_json(), activity, now, retain=True)

    def hear(self, kind: MessageKind, payload: bytes, now: float) -> list[PlayedSaying]:
        """The manager says something."""
        message = read_message(payload, enveloped=self.profile.envelope)
        activity = message.activity if isinstance(message.activity, str) else None
        match kind:
            case MessageKind.CURRENT_STATE_GET:
                return [self.shows(now, activity)]
            case MessageKind.DESIRED_STATE if message.body is not None:
                self._activity, self._desired = activity, read_desired_state(message.body)
                return [*self._identified(now)]
            case MessageKind.COMMAND if message.body is not None:
                command = read_command(message.body).command
                if isinstance(command, PhaseCommand) and activity == self._activity:
                    return [*self._carried_out(command, now)]
        return []

    def _identified(self, now: float) -> Iterator[PlayedSaying]:
        wanted = {name: version for name, version in self._desired.versions().items() if self._is_own(name)}
        changed = [name for name, version in wanted.items() if self.versions.get(name) != version]
        gone = [name for name in self.versions if name not in wanted]
        self._told = {**self.versions, **wanted}
        self._statuses = dict.fromkeys((*changed, *gone), ActionStatus.IDENTIFIED)
        self._has_failed = False
        if self._has(HasNothingToDo()):
            self._statuses = {}
        if self._has(MuteIn(IDENTIFY)):
            return
        yield self._feedback(FeedbackStatus.IDENTIFYING, now)
        yield from self._oddities(None, now)
        failed = self._has(FailsIn(IDENTIFY))
        status = FeedbackStatus.IDENTIFICATION_FAILED if failed else FeedbackStatus.IDENTIFIED
        yield self._feedback(status, now, message="played failure" if failed else "", after=self._delay(IDENTIFY))
        if not failed and not self._statuses:
            yield self._feedback(FeedbackStatus.COMPLETED, now, after=self._delay(IDENTIFY))

    def _carried_out(self, command: PhaseCommand, now: float) -> Iterator[PlayedSaying]:
        phase, step = PHASES[command], str(command)
        if self._has(MuteIn(step)):
            return
        yield from self._oddities(command, now)
        if command is PhaseCommand.CLEANUP:
            yield self._feedback(phase.success, now, after=self._delay(step))
            ended = FeedbackStatus.INCOMPLETE if self._has_failed else FeedbackStatus.COMPLETED
            yield self._feedback(ended, now, after=self._delay(step))
            return
        failed = self._has(FailsIn(step))
        self._has_failed = self._has_failed or failed or command is PhaseCommand.ROLLBACK
        status = (_FAILED if failed else _DONE).get(command)
        if status is not None:  # a rollback leaves the actions as they were told
            self._statuses = dict.fromkeys(self._statuses, status)
        if command is PhaseCommand.ACTIVATE and not failed:
            self.versions = {n: v for n, v in self._desired.versions().items() if self._is_own(n)}
        yield self._feedback(
            phase.failure if failed else phase.success,
            now,
            message="played failure" if failed else "",
            after=self._delay(step),
        )

    def _oddities(self, command: PhaseCommand | None, now: float) -> Iterator[PlayedSaying]:
        """`command`: the one that is carried out; None: the agent identifies what is to be done."""
        odd = next((fault.feedback for fault in self._faults if isinstance(fault, SaysOddly)), None)
        match odd:
            case OddFeedback.FOREIGN:
                yield self._feedback(FeedbackStatus.IDENTIFICATION_FAILED, now, activity="activity-of-somebody-else")
                yield self._feedback(FeedbackStatus.DOWNLOAD_FAILURE, now, activity="activity-of-somebody-else")
            case OddFeedback.UNKNOWN:
                yield self._said({"status": "REPAINTED", "actions": []}, now)
            case OddFeedback.BROKEN:
                for actions in _BROKEN:
                    yield self._said({"status": "DOWNLOADING", "actions": actions}, now)
            case OddFeedback.MALFORMED:
                for payload in (b"", b"{", b"[]", b'{"activityId": 7, "payload": "x"}', b"\xff\x00"):
                    topic = self.profile.topic(MessageKind.FEEDBACK, self.domain)
                    yield PlayedSaying(topic, payload, f"{self.domain}: malformed")
            case OddFeedback.TWICE:
                yield self._feedback(FeedbackStatus.IDENTIFYING, now)
            case OddFeedback.EARLY if command in _EARLY:
                yield self._feedback(_EARLY[command], now)

    def _feedback(
        self, status: FeedbackStatus, now: float, *, activity: str | None = None, message: str = "", after: float = 0.0
    ) -> PlayedSaying:
        actions: list[JSON] = [
            {"component": {"id": name, "version": self._told[name]}, "status": str(told)}
            for name, told in self._statuses.items()
        ]
        content: Object = {"status": str(status), "actions": actions}
        if message:
            content["message"] = message
        return self._said(content, now, activity, after)

    def _said(self, content: Object, now: float, activity: str | None = None, after: float = 0.0) -> PlayedSaying:
        named = self._activity if activity is None else activity
        return self._saying(MessageKind.FEEDBACK, content, named, now, after=after)

    def _saying(
        self,
        kind: MessageKind,
        content: Mapping[str, JSON],
        activity: str | None,
        now: float,
        *,
        after: float = 0.0,
        retain: bool = False,
    ) -> PlayedSaying:
        payload = encoded(content, activity=activity or "", now=now + after, enveloped=self.profile.envelope)
        label = f"{self.domain}: {content.get('status', kind)}"
        return PlayedSaying(self.profile.topic(kind, self.domain), payload, label, after, retain)

    def _inventory(self) -> Inventory:
        agent = f"{self.domain}-update-agent"
        node = SoftwareNode(agent, type=SoftwareType.APPLICATION, parameters=((DOMAIN_PARAMETER, self.domain),))
        software = [SoftwareNode(n, v, type=SoftwareType.APPLICATION) for n, v in sorted(self.versions.items())]
        return Inventory((node, *software), (), tuple(Association(agent, name) for name in sorted(self.versions)))

    def _has(self, fault: AgentFault) -> bool:
        return fault in self._faults

    def _delay(self, step: str) -> float:
        return sum(fault.seconds for fault in self._faults if isinstance(fault, LateIn) and fault.step == step)

    def _is_own(self, name: str) -> bool:
        return name.partition(":")[0] == self.domain


@dataclass
class PlayedOwner:
    """The owner of the device, who is asked for consent. `answers`: how."""

    profile: UpdateProfile
    answers: Answers = field(default_factory=lambda: Answers(Consent.APPROVED))

    @property
    def topic(self) -> str:
        """The topic of its answers."""
        return self.profile.topic(MessageKind.OWNER_CONSENT_FEEDBACK)

    def hear(self, payload: bytes, now: float) -> list[PlayedSaying]:
        """The device asks for consent."""
        message = read_message(payload, enveloped=self.profile.envelope)
        activity = message.activity if isinstance(message.activity, str) else ""
        said = [*self._oddities(activity, now)] if self.answers.oddly_first else []
        asked = read_command(message.body).command if message.body and self.answers.denies else None
        consent = Consent.DENIED if asked and asked == self.answers.denies else self.answers.consent
        if consent:
            said += [self._answer(consent, activity, now, self.answers.after)] * self.answers.times
        return said

    def _oddities(self, activity: str, now: float) -> Iterator[PlayedSaying]:
        yield self._answer(Consent.APPROVED, "activity-of-somebody-else", now)
        yield self._answer("PERHAPS", activity, now)
        yield PlayedSaying(self.topic, b'{"payload": {"status": "APPR', "owner: malformed")

    def _answer(self, consent: str, activity: str, now: float, after: float = 0.0) -> PlayedSaying:
        content: Object = {"status": str(consent)}
        payload = encoded(content, activity=activity, now=now + after, enveloped=self.profile.envelope)
        return PlayedSaying(self.topic, payload, f"owner: {consent}", after)
