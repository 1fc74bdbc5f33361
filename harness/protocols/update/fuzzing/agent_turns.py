"""Commands of a sequence: which of them are foreign, and which are out of turn, by the law of the suites."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.protocols.update.judging.agent.episode import AgentEpisode
from harness.protocols.update.judging.agent.phase import CommandedPhase
from harness.protocols.update.judging.history import SaidMessage, ToldMessage
from harness.protocols.update.judging.law import TAKES
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.status import PHASES, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind

_BUSY = frozenset({FeedbackStatus.IDENTIFYING, *(phase.under_way for phase in PHASES.values())})


@dataclass(frozen=True, slots=True)
class Turn:
    """A command that came while nothing was under way. `is_due`: the law lets it follow; None: nobody can tell."""

    phase: CommandedPhase
    is_foreign: bool
    is_due: bool | None


@dataclass
class _Domain:
    """How far the latest desired state is. `refusals`: statuses that answer a command which was not due.

    `is_in_parts`: a command was for a baseline alone, or feedback is on one: then nobody can tell how far all of it is.
    """

    activity: str
    label: str
    statuses: dict[str, FeedbackStatus] = field(default_factory=dict)
    refusals: set[FeedbackStatus] = field(default_factory=set)
    is_in_parts: bool = False

    @property
    def is_busy(self) -> bool:
        return not self.statuses or bool(_BUSY & {*self.statuses.values()})

    def hear(self, said: SaidMessage) -> None:
        feedback = said.feedback
        if said.message.activity != self.activity or not feedback or not isinstance(feedback.status, FeedbackStatus):
            return
        self.is_in_parts = self.is_in_parts or bool(feedback.baseline)
        if feedback.status not in self.refusals:
            self.statuses[str(feedback.baseline or "")] = feedback.status

    def is_due(self, command: PhaseCommand) -> bool | None:
        if self.is_in_parts or command is PhaseCommand.CLEANUP:
            return None
        return self.statuses.get("") in TAKES[command]


def turns(scene: AgentEpisode) -> Iterator[Turn]:
    """Every command that came while nothing was under way."""
    domain: _Domain | None = None
    messages: list[ToldMessage | SaidMessage] = [*scene.history.told, *scene.history.feedback]
    for one in sorted(messages, key=lambda message: message.place):
        if isinstance(one, SaidMessage):
            if domain:
                domain.hear(one)
        elif one.kind is MessageKind.DESIRED_STATE and isinstance(one.message.activity, str) and one.message.body:
            if domain is None or domain.activity != one.message.activity:
                domain = _Domain(one.message.activity, one.label)
        elif one.kind is MessageKind.COMMAND and domain:
            yield from _turn(scene, one, domain)


def _turn(scene: AgentEpisode, one: ToldMessage, domain: _Domain) -> Iterator[Turn]:
    body = one.message.body
    told = read_command(body) if body else None
    if told is None or not isinstance(told.command, PhaseCommand):
        return
    is_foreign = one.message.activity != domain.activity
    due = None if is_foreign else domain.is_due(told.command)
    if not domain.is_busy:
        yield Turn(scene.phase(one.label, of=domain.label), is_foreign, due)
    if is_foreign:
        return
    domain.is_in_parts = domain.is_in_parts or told.baseline is not None
    if due is False:
        domain.refusals.add(PHASES[told.command].failure)
    else:
        domain.refusals.discard(PHASES[told.command].failure)
