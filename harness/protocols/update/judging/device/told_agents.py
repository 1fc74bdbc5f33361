"""Messages of a device's update manager to its agents. Pure; verbs raise the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.history import UpdateHistory
from harness.protocols.update.profile import PHASE_DEADLINES, TO_AGENTS, Deadline
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.desired_state import Baseline, DesiredState, read_desired_state
from harness.protocols.update.words.envelope import Enveloped, read_message
from harness.protocols.update.words.feedback import Feedback, read_feedback
from harness.protocols.update.words.status import PHASES, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind, kind_at
from harness.record.kinds import Received, Sent
from harness.record.left_out import NotApplicable
from harness.text import printable

ORDER = (PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE)


@dataclass(frozen=True, slots=True)
class ToldAgent:
    """A message to a played agent. `command`: None where it is none that anybody knows."""

    place: int
    time: float
    domain: str
    kind: MessageKind
    message: Enveloped = field(repr=False)
    command: PhaseCommand | None = None


@dataclass(frozen=True)
class ToldAgents:
    """All of one desired state."""

    history: UpdateHistory
    evidence: Evidence
    activity: Activity

    @cached_property
    def all(self) -> Sequence[ToldAgent]:
        """In order. Raises NotApplicable where the harness plays no agent, CouldNotTest where nothing was told."""
        if not self.history.profile.played:
            raise NotApplicable('the harness plays no agent of this device: played = ["lab"]')
        activity = self.activity
        found = [
            one
            for one in self._found()
            if (
                one.message.activity == activity.name
                if activity.name is not None
                else activity.since.place < one.place < activity.until
            )
        ]
        self.evidence.rests_on(self.activity.since.place, *(one.place for one in found[:1]))
        if not found:
            self.history.went_all_the_way()
            raise CouldNotTest("the played agents were told nothing of it")
        return found

    def have_their_own_slices(self) -> None:
        """Each agent is told of its own domain alone, and of baselines what is of that."""
        slices = [one for one in self.all if one.kind is MessageKind.DESIRED_STATE]
        if not slices:
            raise NotObserved("The agents should be told what is desired of them, but were not.", self._ref())
        for one in slices:
            told = read_desired_state(one.message.body) if one.message.body else DesiredState()
            wanted = self.activity.desired.domain(one.domain)
            if [domain.id for domain in told.domains] != [one.domain] or wanted is None:
                raise NotObserved(f"The agent of {one.domain} should be told of its domain alone.", self._ref(one))
            if sorted(told.versions().items()) != sorted(DesiredState((wanted,)).versions().items()):
                raise NotObserved(f"The agent of {one.domain} should be told what is desired of it.", self._ref(one))
            if told.configs() != DesiredState((wanted,)).configs():
                raise NotObserved(
                    f"The agent of {one.domain} should be told of its components' `config`.", self._ref(one)
                )
            for base in told.baselines:
                if strange := [name for name in base.components if name.partition(":")[0] != one.domain]:
                    raise NotObserved(
                        f"The agent of {one.domain} was told of {printable(strange[0])} in a baseline.", self._ref(one)
                    )
            if _parts(told.baselines, one.domain) != _parts(self.activity.desired.baselines, one.domain):
                raise NotObserved(
                    f"The agent of {one.domain} should be told of its part of every baseline.", self._ref(one)
                )

    def have_the_same_activity(self) -> None:
        """All that agents are told while it is under way has its activity."""
        later = [one for one in self._found() if self.activity.since.place < one.place < self._until]
        for one in later:
            if one.kind is not MessageKind.CURRENT_STATE_GET and one.message.activity != self.activity.name:
                raise NotObserved("The agents should be told the activity of the desired state.", self._ref(one))
        if not later:
            self.history.went_all_the_way()
            raise CouldNotTest("the played agents were told nothing")

    def wait_until_all_are_identified(self) -> None:
        """No command comes before every played agent has said IDENTIFIED."""
        since = self.activity.since.place
        said = [self._said_by(domain, {FeedbackStatus.IDENTIFIED}, since) for domain in self._domains]
        for one in self._commands():
            if any(place is None or one.place < place for place in said):
                raise NotObserved(f"{one.command} should wait until every agent is IDENTIFIED.", self._ref(one))

    def are_commanded_nothing(self, domain: str | None = None) -> None:
        """No agent, or not that one, is given a command other than CLEANUP."""
        for one in self._commands(must=False):
            if domain in (None, one.domain) and one.command is not PhaseCommand.CLEANUP:
                raise NotObserved(
                    f"The agent of {one.domain} should get no command, but got {one.command}.", self._ref(one)
                )
        self.history.went_all_the_way()

    def are_commanded_something(self) -> None:
        """Some agent is given a command. Raises CouldNotTest where none is."""
        self._commands()

    def go_through_phases_together(self) -> None:
        """No command of a phase comes before every agent that was given the one before has ended that."""
        commands = self._commands()
        for one in commands:
            if one.command not in ORDER[1:]:
                continue
            before = ORDER[ORDER.index(one.command) - 1]
            phase = PHASES[before]
            first = {each.domain: each.place for each in reversed(commands) if each.command is before}
            for domain, given in first.items():
                ended = self._said_by(domain, {phase.success, phase.failure}, given)
                if given < one.place and (ended is None or ended > one.place):
                    story = f"{one.command} should wait until the agent of {domain} has ended {before}."
                    raise NotObserved(story, self._ref(one))

    def are_cleaned_up(self, domain: str) -> None:
        """The agent of that domain is given CLEANUP, within the time that all of it may take."""
        for one in self._commands():
            if one.domain == domain and one.command is PhaseCommand.CLEANUP:
                self.evidence.rests_on(one.place)
                return
        seconds = self.history.profile.deadline(Deadline.IDENTIFY, *PHASE_DEADLINES)
        if seconds is None or self.history.watched(self.activity.since, self.history.closed.time) <= seconds:
            self.history.went_all_the_way()
        raise NotObserved(f"The agent of {domain} failed, so it should get CLEANUP, but did not.", self._ref())

    def are_commanded(self, command: PhaseCommand) -> ToldAgent:
        """The first such command. Raises NotObserved where there is none."""
        for one in self._commands(must=False):
            if one.command is command:
                self.evidence.rests_on(one.place)
                return one
        self.history.went_all_the_way()
        raise NotObserved(f"The agents should get {command}, but did not.", self._ref())

    @property
    def _domains(self) -> Sequence[str]:
        """The played domains of which something is desired."""
        return [one for one in self.history.profile.played if self.activity.desired.domain(one) is not None]

    @property
    def _until(self) -> int:
        later = (
            one.place
            for one in self.history.told
            if one.kind is MessageKind.DESIRED_STATE and one.place > self.activity.since.place
        )
        return next(later, self.history.end)

    def _commands(self, *, must: bool = True) -> Sequence[ToldAgent]:
        commands = [one for one in self.all if one.kind is MessageKind.COMMAND and one.command]
        if must and not commands:
            self.history.went_all_the_way()
            raise CouldNotTest("the played agents were given no command")
        return commands

    def _said_by(self, domain: str, statuses: set[FeedbackStatus], since: int) -> int | None:
        """The place of the first such feedback of the played agent on this activity, behind that place."""
        topic = self.history.profile.topic(MessageKind.FEEDBACK, domain)
        for place, record in self.history.sent:
            if record.topic == topic and place > since:
                message = read_message(record.payload, enveloped=self.history.profile.envelope)
                feedback: Feedback | None = read_feedback(message.body) if message.body else None
                if feedback and feedback.status in statuses and message.activity == self.activity.name:
                    return place
        return None

    def _found(self) -> Sequence[ToldAgent]:
        profile, found = self.history.profile, []
        for place, record in self.history.placed():
            if not isinstance(record, Received) or record.retain:
                continue
            for domain in profile.played:
                kind = kind_at(record.topic, domain, profile.id, profile.topics)
                if kind in TO_AGENTS:
                    message = read_message(record.payload, enveloped=profile.envelope)
                    command = (
                        read_command(message.body).command if message.body and kind is MessageKind.COMMAND else None
                    )
                    known = command if isinstance(command, PhaseCommand) else None
                    found.append(ToldAgent(place, record.time, domain, kind, message, known))
        return found

    def _ref(self, one: ToldAgent | None = None) -> EvidenceRef:
        return EvidenceRef(one.place if one else None, self.activity.since.place)


def _parts(baselines: Sequence[Baseline], domain: str) -> dict[str, list[str]]:
    """The components of a domain in every baseline, by its title; those without any are left out."""
    parts = {
        one.title: sorted(name for name in one.components if name.partition(":")[0] == domain) for one in baselines
    }
    return {title: names for title, names in parts.items() if names}


def consents_asked(history: UpdateHistory) -> Sequence[tuple[int, Received]]:
    """Every question for the owner's consent."""
    topic = history.profile.topic(MessageKind.OWNER_CONSENT)
    return [(place, one) for place, one in history.placed() if isinstance(one, Received) and one.topic == topic]


def answers_of_owner(history: UpdateHistory) -> Sequence[tuple[int, Sent]]:
    """Every answer of the owner."""
    topic = history.profile.topic(MessageKind.OWNER_CONSENT_FEEDBACK)
    return [(place, one) for place, one in history.sent if one.topic == topic]
