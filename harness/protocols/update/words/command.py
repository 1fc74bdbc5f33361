"""A command of an update manager, the question for an owner's consent, and its answer. Pure."""

from dataclasses import dataclass

from harness.payload.fields import Fields
from harness.payload.values import JSON, Field
from harness.protocols.update.words.status import Consent, PhaseCommand


@dataclass(frozen=True, slots=True)
class CommandMessage:
    """`spelling`: the command as it came. `baseline`: None, or text; "" and "*" are all baselines."""

    command: Field[PhaseCommand]
    spelling: str
    baseline: Field[str]

    def as_json(self) -> dict[str, JSON]:
        """The payload of its message."""
        baseline: dict[str, JSON] = {"baseline": self.baseline} if isinstance(self.baseline, str) else {}
        return {"command": self.spelling, **baseline}


def command_message(command: PhaseCommand | str, baseline: str | None = None) -> CommandMessage:
    """The message of that command, which need be none that anybody knows."""
    known = command if isinstance(command, PhaseCommand) else None
    return CommandMessage(known, str(command), baseline)


def read_command(body: Fields) -> CommandMessage:
    """Of a message's payload; also of a question for consent, which has no baseline."""
    raw = body.text_as_it_is("command")
    return CommandMessage(body.word("command", PhaseCommand), raw, body.text("baseline"))


def read_consent(body: Fields) -> Field[Consent]:
    """The answer of an owner."""
    return body.word("status", Consent)
