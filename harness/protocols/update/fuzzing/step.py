"""Steps of a fuzzed sequence, as data; each knows the lines of a scenario that do the same.

In them, `requester` desires and commands, and `peer` is the thing under test: a scenario has names of its own for both.
"""

from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from typing import TypeAlias

from harness.protocols.update.driving.device.faults import AgentFault, Answers
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import MessageKind

FOREIGN = "activity-of-somebody-else"


class Whose(StrEnum):
    """The activity that a command names: the latest one's, or one that nobody began."""

    LATEST = "own"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Desires:
    """A desired state of a new activity. `retain`: the broker holds it."""

    state: DesiredState
    retain: bool = False

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        more = ", retain=True" if self.retain else ""
        return [
            f"latest = {self.state.as_json()!r}",
            f'await requester.desires_payload(latest, "desired {number}"{more})',
        ]


@dataclass(frozen=True, slots=True)
class DesiresAgain:
    """The latest desired state once more, with its activity."""

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        return [f'await requester.desires_payload(latest, "again {number}", activity=requester.latest)']


@dataclass(frozen=True, slots=True)
class Commands:
    """A command to an agent. `baseline`: for that one alone."""

    command: PhaseCommand
    whose: Whose = Whose.LATEST
    baseline: str | None = None

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        more = f", activity={FOREIGN!r}" if self.whose is Whose.FOREIGN else ""
        more += f", baseline={self.baseline!r}" if self.baseline is not None else ""
        return [f'await requester.commands(PhaseCommand.{self.command.name}, "{self.command} {number}"{more})']


@dataclass(frozen=True, slots=True)
class Asks:
    """A question for the current state."""

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        return [f'await requester.asks("question {number}")']


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that are no message, at the topic of one."""

    kind: MessageKind
    payload: bytes

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        return [f'await requester.says(MessageKind.{self.kind.name}, {self.payload!r}, "garbage {number}")']


@dataclass(frozen=True, slots=True)
class Restarts:
    """Power goes and comes, and what is retained comes again."""

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        return [f'await peer.restarts("restart {number}")']


@dataclass(frozen=True, slots=True)
class Suffers:
    """From now on that goes wrong with the played agent of a domain."""

    domain: str
    fault: AgentFault

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        return [f'await agents.suffer("fault {number}", {_code(self.fault)}, domain={self.domain!r})']


@dataclass(frozen=True, slots=True)
class OwnerAnswers:
    """From now on the owner answers so."""

    answers: Answers

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        return [f'await agents.owner_answers("owner {number}", {_code(self.answers)})']


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing happens for so many seconds."""

    seconds: float

    def lines(self, number: int) -> list[str]:
        """In a scenario."""
        del number
        return [f"await requester.listen({self.seconds:g})"]


Message: TypeAlias = Desires | DesiresAgain | Commands | Asks | Garbage
Step: TypeAlias = Message | Restarts | Suffers | OwnerAnswers | Wait


def _code(made: AgentFault | Answers) -> str:
    """The Python that makes it."""
    values = (getattr(made, one.name) for one in fields(made))
    words = (f"{type(one).__name__}.{one.name}" if isinstance(one, Enum) else repr(one) for one in values)
    return f"{type(made).__name__}({', '.join(words)})"
